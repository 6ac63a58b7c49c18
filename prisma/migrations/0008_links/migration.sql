-- One-time links have a table of their own, apart from codes by post: other rooms write them, and nothing that is asked of the one is asked of
-- the other. Every link moves, open, used or over, with the hash of its token: one that was printed or sent goes on.

CREATE TABLE "one_time_links" (
    "id" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "user_id" TEXT,
    "challenge_id" TEXT,
    "credential_version" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "consumed_at" TIMESTAMPTZ(3),

    CONSTRAINT "one_time_links_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "one_time_links_hash_key" ON "one_time_links"("hash");
CREATE INDEX "one_time_links_user_id_purpose_idx" ON "one_time_links"("user_id", "purpose");
CREATE INDEX "one_time_links_expires_at_idx" ON "one_time_links"("expires_at");
ALTER TABLE "one_time_links" ADD CONSTRAINT "one_time_links_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

WITH moved AS (
    DELETE FROM "one_time_codes" WHERE "purpose" IN ('setup', 'invitation', 'alarm.device', 'alarm.second_step') RETURNING *
)
INSERT INTO "one_time_links" ("id", "purpose", "hash", "user_id", "challenge_id", "credential_version", "created_at", "expires_at", "consumed_at")
SELECT "id", "purpose", "hash", "user_id", "challenge_id", "credential_version", "created_at", "expires_at", "consumed_at" FROM moved;

-- What is left are codes: each is somebody's, and asks for no stamp.
ALTER TABLE "one_time_codes" DROP COLUMN "credential_version",
ALTER COLUMN "user_id" SET NOT NULL;
