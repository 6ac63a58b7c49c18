import { portalLane } from "@/lib/apps/app";
import { type RawCtx, sql } from "@/lib/context/context";
import { earlier, inSeconds } from "@/lib/kernel/duration";
import { letterRules } from "@/lib/policy/letter-rules";
import { policy } from "@/lib/policy/policy";
import { throttleRules } from "@/lib/policy/throttle-rules";

const batch = 500;

/** How many seconds of quiet make one failure forgotten. */
const forgetting = inSeconds(throttleRules["password.untrusted"].decay);

/** Each deletes at most one small batch of what is over and says how many went; rows that somebody holds are left for the next time. */
export const sweepers = {
  challenges: (ctx: RawCtx) => sql(ctx).$executeRaw`
    DELETE FROM challenges WHERE id IN (SELECT id FROM challenges WHERE expires_at < ${earlier(ctx.now, policy.retention.challenges)}
      LIMIT ${batch}::int FOR UPDATE SKIP LOCKED)`,
  sessions: (ctx: RawCtx) => sql(ctx).$executeRaw`
    DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE expires_at < ${ctx.now} OR lane = ${portalLane} AND last_seen_at < ${earlier(ctx.now, policy.session.idle)}
      LIMIT ${batch}::int FOR UPDATE SKIP LOCKED)`,
  links: (ctx: RawCtx) => sql(ctx).$executeRaw`
    DELETE FROM one_time_codes WHERE id IN (SELECT id FROM one_time_codes WHERE expires_at < ${ctx.now} LIMIT ${batch}::int FOR UPDATE SKIP LOCKED)`,
  devices: (ctx: RawCtx) => sql(ctx).$executeRaw`
    DELETE FROM trusted_devices WHERE id IN (SELECT id FROM trusted_devices WHERE expires_at < ${ctx.now} LIMIT ${batch}::int FOR UPDATE SKIP LOCKED)`,
  enrolments: (ctx: RawCtx) => sql(ctx).$executeRaw`
    DELETE FROM factors WHERE id IN (SELECT id FROM factors WHERE state = 'PENDING' AND expires_at < ${ctx.now} LIMIT ${batch}::int FOR UPDATE SKIP LOCKED)`,
  /** Recovery codes that were handed out with a factor which waits no more; one that was confirmed is active. */
  handedOutCodes: (ctx: RawCtx) => sql(ctx).$executeRaw`
    DELETE FROM recovery_codes WHERE id IN (SELECT id FROM recovery_codes c WHERE active_at IS NULL
      AND NOT EXISTS (SELECT 1 FROM factors f WHERE f.id = c.factor_id) LIMIT ${batch}::int FOR UPDATE SKIP LOCKED)`,
  /**
   * Counters of addresses, of alarms, of posted codes (their windows are a day at most) and of names that nobody has; never one that bounds the guesses at an account or a factor. A name's goes only
   * when its failures are forgotten, as an account's are: a counter that ended sooner would tell that there is no account.
   */
  counters: (ctx: RawCtx) => sql(ctx).$executeRaw`
    DELETE FROM buckets WHERE key IN (SELECT key FROM buckets WHERE updated_at < ${earlier(ctx.now, policy.retention.counters)}
      AND (key LIKE 'address.%' OR key LIKE 'links.%' OR key LIKE 'login.%' OR key LIKE 'alarm:%' OR key LIKE 'send.%' OR key LIKE 'bindable.%' OR key LIKE 'notice.%' OR key LIKE 'budget.%' OR key LIKE 'app.%' OR key LIKE 'password.session:%' OR key LIKE 'password.untrusted:unknown:%' AND updated_at < ${ctx.now}::timestamptz - make_interval(secs => fails * ${forgetting}::int)) LIMIT ${batch}::int FOR UPDATE SKIP LOCKED)`,
  /** Key pairs under which no password is accepted any more. */
  passwordKeys: (ctx: RawCtx) => sql(ctx).$executeRaw`
    DELETE FROM password_keys WHERE id IN (SELECT id FROM password_keys WHERE created_at <= ${earlier(ctx.now, policy.passwordKey.acceptedFor)}
      LIMIT ${batch}::int FOR UPDATE SKIP LOCKED)`,
  /** Letters that have left, were given up, or waited long past the day when anybody wanted them (their channel may be off for good). */
  letters: (ctx: RawCtx) => sql(ctx).$executeRaw`
    DELETE FROM letters WHERE id IN (SELECT id FROM letters WHERE sent_at < ${earlier(ctx.now, policy.retention.sentLetters)}
      OR parked_at < ${earlier(ctx.now, policy.retention.parkedLetters)} OR expires_at < ${earlier(ctx.now, policy.retention.parkedLetters)}
      LIMIT ${batch}::int FOR UPDATE SKIP LOCKED)`,
  /** Only wipes: what a parked letter kept for another try, and what nobody wants any more while no postman works. */
  letterContents: (ctx: RawCtx) => sql(ctx).$executeRaw`
    UPDATE letters SET destination = NULL, content = NULL WHERE id IN (SELECT id FROM letters WHERE content IS NOT NULL
      AND (parked_at < ${earlier(ctx.now, letterRules.keepParked)} OR parked_at IS NULL AND expires_at < ${ctx.now})
      LIMIT ${batch}::int FOR UPDATE SKIP LOCKED)`,
  events: (ctx: RawCtx) => sql(ctx).$executeRaw`
    DELETE FROM security_events WHERE id IN (SELECT id FROM security_events WHERE at < ${earlier(ctx.now, policy.retention.events)}
      LIMIT ${batch}::int FOR UPDATE SKIP LOCKED)`,
} as const;
