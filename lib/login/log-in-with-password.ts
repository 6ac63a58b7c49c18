import type { App } from "@/lib/apps/app";
import { recordEvent, recordRefusedStranger } from "@/lib/audit/record-event";
import { consumedFrom } from "@/lib/audit/whose";
import type { Pass } from "@/lib/challenge/challenge";
import { claimReset } from "@/lib/challenge/reset/store";
import { type Started, startLogin } from "@/lib/challenge/start-login";
import { type Ctx, inShortTransaction } from "@/lib/context/context";
import { refuseWhenFull, takePlace } from "@/lib/crypto/hashing-gate";
import { heldKindsOf } from "@/lib/factors/held-kinds";
import type { HeldRow } from "@/lib/factors/store";
import { DomainError } from "@/lib/kernel/errors";
import { formerIdentifier } from "@/lib/kernel/identifier";
import { type AtDevice, atDevice } from "@/lib/login/at-device";
import { hashOf, isClosed, openClosed } from "@/lib/login/open-closed";
import {
  consumePasswordTry,
  isFirstRefusal,
  isOwnCounter,
  type PasswordCounter,
  type PasswordTry,
  passwordCounter,
  refundPasswordTry,
} from "@/lib/login/password-counter";
import { recordClosedPassword } from "@/lib/login/record-closed-password";
import { recogniseHolder } from "@/lib/login/store";
import { noticeWaitingPassword } from "@/lib/notices/notice-waiting-password";
import { firstDoor } from "@/lib/policy/traits";
import type { DeviceTrust } from "@/lib/sessions/devices/store";
import { type ConsumedAddress, consumeAddress } from "@/lib/throttle/consume-address";
import { consumeDeviceLogin } from "@/lib/throttle/consume-device-login";
import { countingUnjudged } from "@/lib/throttle/counting-unjudged";
import { refundingAtFault } from "@/lib/throttle/refund-tries";
import { resetCounter } from "@/lib/throttle/reset-tries";
import { writeNothingNew } from "@/lib/throttle/store";
import type { ConsumedInWindow } from "@/lib/throttle/windows/store";
import { findOpenUnlock } from "@/lib/unlocks/store";
import { unlockHash } from "@/lib/unlocks/token";
import { isAccountPassword } from "@/lib/users/check-password";
import { loginIdentifier } from "@/lib/users/login-identifier";
import { resetAccountTries } from "@/lib/users/password/store";
import type { Account } from "@/lib/users/user";

type Credentials = {
  /** E-mail, user name or phone, as typed. */
  readonly identifier: string;
  /** As typed, or how to open it where it came encrypted: that costs work, so it waits until the try is consumed. */
  readonly password: string | (() => Promise<string>);
  /** What the cookie of known devices holds, if there is one. */
  readonly deviceToken: string | null;
  /** They said that others use this computer too. */
  readonly isShared?: boolean;
  /** By what a browser holds that a letter has let try, past the strangers who keep its owner waiting. */
  readonly unlockToken?: string | null;
  /** Own path, already checked. */
  readonly returnTo: string;
  /** The app that they log in through; none: the portal's own pages. */
  readonly app?: Pick<App, "id" | "demands">;
  /** What this browser holds of a challenge: of a reset that has just set the password, its second factor is not asked again. */
  readonly pass?: Pass | null;
};

const here = { at: "first door", kind: firstDoor } as const;

/** The login that was begun, with the account as it was read. */
export type LoggedIn = Started & { readonly account: Account };

/**
 * The first door, and the first factor of a login. Unknown, wrong, disabled, locked: one sentence, the same work, so that
 * no user enumeration is possible (ASVS 5.0, 6.3.8).
 * Order: nobody where too many wait already → look up whose name and device it is, and what they hold, in one statement → consume of the address, or of the known device in its place → a place to hash →
 * consume of the counter, and of the account's → judge → the trust in the device, if there is any → one transaction that resets, refunds the address its try, and opens the challenge; or, for a wrong one, its
 * record and letters, after which nothing is refunded.
 * Throws `login.wrong`, `throttle.too_many`, `hash.busy`.
 */
export async function logInWithPassword(ctx: Ctx, credentials: Credentials): Promise<LoggedIn> {
  refuseWhenFull(ctx.now);
  const [identifier, former] = [loginIdentifier(credentials.identifier), formerIdentifier(credentials.identifier)];
  const { deviceId, ...holder } = await recogniseHolder(ctx, { identifier, former }, credentials.deviceToken);
  const unlockId = deviceId === null ? await findUnlock(ctx, holder.account, credentials.unlockToken ?? null) : null;
  const knocking = passwordCounter(holder.account, identifier, deviceId, unlockId);
  const atDoor = await countingUnjudged(here, () => consumeAtDoor(ctx, knocking));
  const knock = async (): Promise<LoggedIn | Wrong> => {
    const place = await takePlace(ctx.now);
    try {
      const consumed = await consume(ctx, knocking);
      if (!isOwnCounter(knocking)) return await enter(ctx, { holder, consumed, address: atDoor }, credentials);
      if (isOwnCounter(consumed.counter)) return await enter(ctx, { holder, consumed, address: [] }, credentials);
      const address = await consumeForLostDevice(ctx, consumed);
      return await refundingAtFault(ctx, address, () => enter(ctx, { holder, consumed, address }, credentials));
    } finally {
      place.leave();
    }
  };
  const entered = await refundingAtFault(ctx, atDoor, knock); // with the verdict on a wrong password, which stands whatever becomes of telling it
  if (entered.next === "refused") throw await tellWrong(ctx, entered);
  return entered;
}

/** A password that was judged and is wrong: what it consumed stays consumed, whatever becomes of telling it. */
type Wrong = { readonly next: "refused"; readonly consumed: PasswordTry };

async function tellWrong(ctx: Ctx, { consumed: { counter, use } }: Wrong): Promise<DomainError> {
  await note(ctx, "login.password_refused", counter);
  await recordClosedPassword(ctx, { userId: counter.userId, use });
  await noticeWaitingPassword(ctx, counter);
  return new DomainError("login.wrong", { field: "password" });
}

/** Whose name it is, what they hold, and what their device is trusted with, read together. */
type Holder = {
  readonly account: Account | null;
  readonly held: readonly HeldRow[];
  readonly trust: DeviceTrust | null;
};

type Entering = {
  readonly holder: Holder;
  readonly consumed: PasswordTry;
  readonly address: ConsumedAddress;
};

async function enter(
  ctx: Ctx,
  { holder: { account, held, trust }, consumed, address }: Entering,
  credentials: Credentials,
): Promise<LoggedIn | Wrong> {
  try {
    const right = await judge(ctx, account, credentials.password, consumed);
    if (right === null) return { next: "refused", consumed };
    const { counter } = consumed;
    const opening = { account: right, held, counter, address };
    if (isClosed(right)) {
      const led = credentials.app ? null : await openClosed(ctx, opening);
      return led ?? { next: "refused", consumed };
    }
    const { deviceToken: cookie } = credentials;
    const at = await atDevice(ctx, { account: right, held, deviceId: counter.deviceId, trust, cookie });
    return await open(ctx, { ...opening, at }, credentials);
  } catch (fault) {
    await refundPasswordTry(ctx, consumed); // nobody was refused: what could not be judged, or not be opened, costs no try
    throw fault;
  }
}

/** One statement where a browser holds such a token, for a name that nobody has too; none elsewhere. */
async function findUnlock(ctx: Ctx, account: Account | null, token: string | null): Promise<string | null> {
  const hash = unlockHash(token, "unw_");
  return hash === null ? null : findOpenUnlock(ctx, account?.id ?? "", hash);
}

/** A known device has a window of its own, and so has a browser that a letter lets try, so that nothing that happens in its network keeps it waiting. */
async function consumeAtDoor(
  ctx: Ctx,
  { deviceId: knownId, unlockId, subject: userId }: PasswordCounter,
): Promise<readonly ConsumedInWindow[]> {
  const deviceId = knownId ?? unlockId;
  if (deviceId === null) return consumeAddress(ctx);
  return [await consumeDeviceLogin(ctx, { deviceId, userId })];
}

/** A device whose own tries are used up comes from its address like a stranger. A full address judges nothing, so the try is refunded to the strangers' counter and the account's. */
async function consumeForLostDevice(ctx: Ctx, consumed: PasswordTry): Promise<ConsumedAddress> {
  try {
    return await countingUnjudged(here, () => consumeAddress(ctx));
  } catch (refusal) {
    await refundPasswordTry(ctx, consumed);
    throw refusal;
  }
}

async function consume(ctx: Ctx, counter: PasswordCounter): Promise<PasswordTry> {
  try {
    return await countingUnjudged(here, () => consumePasswordTry(ctx, counter));
  } catch (error) {
    if (error instanceof DomainError && (await isFirstRefusal(ctx, counter)))
      await note(ctx, "login.throttled", counter);
    throw error;
  }
}

/** The account when the password is right and may be used. */
async function judge(
  ctx: Ctx,
  account: Account | null,
  typed: Credentials["password"],
  consumed: PasswordTry,
): Promise<Account | null> {
  const password = typeof typed === "string" ? typed : await typed();
  const right = await isAccountPassword(ctx, account && { ...account, passwordHash: hashOf(account) }, password);
  const isIn = account !== null && right && consumed.use.isUsable && account.disabledAt === null;
  return isIn ? account : null;
}

type Right = {
  readonly account: Account;
  readonly held: readonly HeldRow[];
  readonly counter: PasswordCounter;
  readonly at: AtDevice;
  readonly address: ConsumedAddress;
};

function open(
  ctx: Ctx,
  right: Right,
  { returnTo, app, isShared = false, pass = null }: Credentials,
): Promise<LoggedIn> {
  const { account, held, counter, address } = right;
  const { id: userId, credentialVersion } = account;
  const { deviceId, isTrusted } = right.at;
  return inShortTransaction(ctx, async (tx) => {
    const proven = pass && (await claimReset(tx, { pass, userId, credentialVersion }));
    await resetAccountTries(tx, account.id);
    await resetCounter(tx, counter.key);
    const started = await startLogin(tx, {
      account,
      amr: ["pwd"],
      deviceId,
      isTrusted,
      isShared,
      returnTo,
      app: app ?? null,
      address,
      proven,
      kinds: heldKindsOf(held, deviceId),
    });
    const { challengeId: challenge } = started.pass;
    const meta = { challenge, ...consumedFrom(counter.whose) };
    await recordEvent(tx, { name: "login.password_accepted", subjectId: account.id, meta });
    if (isTrusted && deviceId !== null)
      await recordEvent(tx, {
        name: "challenge.skipped",
        subjectId: account.id,
        meta: { challenge, device: deviceId },
      });
    return { ...started, account };
  });
}

function note(
  ctx: Ctx,
  name: "login.password_refused" | "login.throttled",
  { whose, userId, key }: PasswordCounter,
): Promise<void> {
  const meta = { ...consumedFrom(whose), known: userId !== null };
  const event = { name, subjectId: userId, actorId: null, meta } as const;
  return recordRefusedStranger(ctx, { event, instead: () => writeNothingNew(ctx, key) });
}
