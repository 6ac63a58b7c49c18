-- That there has been an administrator here, for ever: the first run is over then, also when none is left and its events are swept.

CREATE TABLE "first_run" (
    "id" INTEGER NOT NULL,
    "ended_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "first_run_pkey" PRIMARY KEY ("id")
);

-- A house that has one, or whose events tell of one.
INSERT INTO "first_run" ("id", "ended_at")
SELECT 1, min(had.at) FROM (
    SELECT "created_at" AS at FROM "users" WHERE "is_admin"
    UNION ALL
    SELECT "at" FROM "security_events" WHERE "name" = 'setup.completed' OR "name" = 'account.created' AND "meta"->>'admin' = 'true'
) AS had HAVING min(had.at) IS NOT NULL;
