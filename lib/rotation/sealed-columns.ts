import type { SealedFor } from "@/lib/crypto/seal";
import { codeSealedFor } from "@/lib/factors/recovery/store";
import { secretSealedFor } from "@/lib/factors/store";
import { passwordSealedFor } from "@/lib/users/check-password";

/** One sealed value and whose it is. */
export type SealedRow = { readonly id: string; readonly userId: string | null; readonly sealed: string };

export type SealedColumn = {
  readonly table: "users" | "factors" | "recovery_codes" | "one_time_codes" | "letters";
  readonly column: "password_hash" | "secret" | "hash" | "destination" | "content";
  /** The person's id in that table. */
  readonly owner: "id" | "user_id";
  /** Under what it is sealed. Null while nothing writes the column: a value found there cannot be opened, and is reported. */
  readonly sealedFor: ((row: { readonly id: string; readonly userId: string }) => SealedFor) | null;
};

/** Every sealed column of the schema; a test compares them, so that none is forgotten when keys are rotated. */
export const sealedColumns: readonly SealedColumn[] = [
  { table: "users", column: "password_hash", owner: "id", sealedFor: ({ id }) => passwordSealedFor(id) },
  { table: "factors", column: "secret", owner: "user_id", sealedFor: ({ id, userId }) => secretSealedFor(userId, id) },
  {
    table: "recovery_codes",
    column: "hash",
    owner: "user_id",
    sealedFor: ({ id, userId }) => codeSealedFor(userId, id),
  },
  { table: "one_time_codes", column: "destination", owner: "user_id", sealedFor: null },
  { table: "letters", column: "destination", owner: "user_id", sealedFor: null },
  { table: "letters", column: "content", owner: "user_id", sealedFor: null },
];

/** `factors.secret`, as reports name it. */
export const nameOf = ({ table, column }: Pick<SealedColumn, "table" | "column">): string => `${table}.${column}`;
