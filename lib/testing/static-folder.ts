import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A script as a build has them: long, and much of it said before. */
export const script = `${"document.title = 'Two doors';\n".repeat(200)}`;

const contents: Readonly<Record<string, string>> = {
  "_next/static/chunks/door.js": script,
  "_next/static/chunks/door.css": "main { color: teal }\n".repeat(100),
  "_next/static/chunks/[a] b~(c).js": script,
  "_next/static/media/key.woff2": "not compressed again",
  "sign.svg": "<svg/>",
};

/** A folder of files for browsers as the build lays it out, compressed by the build's own program. Out: its path. */
export function makeStaticFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "static-"));
  for (const [name, text] of Object.entries(contents)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  execFileSync(process.execPath, ["scripts/compress.mjs", folder]);
  return folder;
}
