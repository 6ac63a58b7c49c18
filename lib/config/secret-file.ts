import { readFileSync } from "node:fs";
import type { Reading } from "@/lib/config/values";
import { fileText } from "@/scripts/file-text.mjs";

/**
 * What stands in the file that a `_FILE` key names, without white space around it, "" for an empty one; or the end of a sentence that
 * begins with the key.
 */
export function readSecretFile(path: string): Reading<string> {
  const bytes = bytesOf(path);
  if (bytes === null) return { ok: false, mistake: unreadable };
  const { text, mistake } = fileText(bytes);
  if (mistake !== undefined) return { ok: false, mistake: `names a file that ${mistake}` };
  return { ok: true, value: text.trim() };
}

/** What is told where a file gives nothing. */
export const unreadable = "names a file that cannot be read or is empty.";

function bytesOf(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch {
    return null; // the caller turns it into a mistake that names the key
  }
}
