-- A login and a session belong to a client: the portal's own pages, or an app. The columns are called so. Every row stays.
ALTER TABLE "sessions" RENAME COLUMN "lane" TO "client_id";
ALTER TABLE "challenges" RENAME COLUMN "lane" TO "client_id";
