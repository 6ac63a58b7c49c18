import { cpSync, existsSync, readdirSync, renameSync, rmdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";

/** Scripts, styles and fonts: their names carry a hash of what they hold, so that files of two builds lie beside each other. */
const hashed = join("_next", "static");

/**
 * Copies what the build in `built` (`.next`) laid out for browsers, with its compressed forms, to `kept`, in the place of what was kept before: pages
 * that it drew ask for these files when the next build answers. Only the build's own, so that nothing is kept for longer than one build.
 * Leaves `kept` as it is where no build stands.
 */
export function keepFilesOf(built, kept) {
  keepFilesIn(join(built, "standalone", "files"), kept);
}

/** The same for a folder that is laid out as the addresses of files are: another build's, of another place (an image's of the release before). */
export function keepFilesIn(previous, kept) {
  if (!existsSync(join(previous, hashed))) return;
  const draft = `${kept}.new`;
  rmSync(draft, { recursive: true, force: true });
  cpSync(join(previous, hashed), join(draft, hashed), { recursive: true });
  rmSync(kept, { recursive: true, force: true });
  renameSync(draft, kept); // whole or not at all: a start that is cut off here begins with the copying again
}

/** Takes out of `kept` what the new build's `files` have too: it is theirs, and needs memory once. */
export function leaveOutKnown(kept, files) {
  if (!existsSync(kept)) return;
  const entries = readdirSync(kept, { recursive: true, withFileTypes: true });
  for (const entry of entries.filter((each) => each.isFile())) {
    const path = join(entry.parentPath, entry.name).slice(kept.length + 1);
    if (!existsSync(join(files, path))) continue;
    rmSync(join(kept, path));
    removeEmpty(dirname(join(kept, path)), kept);
  }
}

function removeEmpty(folder, top) {
  if (folder === top || readdirSync(folder).length > 0) return;
  rmdirSync(folder);
  removeEmpty(dirname(folder), top);
}
