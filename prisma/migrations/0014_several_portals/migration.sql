-- What several portals on one database tell each other, and what outlives the keys of each. Portals of before need none of it and live on beside.
-- CreateTable
CREATE TABLE "turns" (
    "name" TEXT NOT NULL,
    "taken_at" TIMESTAMPTZ(3),

    CONSTRAINT "turns_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "portals" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "key_ids" TEXT[],
    "secret_ids" TEXT[],
    "apps_hash" TEXT NOT NULL,
    "clock_skew" INTEGER NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "portals_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "index_keys" (
    "use" TEXT NOT NULL,
    "sealed" TEXT NOT NULL,

    CONSTRAINT "index_keys_pkey" PRIMARY KEY ("use")
);

-- CreateTable
CREATE TABLE "migration_floors" (
    "migration" TEXT NOT NULL,
    "floor" TEXT NOT NULL,

    CONSTRAINT "migration_floors_pkey" PRIMARY KEY ("migration")
);

-- A word that is missing is made by the first who takes it. These two were advisory locks.
INSERT INTO "turns" ("name") VALUES ('setup'), ('apps');

-- Letters leave in the order of their moments: a sequence orders nothing where each connection is handed a hundred of its numbers.
DROP INDEX "letters_waiting_idx";
CREATE INDEX "letters_waiting_idx" ON "letters"("queue", "created_at", "seq") WHERE "sent_at" IS NULL AND "parked_at" IS NULL;
