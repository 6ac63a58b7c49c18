-- Where a stranger's login was opened from, so that those of one account can be counted by network. It is null on a known device, at a
-- step-up, and in rows from before: none of these is counted.
ALTER TABLE "challenges" ADD COLUMN "network" TEXT;

-- Only the half logins that are counted: small, however many logins are over and wait to be swept.
CREATE INDEX "challenges_half_logins" ON "challenges"("user_id") WHERE "state" = 'OPEN' AND "network" IS NOT NULL;
