import * as z from "zod";
import { reading, wholeNumber } from "@/lib/config/reading";
import { readDatabaseUrl } from "@/lib/config/values";

/** Keys about the database. */
export const databaseSettings = {
  DATABASE_URL: z.string().transform(reading(readDatabaseUrl)).optional().meta({
    shown: "the built-in PostgreSQL",
    sample: "postgresql://sallyport:PASSWORD@db.example.test:5432/sallyport",
    secret: true,
    description: "A PostgreSQL of your own: postgresql://USER:PASSWORD@HOST:5432/DATABASE.",
  }),
  DATABASE_DIRECT_URL: z.string().transform(reading(readDatabaseUrl)).optional().meta({
    shown: "DATABASE_URL",
    sample: "postgresql://sallyport:PASSWORD@db.example.test:5432/sallyport",
    secret: true,
    description:
      "The same database past a pooler, for what needs a connection to itself: migrations, backup and restore, check, audit, and what doctor reads of the record. Needed where DATABASE_URL leads through one that hands out another connection for each transaction.",
  }),
  DATABASE_POOL: wholeNumber(5, 1_000).default(20).meta({
    shown: "20",
    description:
      "How many connections to the database this portal opens at most, all its parts together. A backup of the schedule and a command are processes of their own, each with at most ten more.",
  }),
  DATABASE_STATEMENTS: z.enum(["named", "unnamed"], "must be named or unnamed.").default("named").meta({
    shown: "named",
    description:
      "Whether statements are kept under names and planned once for each connection. Behind PgBouncer in transaction mode older than 1.21 they must be unnamed.",
  }),
};
