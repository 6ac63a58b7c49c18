/** Why a backup cannot be made, read or restored, for programs; the sentence is the error's message. */
export type RefusalId =
  | "backup.foreign"
  | "backup.newer_format"
  | "backup.key_missing"
  | "backup.key_other"
  | "backup.cut"
  | "backup.damaged"
  | "backup.newer_version"
  | "backup.unreadable"
  | "backup.unsound"
  | "backup.exists"
  | "export.exists"
  | "backup.no_room"
  | "export.no_room"
  | "backup.nowhere"
  | "export.nowhere"
  | "restore.full_house"
  | "restore.living_portal"
  | "restore.foreign_tables"
  | "restore.keys";

type Refusal = Error & { readonly refusal: RefusalId };

/** An Error for the operator: `text` says what is wrong and what to do next. */
export const refusal = (id: RefusalId, text: string): Refusal => Object.assign(new Error(text), { refusal: id });

export const isRefusal = (fault: unknown): fault is Refusal => fault instanceof Error && "refusal" in fault;
