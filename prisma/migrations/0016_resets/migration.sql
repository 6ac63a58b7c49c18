-- floor: 0.2.0
-- A link that resets a password remembers where it was sent and how often it was opened, and a challenge remembers which link it spends, and the password that waits behind it.
-- AlterTable
ALTER TABLE "challenges" ADD COLUMN     "link_id" TEXT,
ADD COLUMN     "new_password" TEXT;

-- AlterTable
ALTER TABLE "one_time_links" ADD COLUMN     "openings" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "sent_to" TEXT;
