import { createElement, Fragment, type ReactNode } from "react";

/**
 * A sentence in which an email address may stand. Where a line has no room for all of the address, it ends before the @ or after a dot, and nowhere within
 * a word that has room. A browser copies the address without these places (HTML, 4.5.28: `wbr`).
 */
export function Addressed({ text }: { readonly text: string }): ReactNode {
  if (!text.includes("@")) return text;
  const [first, ...more] = text
    .split(" ")
    .map((word) => (word.includes("@") ? withPlaces(word) : word))
    .join(" ")
    .split(place);
  // children that stand still need no keys, which would travel with the page
  return createElement(Fragment, null, first, ...more.flatMap((piece) => [mayEnd, piece]));
}

const mayEnd = <wbr />;

/** A line may end here: the sign itself (Unicode's zero width space) would be copied with the address. */
const place = "\u200b";

function withPlaces(word: string): string {
  const marked = word.replaceAll("@", `${place}@`).replaceAll(".", `.${place}`);
  return marked.endsWith(place) ? marked.slice(0, -1) : marked;
}
