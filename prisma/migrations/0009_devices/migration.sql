-- Known devices stand beside sessions, and their table is called as they are everywhere else. Every row stays.
ALTER TABLE "trusted_devices" RENAME TO "devices";
ALTER TABLE "devices" RENAME CONSTRAINT "trusted_devices_pkey" TO "devices_pkey";
ALTER TABLE "devices" RENAME CONSTRAINT "trusted_devices_user_id_fkey" TO "devices_user_id_fkey";
ALTER INDEX "trusted_devices_token_hash_key" RENAME TO "devices_token_hash_key";
ALTER INDEX "trusted_devices_user_id_idx" RENAME TO "devices_user_id_idx";
