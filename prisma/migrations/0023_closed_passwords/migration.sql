-- floor: 0.2.0
-- A password that an alarm closed keeps its hash, where no version of before looks for one.
-- AlterTable
ALTER TABLE "users" ADD COLUMN     "closed_password" TEXT,
ADD COLUMN     "password_closed_at" TIMESTAMPTZ(3);
