-- Steps that rewrite stored rows in code, once, after the migrations: which are done.

CREATE TABLE "finished_steps" (
    "name" TEXT NOT NULL,
    "finished_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "finished_steps_pkey" PRIMARY KEY ("name")
);
