import { stripVTControlCharacters } from "node:util";

/** Next tells where its socket is and which files it found; people type the portal's address, and `.env` is read by us. */
const aboutItself = /^\s*- (?:Local|Network|Environments):/;

/** One line of `next dev` → the lines for the terminal: none, the same, or, once it is ready, the portal's address after it. */
export function linesFor(line, address) {
  const plain = stripVTControlCharacters(line);
  if (aboutItself.test(plain)) return [];
  return /Ready in /.test(plain) ? [line, `The portal answers here: ${address}`] : [line];
}
