-- floor: 0.2.0
-- Which codes were shown by a page without anybody saying since that they are saved. What is there counts as saved, and so does what older portals make: they have nowhere to write who said so.
-- AlterTable
ALTER TABLE "recovery_codes" ADD COLUMN     "unsaved_in" TEXT;
