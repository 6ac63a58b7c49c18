-- That a window was found full is noted in a column of its own. Until now the note stood in the column that counts failures for the life of
-- a binding, which windows do not have.
ALTER TABLE "buckets" ADD COLUMN "refusal_noted" BOOLEAN NOT NULL DEFAULT false;

UPDATE "buckets" SET "refusal_noted" = true, "orphans" = 0
WHERE "orphans" > 0 AND split_part("key", ':', 1) NOT IN ('password.untrusted', 'factor.totp', 'factor.password', 'factor.sms', 'factor.email');
