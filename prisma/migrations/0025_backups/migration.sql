-- floor: 0.2.0
-- Backups that were made, times that the portal was set back, and who has not read of it yet. Older portals ask for none of it.
-- AlterTable
ALTER TABLE "users" ADD COLUMN     "set_back_to" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "restores" (
    "id" TEXT NOT NULL,
    "restored_at" TIMESTAMPTZ(3) NOT NULL,
    "set_back_to" TIMESTAMPTZ(3) NOT NULL,
    "version" TEXT NOT NULL,

    CONSTRAINT "restores_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "backups" (
    "id" TEXT NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,
    "file" TEXT NOT NULL,
    "bytes" BIGINT NOT NULL,
    "rows" BIGINT NOT NULL,

    CONSTRAINT "backups_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "backups_made_at_idx" ON "backups"("made_at");
