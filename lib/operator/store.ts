import { type RawCtx, sql } from "@/lib/context/context";
import { Prisma } from "@/lib/db/client";
import type { Held } from "@/lib/policy/second-factor";
import { keyOf, waitsUntil } from "@/lib/throttle/for-others/store";
import { askableKind } from "@/lib/users/askable-kind";

type Row = {
  readonly userId: string;
  readonly email: string;
  readonly username: string | null;
  readonly phone: string | null;
  readonly isAdmin: boolean;
  readonly hasPassword: boolean;
  readonly disabledAt: Date | null;
  readonly policy: unknown;
  readonly held: Held | null;
  readonly recoveryCodes: number;
  readonly passwordWaitsUntil: Date | null;
  readonly createdAt: Date;
  readonly lastLoginAt: Date | null;
};

/** Every account with what protects it, by e-mail, in one query. */
export function findPeople(ctx: RawCtx): Promise<Row[]> {
  return sql(ctx).$queryRaw<Row[]>`
    SELECT u.id AS "userId", u.email, u.username, u.phone, u.is_admin AS "isAdmin", u.password_hash IS NOT NULL AS "hasPassword",
      u.disabled_at AS "disabledAt", u.created_at AS "createdAt", u.last_login_at AS "lastLoginAt",
      u.policy, (SELECT jsonb_object_agg(h.kind, h.active) FROM (
        SELECT ${askableKind()} AS kind, count(*) AS active FROM factors f WHERE f.user_id = u.id AND f.state = 'ACTIVE' GROUP BY 1) h) AS held,
      (SELECT count(*)::int FROM recovery_codes c WHERE c.user_id = u.id AND c.used_at IS NULL AND c.active_at IS NOT NULL) AS "recoveryCodes",
      ${waitsUntil(ctx, keyOf("password.strangers", Prisma.sql`u.id`))} AS "passwordWaitsUntil"
    FROM users u ORDER BY u.email`;
}
