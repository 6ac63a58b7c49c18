import { Prisma } from "@/lib/db/client";
import type { ThrottleRuleName } from "@/lib/policy/throttle-rules";

/** By these rules' names of before the rows are called: under another one every count would begin anew. */
const olderNames: Readonly<Record<string, string>> = {
  "password.strangers": "password.untrusted",
  "password.device": "password.trusted",
  "factor.device": "factor.trusted",
  "notice.gathered": "alarm",
} satisfies Partial<Record<ThrottleRuleName, string>>;

/** What the keys of a rule's buckets begin with. */
export const storedName = (rule: string): string => olderNames[rule] ?? rule;

/** The key of a bucket: which rule, whose. */
export const bucketKey = (rule: ThrottleRuleName, subject: string): string => `${storedName(rule)}:${subject}`;

/** Whose the counter of a name is that nobody has; `mark`: an HMAC of the name. */
export const unknownSubject = (mark: string): string => `unknown:${mark}`;

/** A part that consumes does so once for each row that it is given; of itself it does so once. */
export const once = Prisma.sql`(VALUES (1)) AS once`;
