import { createElement, Fragment, type ReactNode } from "react";

/**
 * A sentence in which an email address may stand. Where a line has no room for all of the address, it ends before the @ or after a dot, and nowhere within
 * a word that has room. A browser copies the address without these places (HTML, 4.5.28: `wbr`).
 */
export function Addressed({ text }: { readonly text: string }): ReactNode {
  if (!text.includes("@")) return text;
  const parts = text.split(/(\S*@\S*)/).flatMap((part) => (part.includes("@") ? withPlaces(part) : [part]));
  return createElement(Fragment, null, ...parts); // children that stand still need no keys, which would travel with the page
}

/** A place where a line may end. */
const place = <wbr />;

function withPlaces(address: string): ReactNode[] {
  const [first, ...more] = address.match(/@?[^@.]*\.*/g)?.filter((piece) => piece !== "") ?? [];
  return [first, ...more.flatMap((piece) => [place, piece])];
}
