-- floor: 0.2.0
-- The letters to one person are read a page at a time, the newest first: of as many as a month keeps a page reads only its own.
-- DropIndex
DROP INDEX "letters_user_id_idx";

-- CreateIndex
CREATE INDEX "letters_user_id_created_at_seq_idx" ON "letters"("user_id", "created_at", "seq");
