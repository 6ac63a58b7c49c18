-- floor: 0.2.0
-- The operator's word that nothing newer than a restore will be brought back. Older portals neither write nor ask for it, and go on as if it had not been given.
-- AlterTable
ALTER TABLE "restores" ADD COLUMN     "vouched_at" TIMESTAMPTZ(3);
