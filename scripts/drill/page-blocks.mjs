import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../run-step.mjs";

/** The shell blocks of a page in their order, as they are printed, also those inside a list. */
export function blocksOf(page) {
  const text = readFileSync(join(root, page), "utf8");
  return [...text.matchAll(/^( *)```sh\n([\s\S]*?)^\1```/gm)].map(([, indent, block]) =>
    block
      .split("\n")
      .map((line) => line.slice(indent.length))
      .join("\n")
      .trim(),
  );
}

/** What a page leaves open, by its own words for it, exchanged. Throws where one of them is not on the page: then the page has changed. */
export function filledIn(blocks, words) {
  const all = blocks.join("\n");
  for (const word of Object.keys(words))
    if (!all.includes(word)) throw new Error(`the page does not say ${word} any more`);
  return blocks.map((block) =>
    Object.entries(words).reduce((text, [word, value]) => text.replaceAll(word, value), block),
  );
}
