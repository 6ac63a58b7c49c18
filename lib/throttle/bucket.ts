import { Prisma } from "@/lib/db/client";
import type { ThrottleRuleName } from "@/lib/policy/throttle-rules";

/** The name of a bucket: which rule, whose. */
export const bucketKey = (rule: ThrottleRuleName, subject: string): string => `${rule}:${subject}`;

/** Whose the counter of a name is that nobody has; `mark`: an HMAC of the name. */
export const unknownSubject = (mark: string): string => `unknown:${mark}`;

/** A part that consumes does so once for each row that it is given; of itself it does so once. */
export const once = Prisma.sql`(VALUES (1)) AS once`;
