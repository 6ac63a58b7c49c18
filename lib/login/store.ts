import { type RawCtx, sql } from "@/lib/context/context";
import { Prisma } from "@/lib/db/client";
import { type HeldBeside, heldBeside, readHeld } from "@/lib/factors/store";
import type { PasswordCounter } from "@/lib/login/password-counter";
import { policy } from "@/lib/policy/policy";
import { throttleRules } from "@/lib/policy/throttle-rules";
import { recognise } from "@/lib/sessions/devices/known-device";
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
    WITH held AS (${held}), counted AS (${ownTry(ctx, counter)}), used AS (${used})
    SELECT COALESCE(used.usable, false) AS "isUsable", used.closes FROM counted LEFT JOIN used ON true`;
  return rows[0] ?? null;
}

/** Once, when the row of `held` is: also where there is none. */
const onceHeld = Prisma.sql`(SELECT count(*) FROM held HAVING count(*) >= 0) AS once`;

function ownTry(ctx: RawCtx, { key, whose }: PasswordCounter): Prisma.Sql {
  if (whose === "device") return windowTry(ctx, key, throttleRules["password.device"], onceHeld);
  return waitingTry(ctx, key, throttleRules["password.strangers"], onceHeld);
}
