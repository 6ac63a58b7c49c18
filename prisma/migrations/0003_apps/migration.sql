-- Apps that log people in through the JSON lane: their registration, their sessions, and the keys for encrypted passwords.

ALTER TABLE "recovery_codes" ADD COLUMN "factor_id" TEXT;

ALTER TABLE "sessions" ADD COLUMN "lane" TEXT NOT NULL DEFAULT 'portal';

CREATE TABLE "apps" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "origins" TEXT[],
    "servers" TEXT[],
    "redirect" TEXT,
    "unmasked" BOOLEAN NOT NULL,
    "demands" BOOLEAN NOT NULL,
    "is_default" BOOLEAN NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "apps_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "password_keys" (
    "id" TEXT NOT NULL,
    "public_key" TEXT NOT NULL,
    "secret" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "password_keys_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "password_keys_created_at_idx" ON "password_keys"("created_at");

CREATE UNIQUE INDEX "apps_one_default" ON "apps"("is_default") WHERE "is_default";
