import { recordEvent } from "@/lib/audit/record-event";
import { closedPassword } from "@/lib/challenge/challenge";
import { openChallenge } from "@/lib/challenge/open-challenge";
import { type Ways, waysBy } from "@/lib/challenge/options";
import type { Started } from "@/lib/challenge/start-login";
import { type Ctx, inShortTransaction } from "@/lib/context/context";
import { findHeldKinds, type HeldKind, heldKindsOf } from "@/lib/factors/held-kinds";
import type { HeldRow } from "@/lib/factors/store";
import type { PasswordCounter } from "@/lib/login/password-counter";
import { portalClient } from "@/lib/policy/clients";
import { resetCounter } from "@/lib/throttle/reset-tries";
import type { Account } from "@/lib/users/user";

/** An alarm has closed the account's password. */
export const isClosed = ({ passwordHash, closedPassword: closed }: Account): boolean =>
  passwordHash === null && closed !== null;

/** What a typed password is judged by: the closed one where there is no other, and it opens no door. */
export const hashOf = ({ passwordHash, closedPassword: closed }: Account): string | null => passwordHash ?? closed;

type Right = {
  readonly account: Account;
  readonly held: readonly HeldRow[];
  readonly counter: PasswordCounter;
};

/**
 * The right one of a password that an alarm has closed: its owner is led to a new one, by the strongest factor and then a recovery code, both from before the moment
 * that the alarm was about. Without these it reads like a wrong one: null.
 */
export async function openClosed(
  ctx: Ctx,
  { account, held, counter }: Right,
): Promise<(Started & { readonly account: Account }) | null> {
  const { id: userId, credentialVersion } = account;
  const kinds = heldKindsOf(held, counter.deviceId);
  const opening = { ...asked, userId };
  if ((await waysPast(ctx, account, kinds)).options.length === 0) return null;
  return inShortTransaction(ctx, async (tx) => {
    await resetCounter(tx, counter.key);
    const pass = await openChallenge(tx, { ...opening, ...nowhere, state: "OPEN", credentialVersion });
    const meta = { challenge: pass.challengeId, why: closedPassword };
    await recordEvent(tx, { name: "reset.begun", subjectId: userId, actorId: null, meta });
    return { pass, userId, next: "answer", first: null, maySend: true, kinds, account };
  });
}

/** What an account's closed password still asks for; without any ways it leads nowhere. */
const waysPast = (ctx: Ctx, { id, policy, passwordClosedAt }: Closed, kinds: readonly HeldKind[]): Promise<Ways> =>
  waysBy(ctx, { ...asked, userId: id, policy, onlyBefore: passwordClosedAt }, kinds);

type Closed = Pick<Account, "id" | "policy" | "passwordClosedAt">;

/**
 * Whether the password of an account, closed at this moment, would lead its owner to a new one all the same: there is one, its strongest factor is not closed, and a
 * recovery code stands beside that. For the page that says so before it is closed.
 */
export async function wouldLeadOn(ctx: Ctx, account: Account): Promise<boolean> {
  if (hashOf(account) === null) return false;
  const kinds = await findHeldKinds(ctx, { userId: account.id, deviceId: null });
  const { options, closed } = await waysPast(ctx, { ...account, passwordClosedAt: ctx.now }, kinds);
  return options.length > closed.length;
}

const asked = { purpose: "RESET", firstAmr: [], deviceId: null, reason: closedPassword } as const;

const nowhere = {
  clientId: portalClient,
  returnTo: "/security",
  sessionId: null,
  isShared: false,
  address: [],
  network: null,
} as const;
