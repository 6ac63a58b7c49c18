import { createElement, Fragment, type ReactNode } from "react";

/**
 * A sentence in which an email address may stand. An address for which the rest of a line has no room begins the next one; one that is longer than a line ends it
 * before the @ or after a dot. A browser copies the address without these places (HTML, 4.5.28: `wbr`).
 */
export function Addressed({ text }: { readonly text: string }): ReactNode {
  if (!text.includes("@")) return text;
  const marked = text.split(" ").map((word) => (word.includes("@") ? `${edge}${word}${edge}` : word));
  const parts = marked.join(" ").split(edge);
  // children that stand still need no keys, which would travel with the page
  return createElement(Fragment, null, ...parts.map((part, at) => (at % 2 === 1 ? address(part) : part || null)));
}

/** A sign that nobody sees, and that stands nowhere else (Unicode's zero width space). */
const edge = "\u200b";

const mayEnd = <wbr />;

function address(word: string): ReactNode {
  const marked = word.replaceAll("@", `${edge}@`).replaceAll(".", `.${edge}`);
  const [first, ...more] = marked.split(edge).filter((piece) => piece !== "");
  return createElement("span", { className: "address" }, first, ...more.flatMap((piece) => [mayEnd, piece]));
}
