-- floor: 0.2.0
-- Where people are reached, what of it is proven, and what apps may call them. Portals of before know none of it and live on beside.
-- AlterTable
ALTER TABLE "users" ADD COLUMN     "email_confirmed_at" TIMESTAMPTZ(3),
ADD COLUMN     "name" TEXT,
ADD COLUMN     "nickname" TEXT,
ADD COLUMN     "photo" TEXT;

-- CreateTable
CREATE TABLE "notice_addresses" (
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "handle" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "confirmed_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "notice_addresses_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "contact_proofs" (
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "hashes" TEXT[],
    "session_id" TEXT NOT NULL,
    "tries_left" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "contact_proofs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "email_changes" (
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "former" TEXT NOT NULL,
    "former_confirmed_at" TIMESTAMPTZ(3),
    "next" TEXT NOT NULL,
    "revert_hash" TEXT,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "reverted_at" TIMESTAMPTZ(3),
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "email_changes_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "notice_addresses_user_id_idx" ON "notice_addresses"("user_id");

-- CreateIndex
CREATE INDEX "notice_addresses_ended_at_idx" ON "notice_addresses"("ended_at");

-- An address is somebody's once, as long as it is theirs.
CREATE UNIQUE INDEX "notice_addresses_present_idx" ON "notice_addresses"("user_id", "handle") WHERE "ended_at" IS NULL;

-- CreateIndex
CREATE INDEX "contact_proofs_expires_at_idx" ON "contact_proofs"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "contact_proofs_user_id_purpose_key" ON "contact_proofs"("user_id", "purpose");

-- CreateIndex
CREATE UNIQUE INDEX "email_changes_revert_hash_key" ON "email_changes"("revert_hash");

-- CreateIndex
CREATE INDEX "email_changes_user_id_idx" ON "email_changes"("user_id");

-- CreateIndex
CREATE INDEX "email_changes_former_idx" ON "email_changes"("former");

-- CreateIndex
CREATE INDEX "email_changes_expires_at_idx" ON "email_changes"("expires_at");

-- AddForeignKey
ALTER TABLE "notice_addresses" ADD CONSTRAINT "notice_addresses_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contact_proofs" ADD CONSTRAINT "contact_proofs_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "email_changes" ADD CONSTRAINT "email_changes_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;
