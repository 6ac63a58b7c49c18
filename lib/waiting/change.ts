import type { SealedFor } from "@/lib/crypto/seal";

/** Where a change stands. It is asked for once, and ends once: each move is one conditional write. */
export type ChangeState = "WAITING" | "DONE" | "VETOED" | "SUPERSEDED" | "REFUSED";

/** Why a waiting change was stopped, as rows and events have it. */
export type VetoReason =
  | "by_owner"
  | "by_link"
  | "by_operator"
  | "session_ended"
  | "device_copied"
  | "others_ended"
  | "not_me"
  | "password_changed"
  | "account_locked"
  | "account_disabled"
  | "factors_reset"
  | "email_changed";

/** Under what the data of a change is sealed; key rotation asks too. */
export const changeSealedFor = (userId: string, id: string): SealedFor => ({
  use: "enc:pending",
  owner: [userId, id],
});
