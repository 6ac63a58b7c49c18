-- floor: 0.2.0
-- Changes of an account that wait, so that its owner can stop them. Portals of before make none and read none.
-- CreateTable
CREATE TABLE "pending_changes" (
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "data" TEXT,
    "asked_in" TEXT NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "ip" TEXT NOT NULL,
    "agent" TEXT NOT NULL,
    "wait_hours" INTEGER NOT NULL,
    "notice_ids" TEXT[],
    "told_at" TIMESTAMPTZ(3),
    "due_at" TIMESTAMPTZ(3),
    "veto_hash" TEXT NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "why" TEXT,

    CONSTRAINT "pending_changes_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "pending_changes_veto_hash_key" ON "pending_changes"("veto_hash");

-- CreateIndex
CREATE INDEX "pending_changes_user_id_idx" ON "pending_changes"("user_id");

-- CreateIndex
CREATE INDEX "pending_changes_ended_at_idx" ON "pending_changes"("ended_at");

-- AddForeignKey
ALTER TABLE "pending_changes" ADD CONSTRAINT "pending_changes_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Of each kind at most one waits: a newer one comes in its place.
CREATE UNIQUE INDEX "pending_changes_waiting_key" ON "pending_changes"("user_id", "kind") WHERE "state" = 'WAITING';
CREATE INDEX "pending_changes_due_idx" ON "pending_changes"("due_at") WHERE "state" = 'WAITING';
