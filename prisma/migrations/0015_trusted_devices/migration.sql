-- floor: 0.2.0
-- An older portal asks for the second step on a trusted device too, and lets a session on a shared computer lie idle for an hour.
-- AlterTable
ALTER TABLE "challenges" ADD COLUMN     "is_shared" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "devices" ADD COLUMN     "former_turn" TEXT,
ADD COLUMN     "label" TEXT,
ADD COLUMN     "trusted_at" TIMESTAMPTZ(3),
ADD COLUMN     "trusted_with" TEXT,
ADD COLUMN     "turn" TEXT,
ADD COLUMN     "turn_key" TEXT,
ADD COLUMN     "turned_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "sessions" ADD COLUMN     "is_shared" BOOLEAN NOT NULL DEFAULT false;
