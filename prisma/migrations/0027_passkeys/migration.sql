-- floor: 0.2.0
-- One credential has one owner, and an answer that signs in is good once. Older portals write neither kind of row.
-- CreateTable
CREATE TABLE "spent_answers" (
    "hash" TEXT NOT NULL,
    "spent_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "spent_answers_pkey" PRIMARY KEY ("hash")
);

-- CreateIndex
CREATE INDEX "spent_answers_expires_at_idx" ON "spent_answers"("expires_at");

CREATE UNIQUE INDEX "factors_credential" ON "factors"("handle") WHERE "kind" = 'passkey';
