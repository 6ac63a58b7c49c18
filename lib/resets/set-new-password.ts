import type { Pass } from "@/lib/challenge/challenge";
import { concludeReset } from "@/lib/challenge/reset/store";
import { type Ctx, inTransaction, type RawCtx } from "@/lib/context/context";
import { deleteFactors, dropCodes, tellDeleted } from "@/lib/factors/delete-factors";
import { listActive } from "@/lib/factors/store";
import { DomainError } from "@/lib/kernel/errors";
import { endAlarmLinks } from "@/lib/links/alarm-link";
import { endPasswordLinks } from "@/lib/links/store";
import { recordAndTell } from "@/lib/notices/record-and-tell";
import { allCodes, findChoosing, findRemovableCodes, goingByAlarm, removable } from "@/lib/resets/choosing";
import { deleteOtherDevices } from "@/lib/sessions/devices/store";
import { endOtherSessions } from "@/lib/sessions/end-session";
import { resetPasswordCounters } from "@/lib/throttle/reset-tries";
import { noteConfirmedEmail } from "@/lib/users/contacts/note-confirmed-email";
import { hashed } from "@/lib/users/hashed";
import { replacePassword } from "@/lib/users/password/store";
import { checkNewPassword } from "@/lib/users/password-rules";
import type { Account } from "@/lib/users/user";
import { endWaiting } from "@/lib/waiting/end-waiting";

type Setting = {
  readonly pass: Pass;
  readonly password: string;
  /** The factors that the person does not know, by id, and their recovery codes (`allCodes`); what is not theirs to remove here is left. */
  readonly remove: readonly string[];
};

/**
 * The end of a forgotten password (password reset, ASVS 5.0, 6.4.3): sets the new one under the satisfied challenge of this browser, within ten minutes, once. With it go what waits,
 * every session, device and link of the account, its counters, and what the person ticked; the owner is told everywhere. No session comes from it: the
 * login that follows here need not give the second factor again (`claimReset`).
 * Throws `challenge.expired`, `password.too_short|too_long|only_names|too_common`, `hash.busy`; then nothing changed.
 */
export async function setNewPassword(ctx: Ctx, { pass, password, remove }: Setting): Promise<Reset> {
  const choosing = await findChoosing(ctx, pass);
  if (choosing === null) throw new DomainError("challenge.expired");
  await checkNewPassword(password, choosing.account, ctx.now);
  const passwordHash = await hashed(ctx, choosing.account.id, password);
  const { provenWith, account } = choosing;
  return inTransaction(ctx, (tx) => applyReset(tx, { pass, passwordHash, remove, provenWith, account }));
}

/** Whose password was set. */
export type Reset = { readonly userId: string };

type Applying = Omit<Setting, "password"> & {
  readonly passwordHash: string;
  readonly provenWith: string | null;
  readonly account: Account;
};

async function applyReset(tx: Ctx, { pass, passwordHash, remove, provenWith, account }: Applying): Promise<Reset> {
  const { userId, tell } = await concludeWith(tx, pass, passwordHash);
  const active = await listActive(tx, userId);
  const byAlarm = goingByAlarm(active, { provenWith, alarm: account.passwordClosedAt });
  const asked = removable(active, provenWith, tx.now).filter(({ id }) => remove.includes(id));
  const going = active.filter((factor) => byAlarm.includes(factor) || asked.includes(factor));
  const codesGo = remove.includes(allCodes) && (await findRemovableCodes(tx, account, { active, provenWith })) !== null;
  if (codesGo) await dropCodes(tx, { userId });
  await deleteFactors(tx, { userId }, { factors: going, of: active.length });
  await tell(going.length);
  await tellDeleted(tx, { userId }, going);
  return { userId };
}

/** Whose password was set, and how that is recorded and told, with how many factors went with it. */
type ConcludedWith = Reset & { readonly tell: (factors: number) => Promise<void> };

/**
 * The same with the hash, in the caller's transaction: the challenge first, whose row count decides, then the account, what waits, links, sessions, devices and counters.
 * Whoever came by a letter has proven to read the login e-mail: the stamp says that it is still the address that the letter went to.
 * Throws `challenge.expired`.
 */
export async function concludeWith(tx: RawCtx, pass: Pass, passwordHash: string): Promise<ConcludedWith> {
  const concluded = await concludeReset(tx, pass);
  if (!concluded || !(await replacePassword(tx, { ...concluded, passwordHash })))
    throw new DomainError("challenge.expired");
  const { userId, email, byLetter } = concluded;
  if (byLetter) await noteConfirmedEmail(tx, { userId, email, by: "reset" });
  await endWaiting(tx, userId, { why: "password_changed" });
  await endPasswordLinks(tx, userId);
  await endAlarmLinks(tx, userId);
  const sessions = await endOtherSessions(tx, userId, null, "password_reset");
  const devices = await deleteOtherDevices(tx, userId, null);
  await resetPasswordCounters(tx, userId);
  const tell = (factors: number) =>
    recordAndTell(tx, {
      event: { name: "password.reset", subjectId: userId, meta: { sessions, devices, factors } },
      facts: byLetter ? {} : { by: "old_password" },
    });
  return { userId, tell };
}
