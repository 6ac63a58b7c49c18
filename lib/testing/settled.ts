import type { Ctx } from "@/lib/context/context";
import { days, earlier, minutes } from "@/lib/kernel/duration";
import type { FactorKind } from "@/lib/policy/traits";
import type { Actor } from "@/lib/sessions/acting-session";
import { openSessionFor, type TestPerson } from "@/lib/testing/test-context";

type Wishes = {
  /** What was proven in the session after its login; null: nothing was. */
  readonly with?: FactorKind | null;
  /** How long ago the browser became known, the password was chosen, what is bound was confirmed, and the account was made. */
  readonly device?: number;
  readonly password?: number;
  readonly factors?: number;
  readonly account?: number;
};

/**
 * Somebody in a session on a settled device, with the strongest proof given after the login: what a dangerous change that is done at once needs. Each wish
 * takes one of it away; lengths in days.
 */
export async function settledActor(ctx: Ctx, person: TestPerson, wishes: Wishes = {}): Promise<Actor> {
  const { actor } = await openSessionFor(ctx, person);
  const { userId, sessionId: id } = actor;
  const ago = (length = 8) => earlier(ctx.now, days(length));
  const held = await ctx.db.factor.count({ where: { userId, state: "ACTIVE" } });
  const provenWith = wishes.with === undefined ? (held > 0 ? "totp" : "password") : wishes.with;
  const authTime = earlier(ctx.now, minutes(5));
  await ctx.db.device.updateMany({ where: { userId }, data: { createdAt: ago(wishes.device) } });
  await ctx.db.factor.updateMany({ where: { userId }, data: { confirmedAt: ago(wishes.factors) } });
  await ctx.db.user.update({
    where: { id: userId },
    data: { createdAt: ago(wishes.account), passwordChangedAt: ago(wishes.password) },
  });
  await ctx.db.session.update({
    where: { id },
    data: provenWith === null ? { authTime, provenAt: authTime } : { authTime, provenAt: ctx.now, provenWith },
  });
  return actor;
}
