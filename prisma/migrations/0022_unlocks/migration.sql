-- floor: 0.2.0
-- Letters by which an owner opens their password's counter for one browser, while strangers keep it waiting.
-- CreateTable
CREATE TABLE "unlocks" (
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "link_hash" TEXT NOT NULL,
    "wait_hash" TEXT NOT NULL,
    "open_hash" TEXT,
    "code_hash" TEXT NOT NULL,
    "code_tries" INTEGER NOT NULL,
    "credential_version" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "unlocks_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "unlocks_link_hash_key" ON "unlocks"("link_hash");

-- CreateIndex
CREATE UNIQUE INDEX "unlocks_wait_hash_key" ON "unlocks"("wait_hash");

-- CreateIndex
CREATE UNIQUE INDEX "unlocks_open_hash_key" ON "unlocks"("open_hash");

-- CreateIndex
CREATE INDEX "unlocks_user_id_idx" ON "unlocks"("user_id");

-- CreateIndex
CREATE INDEX "unlocks_expires_at_idx" ON "unlocks"("expires_at");

-- AddForeignKey
ALTER TABLE "unlocks" ADD CONSTRAINT "unlocks_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;
