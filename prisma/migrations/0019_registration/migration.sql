-- floor: 0.2.0
-- The link of a registration is nobody's yet: it carries the address that it was sent to, sealed. Portals of before make no such link and read none.
-- AlterTable
ALTER TABLE "one_time_links" ADD COLUMN     "address" TEXT;

-- What happened to one person is read sort by sort, so that a hundred thousand refused tries do not stand before the rest.
-- DropIndex
DROP INDEX "security_events_subject_id_at_idx";

-- CreateIndex
CREATE INDEX "security_events_subject_id_name_at_idx" ON "security_events"("subject_id", "name", "at");
