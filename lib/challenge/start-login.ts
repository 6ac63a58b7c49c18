import type { App } from "@/lib/apps/app";
import type { Pass } from "@/lib/challenge/challenge";
import { type NextStep, nextStep } from "@/lib/challenge/next-step";
import { openChallengeLastly } from "@/lib/challenge/open-challenge";
import { firstWayOf } from "@/lib/challenge/options";
import { config } from "@/lib/config/config";
import type { RawCtx } from "@/lib/context/context";
import { findHeldKinds, type HeldKind } from "@/lib/factors/held-kinds";
import { usableKinds } from "@/lib/factors/on-offer";
import { otpDeliveryOf } from "@/lib/factors/otp-delivery-of";
import { networksOf } from "@/lib/kernel/networks";
import { portalClient } from "@/lib/policy/clients";
import { isFactorKind } from "@/lib/policy/kinds";
import { type Demanded, demandOn, demandThrough } from "@/lib/policy/second-factor";
import { boundKinds, type FactorKind } from "@/lib/policy/traits";
import { trustAmr } from "@/lib/policy/trust";
import type { ConsumedAddress } from "@/lib/throttle/consume-address";

type FirstProof = {
  readonly account: Demanded & { readonly id: string; readonly credentialVersion: number };
  readonly amr: readonly string[];
  readonly deviceId: string | null;
  readonly returnTo: string;
  /** The app that it goes through; none: the portal's own pages. */
  readonly app?: Pick<App, "id" | "demands"> | null;
  /** What it consumed of the address, to be refunded. */
  readonly address?: ConsumedAddress;
  /** Its browser is trusted, and stands for the second step. */
  readonly isTrusted?: boolean;
  /** On a computer that others use too. */
  readonly isShared?: boolean;
  /** The second factor that this browser gave a moment ago, for a reset; nobody is asked for it twice. */
  readonly proven?: string | null;
  /** What they hold, where it was read with the account and its stamp; else it is looked up. */
  readonly kinds?: readonly HeldKind[];
};

/**
 * What stands between the person and a session. `claim`: nothing, the challenge is satisfied and only waits to be claimed. `answer`: the
 * second door; `first`: the way that it asks for first, null: its page must look; `maySend`: a code may have to be sent to them for it. `enrol`: they have no second factor and policy demands one, so the second door is binding one.
 */
export type Started = {
  readonly pass: Pass;
  readonly userId: string;
  readonly next: "claim" | "answer" | "enrol";
  readonly first: FactorKind | null;
  readonly maySend: boolean;
  /** What they hold, as the challenge was opened. */
  readonly kinds: readonly HeldKind[];
};

/**
 * The first door was passed: makes the challenge that stands before every session, whatever the way in.
 * With nothing to answer it is satisfied at once; there is no other way to a session. The challenge is there with the transaction's last statement: nobody reads it before.
 */
export async function startLogin(tx: RawCtx, proof: FirstProof): Promise<Started> {
  const { account, amr, deviceId, returnTo, app } = proof;
  const { address = [], isTrusted = false, isShared = false, proven = null } = proof;
  const kinds = proof.kinds ?? (await findHeldKinds(tx, { userId: account.id, deviceId }));
  const held = Object.fromEntries(kinds.map(({ kind, active }) => [kind, active]));
  const { secondFactor } = config();
  const answerable = usableKinds(account);
  const demand = demandThrough(app?.demands ?? false, demandOn(account, secondFactor, tx.now));
  const step = nextStep({ demand, held, answerable, isTrusted });
  const satisfiedWith = step.kind === "answer" && proven !== null && isFactorKind(proven) ? proven : null;
  const isDone = step.kind === "done" || satisfiedWith !== null;
  const pass = await openChallengeLastly(tx, {
    userId: account.id,
    purpose: "LOGIN",
    clientId: app?.id ?? portalClient,
    firstAmr: isTrusted ? [...amr, trustAmr] : amr,
    deviceId,
    isShared,
    returnTo,
    state: isDone ? "SATISFIED" : "OPEN",
    satisfiedWith,
    credentialVersion: account.credentialVersion,
    sessionId: null,
    reason: null,
    address,
    network: isDone || deviceId !== null ? null : networksOf(tx.visitor.ip).wide,
  });
  const first = firstWayOf(kinds, { order: secondFactor.kinds, answerable });
  return { pass, userId: account.id, next: nextOf(step, isDone), first, maySend: maySend(first, held), kinds };
}

/** What is not strong enough is not sent: `heldFor`. */
function maySend(first: FactorKind | null, held: Readonly<Partial<Record<string, number>>>): boolean {
  const sends = first === null ? boundKinds.filter((kind) => (held[kind] ?? 0) > 0) : [first];
  return sends.some((kind) => otpDeliveryOf(kind) !== null);
}

const nextOf = ({ kind }: NextStep, isDone: boolean): Started["next"] => (isDone || kind === "done" ? "claim" : kind);
