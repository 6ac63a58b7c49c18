import { unseal } from "@/lib/crypto/seal";
import type { ReadChange } from "@/lib/pending/pending-kind";
import { kindOf } from "@/lib/pending/registry";
import { changeSealedFor } from "@/lib/waiting/change";
import type { SealedChange } from "@/lib/waiting/store";

/** What a row will do, unsealed and read; null for a kind of another version and for data that cannot be read any more. */
export function openChange({
  id,
  userId,
  kind,
  data,
}: Pick<SealedChange, "id" | "userId" | "kind" | "data">): ReadChange | null {
  const text = data === null ? null : unseal(data, changeSealedFor(userId, id));
  return kindOf(kind)?.read(text === null ? null : JSON.parse(text)) ?? null;
}
