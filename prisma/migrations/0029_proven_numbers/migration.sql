-- floor: 0.2.0
-- Since when a number to log in with is proven, and which one that was: a number that an older portal puts in its place is not proven by it.
-- AlterTable
ALTER TABLE "users" ADD COLUMN     "proven_phone" TEXT,
ADD COLUMN     "phone_proven_at" TIMESTAMPTZ(3);

-- Whose owner was the last to set it proved it with a code.
UPDATE "users" AS u SET "proven_phone" = u."phone", "phone_proven_at" = e."at"
FROM (SELECT DISTINCT ON ("subject_id") "subject_id", "at", "meta" FROM "security_events" WHERE "name" = 'account.phone_changed' AND "subject_id" IS NOT NULL
  ORDER BY "subject_id", "at" DESC, "id" DESC) AS e
WHERE e."subject_id" = u."id" AND u."phone" IS NOT NULL AND e."meta"->>'by' = 'owner' AND e."meta"->>'has_phone' = 'true';
