import { type RawCtx, sql } from "@/lib/context/context";
import { Prisma } from "@/lib/db/client";
import { type HeldBeside, heldBeside, readHeld } from "@/lib/factors/store";
import type { PasswordCounter } from "@/lib/login/password-counter";
import { policy } from "@/lib/policy/policy";
import { throttleRules } from "@/lib/policy/throttle-rules";
import { recognise } from "@/lib/sessions/devices/known-device";
import { bucketKey } from "@/lib/throttle/bucket";
import { holdStandIn, standInTry, waitingTry } from "@/lib/throttle/waiting/store";
import { windowTry } from "@/lib/throttle/windows/store";
import { accountTry, holdAccount, type PasswordUse } from "@/lib/users/password/store";
import type { AccountName } from "@/lib/users/store";

/** Whoever knocks, with what they hold: see `recognise`. One statement, also for a name that nobody has. */
export async function recogniseHolder(ctx: RawCtx, name: AccountName, cookie: string | null) {
  const { account, deviceId, trust, beside } = await recognise<HeldBeside>(ctx, name, cookie, heldBeside);
  return { account, deviceId, trust, held: readHeld(beside ?? []) };
}

/**
 * Consumes one try at a password of both its counters in one statement: that of whoever types, and with it the account's own. Null: the first has no room;
 * then neither was consumed. For a name that nobody has the same is written elsewhere. The account's row is held before anything is
 * counted, because a success takes it first: two at once may wait, never for each other.
 */
export async function consumeBothCounters(ctx: RawCtx, counter: PasswordCounter): Promise<PasswordUse | null> {
  const { key, userId, whose } = counter;
  const counted = Prisma.sql`counted`;
  const held = userId === null ? holdStandIn(key) : holdAccount(userId);
  const used =
    userId === null
      ? standInTry(ctx, key, policy.password.strangersFailures, counted)
      : accountTry(userId, whose, counted);
  const rows = await sql(ctx).$queryRaw<PasswordUse[]>`
    WITH held AS (${held}), ${ownTry(ctx, counter)}, used AS (${used})
    SELECT COALESCE(used.usable, false) AS "isUsable", used.closes FROM counted LEFT JOIN used ON true`;
  return rows[0] ?? null;
}

/** Once, when the row of `held` is: also where there is none. */
const onceHeld = Prisma.sql`(SELECT count(*) FROM held HAVING count(*) >= 0) AS once`;

/** The part that is called `counted`; of a browser that a letter opened, after one that counts its own ten: all such tries of an account are twenty a day. */
function ownTry(ctx: RawCtx, { key, whose, subject, unlockId }: PasswordCounter): Prisma.Sql {
  if (unlockId !== null) {
    const own = windowTry(ctx, key, throttleRules["password.unlock"], onceHeld);
    const day = windowTry(ctx, bucketKey("unlock.day", subject), throttleRules["unlock.day"], Prisma.sql`unlocked`);
    return Prisma.sql`unlocked AS (${own}), counted AS (${day})`;
  }
  if (whose === "device")
    return Prisma.sql`counted AS (${windowTry(ctx, key, throttleRules["password.device"], onceHeld)})`;
  return Prisma.sql`counted AS (${waitingTry(ctx, key, throttleRules["password.strangers"], onceHeld)})`;
}
