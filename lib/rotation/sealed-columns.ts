import { contactSealedFor } from "@/lib/crypto/contact-address";
import { secretSealedFor } from "@/lib/crypto/factor-secret";
import { indexKeySealedFor } from "@/lib/crypto/index-keys";
import { passwordKeySealedFor } from "@/lib/crypto/rsa-password";
import type { SealedFor } from "@/lib/crypto/seal";
import { codeSealedFor } from "@/lib/factors/recovery/store";
import { letterSealedFor } from "@/lib/letters/letter";
import { linkSealedFor } from "@/lib/links/registration-link";
import { passwordSealedFor } from "@/lib/users/check-password";
import { changeSealedFor } from "@/lib/waiting/change";

/** One sealed value and whose it is. */
export type SealedRow = { readonly id: string; readonly userId: string | null; readonly sealed: string };

export type SealedColumn = {
  readonly table:
    | "users"
    | "challenges"
    | "factors"
    | "recovery_codes"
    | "notice_addresses"
    | "contact_proofs"
    | "letters"
    | "one_time_links"
    | "password_keys"
    | "index_keys"
    | "pending_changes";
  readonly column:
    | "password_hash"
    | "closed_password"
    | "new_password"
    | "secret"
    | "hash"
    | "destination"
    | "content"
    | "address"
    | "sealed"
    | "data";
  /** What names a row of that table. */
  readonly key: "id" | "use";
  /** The person's id in that table; null where nothing is anybody's. */
  readonly owner: "id" | "user_id" | null;
  /** Under what a row's value is sealed; null for a row of nobody's that must be somebody's: it cannot be opened, and is reported. */
  readonly sealedFor: (row: Pick<SealedRow, "id" | "userId">) => SealedFor | null;
};

/** A value that is somebody's: in a row of nobody's it cannot be opened. */
const owned =
  (sealedFor: (userId: string, id: string) => SealedFor): SealedColumn["sealedFor"] =>
  ({ id, userId }) =>
    userId === null ? null : sealedFor(userId, id);

/** Every sealed column of the schema; a test compares them, so that none is forgotten when keys are rotated. */
export const sealedColumns: readonly SealedColumn[] = [
  { table: "users", column: "password_hash", key: "id", owner: "id", sealedFor: owned(passwordSealedFor) },
  { table: "users", column: "closed_password", key: "id", owner: "id", sealedFor: owned(passwordSealedFor) },
  { table: "challenges", column: "new_password", key: "id", owner: "user_id", sealedFor: owned(passwordSealedFor) },
  { table: "factors", column: "secret", key: "id", owner: "user_id", sealedFor: owned(secretSealedFor) },
  { table: "recovery_codes", column: "hash", key: "id", owner: "user_id", sealedFor: owned(codeSealedFor) },
  { table: "pending_changes", column: "data", key: "id", owner: "user_id", sealedFor: owned(changeSealedFor) },
  ...(["notice_addresses", "contact_proofs"] as const).map(
    (table): SealedColumn => ({
      table,
      column: "address",
      key: "id",
      owner: "user_id",
      sealedFor: owned(contactSealedFor),
    }),
  ),
  { table: "password_keys", column: "secret", key: "id", owner: null, sealedFor: ({ id }) => passwordKeySealedFor(id) },
  { table: "index_keys", column: "sealed", key: "use", owner: null, sealedFor: ({ id }) => indexKeySealedFor(id) },
  { table: "one_time_links", column: "address", key: "id", owner: null, sealedFor: ({ id }) => linkSealedFor(id) },
  ...(["destination", "content"] as const).map(
    (column): SealedColumn => ({
      table: "letters",
      column,
      key: "id",
      owner: "user_id",
      sealedFor: ({ id }) => letterSealedFor(id, column), // also of letters to somebody without an account
    }),
  ),
];

/** `factors.secret`, as reports name it. */
export const nameOf = ({ table, column }: Pick<SealedColumn, "table" | "column">): string => `${table}.${column}`;
