import type { Reading } from "@/lib/config/values";
import { fileText } from "@/scripts/file-text.mjs";
import { readOrdinaryFile } from "@/scripts/ordinary-file.mjs";

/**
 * What stands in the file that a `_FILE` key names, without white space around it, "" for an empty one; or the end of a sentence that
 * begins with the key.
 */
export function readSecretFile(path: string): Reading<string> {
  const { bytes, mistake: odd } = readOrdinaryFile(path);
  if (bytes === undefined) return { ok: false, mistake: odd === undefined ? unreadable : `names a file that ${odd}` };
  const { text, mistake } = fileText(bytes);
  if (mistake !== undefined) return { ok: false, mistake: `names a file that ${mistake}` };
  return { ok: true, value: text.trim() };
}

/** What is told where a file gives nothing. */
export const unreadable = "names a file that cannot be read or is empty.";
