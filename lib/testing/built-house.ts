import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What development alone has: its pages' address, the files behind them, the cast's words, the look at the house that a start has in its own bundle. None of it is in a build (ASVS 15.2.3). */
const onlyForDevelopers: readonly RegExp[] = [
  /dev\\?\/mailbox/,
  /readMailbox/,
  /mailbox-frame/,
  /lib\/testing\//,
  /ten looms weave algebra/,
  /The portal cannot start\./,
];

/** Files of a build, below `folder`, in which something of development stands; caches and lists of what the bundler has looked at aside. */
export function developmentIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8", withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:m?js|json|html|rsc)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !/node_modules|\/cache\/|\.nft\.json$/.test(path))
    .filter((path) => onlyForDevelopers.some((mark) => mark.test(readFileSync(path, "utf8"))));
}
