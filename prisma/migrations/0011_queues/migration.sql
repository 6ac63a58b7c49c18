-- Letters that leave one after the other stand in a queue, and the column is called so. Every row stays.
ALTER TABLE "letters" RENAME COLUMN "lane" TO "queue";
