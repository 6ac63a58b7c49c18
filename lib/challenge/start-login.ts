import type { Pass } from "@/lib/challenge/challenge";
import { nextStep } from "@/lib/challenge/next-step";
import { openChallenge } from "@/lib/challenge/open-challenge";
import { config } from "@/lib/config/config";
import type { RawCtx } from "@/lib/context/context";
import { countActive } from "@/lib/factors/store";
import { mustHaveFactor } from "@/lib/users/user";

type FirstProof = {
  readonly account: { readonly id: string; readonly isAdmin: boolean; readonly credentialVersion: number };
  readonly amr: readonly string[];
  readonly deviceId: string | null;
  readonly returnTo: string;
};

/** `isOpen`: the second door is still shut. Otherwise the challenge is satisfied already and only waits to be claimed. */
export type Started = { readonly pass: Pass; readonly userId: string; readonly isOpen: boolean };

/**
 * The first door was passed: makes the challenge that stands before every session, whatever the way in.
 * With nothing to answer it is satisfied at once; there is no other way to a session.
 */
export async function startLogin(tx: RawCtx, { account, amr, deviceId, returnTo }: FirstProof): Promise<Started> {
  const activeFactors = await countActive(tx, account.id);
  const step = nextStep({ activeFactors, mustHaveFactor: mustHaveFactor(account, config().secondFactor) });
  const isOpen = step.kind === "answer";
  const pass = await openChallenge(tx, {
    ...{ userId: account.id, purpose: "LOGIN", lane: "portal", firstAmr: amr, deviceId, returnTo },
    ...{
      state: isOpen ? "OPEN" : "SATISFIED",
      credentialVersion: account.credentialVersion,
      sessionId: null,
      reason: null,
    },
  });
  return { pass, userId: account.id, isOpen };
}
