-- What several portals on one database tell each other, and what outlives the keys of each. Portals of before need none of it and live on beside.
-- CreateTable
CREATE TABLE "turns" (
    "name" TEXT NOT NULL,
    "taken_at" TIMESTAMPTZ(3),

    CONSTRAINT "turns_pkey" PRIMARY KEY ("name")
);

-- A word that is missing is made by the first who takes it; these two were advisory locks.
INSERT INTO "turns" ("name") VALUES ('setup'), ('apps');
