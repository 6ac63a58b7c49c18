-- What the sweeper looks for every ten minutes, so that it reads that and no whole table. Every row stays.
CREATE INDEX "factors_pending_idx" ON "factors"("expires_at") WHERE "state" = 'PENDING';
CREATE INDEX "recovery_codes_handed_out_idx" ON "recovery_codes"("factor_id") WHERE "active_at" IS NULL;
CREATE INDEX "devices_expires_at_idx" ON "devices"("expires_at");
CREATE INDEX "sessions_last_seen_at_idx" ON "sessions"("last_seen_at");
CREATE INDEX "letters_sent_idx" ON "letters"("sent_at") WHERE "sent_at" IS NOT NULL;
CREATE INDEX "letters_parked_idx" ON "letters"("parked_at") WHERE "parked_at" IS NOT NULL;

-- A counter is swept by its rule, and most rules' rows stay: without the rule all that are old would be read each time.
DROP INDEX "buckets_updated_at_idx";
CREATE INDEX "buckets_rule_updated_at_idx" ON "buckets"(split_part("key", ':', 1), "updated_at");
