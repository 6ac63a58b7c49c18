-- floor: 0.2.0
-- What makes a change of events visible. Older portals write events without it, which are sealed as such.
-- AlterTable
ALTER TABLE "security_events" ADD COLUMN     "mac" BYTEA;

-- CreateTable
CREATE TABLE "event_seals" (
    "number" BIGINT NOT NULL,
    "last_id" BIGINT NOT NULL,
    "events" INTEGER NOT NULL,
    "unsigned" INTEGER NOT NULL,
    "first_at" TIMESTAMPTZ(3) NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,
    "digest" TEXT NOT NULL,
    "mac" TEXT NOT NULL,
    "swept_mac" TEXT,

    CONSTRAINT "event_seals_pkey" PRIMARY KEY ("number")
);

-- Where sweeping has come to, without a walk through all seals.
CREATE INDEX "event_seals_swept_idx" ON "event_seals"("number") WHERE "swept_mac" IS NOT NULL;
