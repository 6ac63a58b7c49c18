-- floor: 0.2.0
-- In which known browser a change was asked for. A version of before leaves it empty, as for a session without one.
-- AlterTable
ALTER TABLE "pending_changes" ADD COLUMN     "asked_on" TEXT;
