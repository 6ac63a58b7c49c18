import { existsSync, lstatSync, readlinkSync } from "node:fs";
import { dirname } from "node:path";
import { giveUp } from "./say.mjs";

/**
 * Ends the command where `path`, or a folder on the way to it, is a link to nothing: mostly a disk that is not mounted. To most calls it looks
 * like a free place, and something new would be begun beside what it led to.
 */
export function refuseDanglingLink(path) {
  const link = danglingLink(path);
  if (link === null) return;
  giveUp(
    `${link} is a link to ${readlinkSync(link)}, which is not there. Bring that back (is a disk not mounted?), or remove the link.`,
  );
}

function danglingLink(path) {
  if (existsSync(path)) return null;
  if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()) return path;
  return dirname(path) === path ? null : danglingLink(dirname(path));
}
