import { recordEvent, recordRefusedStranger } from "@/lib/audit/record-event";
import { startLogin } from "@/lib/challenge/start-login";
import { type Ctx, inShortTransaction } from "@/lib/context/context";
import type { Factor } from "@/lib/factors/factor";
import type { Judged } from "@/lib/factors/passkey/judge";
import {
  amrOfSignIn,
  signInField as field,
  findPresented,
  judgeSignIn,
  type Presented,
  readSignIn,
  whyUnknown,
} from "@/lib/factors/passkey/sign-in";
import { mayOfferSignIn, signInKind } from "@/lib/factors/passkey/sign-in-offer";
import type { Answer } from "@/lib/factors/strategy";
import { DomainError } from "@/lib/kernel/errors";
import type { LoggedIn } from "@/lib/login/log-in-with-password";
import { endOf, issuedAt } from "@/lib/login/sign-in/challenge";
import { cameBack, isSpent, spendChallenge } from "@/lib/login/sign-in/store";
import { bothDoors } from "@/lib/policy/traits";
import { recognise } from "@/lib/sessions/devices/known-device";
import { type ConsumedAddress, consumeAddress } from "@/lib/throttle/consume-address";
import { consumeDeviceLogin } from "@/lib/throttle/consume-device-login";
import { countingUnjudged } from "@/lib/throttle/counting-unjudged";
import { refundingAtFault } from "@/lib/throttle/refund-tries";
import type { ConsumedInWindow } from "@/lib/throttle/windows/store";
import { findAccount, takeGuardRow } from "@/lib/users/store";
import type { Account } from "@/lib/users/user";

type Credentials = {
  readonly answer: Answer;
  /** What this browser keeps of having been handed a challenge; null: nothing. */
  readonly browser: string | null;
  /** What the cookie of known devices holds, if there is one. */
  readonly deviceToken: string | null;
  /** They said that others use this computer too. */
  readonly isShared?: boolean;
  /** Own path, already checked. */
  readonly returnTo: string;
};

/**
 * Both doors at once: a passkey whose person was verified says who they are and that they are it, so nothing more is asked (NIST SP 800-63B-4, 2.2). Order: read, and look whether this browser was
 * handed the challenge (free) → whose passkey and which device → consume of the address, or of the known device in its place → judge → one transaction that spends the challenge, takes the account's
 * row, notes the use, refunds the address its try and opens a challenge that is satisfied. From an alarm on until a new password was chosen no passkey opens this door: it may be a thief's.
 * Throws `passkey.malformed`, `passkey.late`, `passkey.unknown`, `passkey.unknown_since`, `passkey.wrong`, `passkey.unverified`, `passkey.closed`, `passkey.set_back`, `throttle.too_many`.
 */
export async function logInWithPasskey(ctx: Ctx, credentials: Credentials): Promise<LoggedIn> {
  const presented = readSignIn(credentials.answer);
  const at = mayOfferSignIn() ? issuedAt(ctx, presented.challenge, credentials.browser) : null;
  if (at === null) throw new DomainError("passkey.late", { field });
  const holder = await findHolder(ctx, presented, credentials.deviceToken);
  const here = { at: "first door", kind: bothDoors } as const;
  const consumed = await countingUnjudged(here, () => consumeAtDoor(ctx, holder));
  const knocking = { presented, at, holder, address: holder?.deviceId ? [] : consumed };
  try {
    return await refundingAtFault(ctx, consumed, () => enter(ctx, knocking, credentials));
  } catch (fault) {
    if (fault instanceof DomainError) await noteRefusal(ctx, holder, fault);
    throw fault;
  }
}

/** Whose passkey it would be, and the known device that they are on, if it is one. */
type Holder = { readonly factor: Factor; readonly account: Account; readonly deviceId: string | null };

async function findHolder(ctx: Ctx, presented: Presented, deviceToken: string | null): Promise<Holder | null> {
  const factor = await findPresented(ctx, presented);
  const account = factor && (await findAccount(ctx, factor.userId));
  if (!factor || !account) return null;
  const { deviceId } = await recognise(ctx, { identifier: account.email }, deviceToken);
  return { factor, account, deviceId };
}

/** As with a password: a known device has a window of its own. */
async function consumeAtDoor(ctx: Ctx, holder: Holder | null): Promise<readonly ConsumedInWindow[]> {
  if (!holder || holder.deviceId === null) return consumeAddress(ctx);
  return [await consumeDeviceLogin(ctx, { deviceId: holder.deviceId, userId: holder.account.id })];
}

type Knocking = {
  readonly presented: Presented;
  readonly at: Date;
  readonly holder: Holder | null;
  readonly address: ConsumedAddress;
};

async function enter(ctx: Ctx, { presented, at, holder, address }: Knocking, asked: Credentials): Promise<LoggedIn> {
  if (await isSpent(ctx, presented.challenge)) throw new DomainError("passkey.late", { field }); // else a form sent twice would look like a copied key
  if (holder === null) throw new DomainError(await whyUnknown(ctx), { field });
  const judged = await judgeSignIn(ctx, holder.factor, presented);
  const { account } = holder;
  if (account.disabledAt !== null) throw new DomainError("passkey.wrong", { field });
  if (account.passwordHash === null) throw new DomainError("passkey.closed", { field });
  return open(ctx, { judged, holder, address, spend: { challenge: presented.challenge, issuedAt: at } }, asked);
}

type Right = {
  readonly judged: Judged;
  readonly holder: Holder;
  readonly address: ConsumedAddress;
  readonly spend: { readonly challenge: string; readonly issuedAt: Date };
};

function open(ctx: Ctx, right: Right, { returnTo, isShared = false }: Credentials): Promise<LoggedIn> {
  const { judged, address, spend } = right;
  const { account, deviceId, factor } = right.holder;
  return inShortTransaction(ctx, async (tx) => {
    if (!(await spendChallenge(tx, { ...spend, expiresAt: endOf(spend.issuedAt) })))
      throw new DomainError("passkey.late", { field });
    if (await cameBack(tx, { factorId: factor.id })) throw new DomainError("passkey.set_back", { field });
    await takeGuardRow(tx, account.id); // logins of one account queue, and the account before what is its own
    if (!(await judged.burn(tx))) throw new DomainError("passkey.wrong", { field });
    const amr = amrOfSignIn(judged);
    const started = await startLogin(tx, { account, amr, deviceId, isShared, returnTo, address, proven: signInKind });
    const meta = { challenge: started.pass.challengeId, factor: factor.id };
    await recordEvent(tx, { name: "login.passkey_accepted", subjectId: account.id, meta });
    return { ...started, account };
  });
}

function noteRefusal(ctx: Ctx, holder: Holder | null, { id: reason }: DomainError): Promise<void> {
  const subjectId = holder?.account.id ?? null;
  const event = { name: "login.passkey_refused", subjectId, actorId: null, meta: { reason } } as const;
  return recordRefusedStranger(ctx, { event });
}
