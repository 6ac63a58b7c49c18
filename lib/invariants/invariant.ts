import type { Prisma } from "@/lib/db/client";

/** Something that is true of the rows at every moment, whoever was killed and whatever raced: when it is not, something is wrong with us or with the database. */
export type Invariant = {
  /** Never changes. */
  readonly name: string;
  /** What is wrong with such a row. */
  readonly what: string;
  /** What to do. */
  readonly cure: string;
  /** A question that names each row that breaks it: a part of a statement. Its columns are `id` and, with whose row it is, `user_id`; null: nobody's. */
  readonly rows: Prisma.Sql;
};
