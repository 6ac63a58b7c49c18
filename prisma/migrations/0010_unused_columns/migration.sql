-- No version has ever written them: a favourite among factors, and where a code was sent (its factor and its letter know).
ALTER TABLE "factors" DROP COLUMN "preferred";
ALTER TABLE "one_time_codes" DROP COLUMN "destination";
