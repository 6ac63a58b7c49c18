import { readFileSync } from "node:fs";
import type { Reading } from "@/lib/config/values";
import { fileText } from "@/scripts/file-text.mjs";

/** What stands in the file that a `_FILE` key names, without white space around it; or the end of a sentence that begins with the key. */
export function readSecretFile(path: string): Reading<string> {
  const bytes = bytesOf(path);
  if (bytes === null) return { ok: false, mistake: "names a file that cannot be read or is empty." };
  const { text, mistake } = fileText(bytes);
  if (mistake !== undefined) return { ok: false, mistake: `names a file that ${mistake}` };
  const value = text.trim();
  if (value === "") return { ok: false, mistake: "names a file that cannot be read or is empty." };
  return { ok: true, value };
}

function bytesOf(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch {
    return null; // the caller turns it into a mistake that names the key
  }
}
