import { DomainError } from "@/lib/kernel/errors";
import { withoutUnseen } from "@/lib/kernel/unseen";
import { readUrl } from "@/lib/kernel/url";
import { policy } from "@/lib/policy/policy";

/** Longer than any display's worth of white space around a name; of what is longer nothing is read. */
const longestTyped = 1024;

/** What apps may call somebody, or null for none: one line, in any script, of at most 64 characters. Throws `account.name_too_long` with the field `field`. */
export function readName(typed: string, field: "name" | "nickname"): string | null {
  if (typed.length > longestTyped) throw new DomainError("account.name_too_long", { field });
  const name = withoutUnseen(typed, { butJoiners: true }).normalize("NFC").trim();
  if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(name) || Array.from(name).length > policy.profile.longestName)
    throw new DomainError("account.name_too_long", { field });
  return name === "" ? null : name;
}

/**
 * The address of somebody's picture, or null for none: https, without a name or password in it, at most a kilobyte. It is kept and handed to apps; nothing of the portal ever
 * loads it. Throws `account.bad_photo`.
 */
export function readPhoto(typed: string): string | null {
  const text = typed.length > 2 * policy.profile.photoBytes ? null : typed.trim();
  if (text === "") return null;
  const url = text === null ? null : readUrl(text);
  const isPlain = url?.protocol === "https:" && url.username === "" && url.password === "" && url.hostname !== "";
  if (!url || !isPlain || Buffer.byteLength(url.href) > policy.profile.photoBytes)
    throw new DomainError("account.bad_photo", { field: "photo" });
  return url.href;
}
