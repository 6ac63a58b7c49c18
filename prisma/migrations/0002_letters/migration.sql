-- Codes and notices by mail and SMS: letters with an order and a lease, proofs of channels,
-- and what the operator asks of one person apart from everybody else.

ALTER TABLE "users" ADD COLUMN "language" TEXT,
ADD COLUMN "policy" JSONB;

ALTER TABLE "factors" RENAME COLUMN "session_id" TO "begun_in";
CREATE INDEX "factors_handle_idx" ON "factors"("handle");

-- No letter was ever written before this migration, and the new columns have no sensible value for one.
DELETE FROM "letters";
DROP INDEX "letters_sent_at_parked_at_not_before_idx";
ALTER TABLE "letters" ALTER COLUMN "destination" DROP NOT NULL,
ADD COLUMN "seq" BIGSERIAL NOT NULL,
ADD COLUMN "urgent" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN "lane" TEXT NOT NULL,
ADD COLUMN "address" TEXT NOT NULL,
ADD COLUMN "language" TEXT NOT NULL,
ADD COLUMN "repeats" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN "lease" TEXT,
ADD COLUMN "leased_until" TIMESTAMPTZ(3),
ADD COLUMN "last_fault" TEXT;
CREATE UNIQUE INDEX "letters_seq_key" ON "letters"("seq");
CREATE INDEX "letters_user_id_idx" ON "letters"("user_id");

CREATE TABLE "channel_proofs" (
    "channel" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "proven_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "channel_proofs_pkey" PRIMARY KEY ("channel")
);
CREATE INDEX "letters_waiting_idx" ON "letters"("lane", "seq") WHERE "sent_at" IS NULL AND "parked_at" IS NULL;
