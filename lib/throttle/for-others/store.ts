import type { RawCtx } from "@/lib/context/context";
import { Prisma } from "@/lib/db/client";
import type { ThrottleRuleName } from "@/lib/policy/throttle-rules";
import { bucketKey } from "@/lib/throttle/bucket";

/*
 * Parts by which statements of other rooms read counters beside their own rows, so that how a counter is called and what its columns mean is
 * known here only. What goes in is a part of theirs: a column.
 */

/** The name of the counter of a rule, for whom `subject` says. */
export const keyOf = (rule: ThrottleRuleName, subject: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`(${bucketKey(rule, "")}::text || ${subject})`;

/** The name of a person's counter of the kind of factor that `kind` says. */
export const keyOfKind = (kind: Prisma.Sql, userId: string | Prisma.Sql): Prisma.Sql =>
  Prisma.sql`concat('factor.', ${kind}, ':', ${userId}::text)`;

/** Until when a counter makes everybody wait; null when it does not. */
export const waitsUntil = (ctx: RawCtx, key: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`(SELECT b.blocked_until FROM buckets b WHERE b.key = ${key} AND b.blocked_until > ${ctx.now})`;
