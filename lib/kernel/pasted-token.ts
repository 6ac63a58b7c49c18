import { withoutUnseen } from "@/lib/kernel/unseen";
import { withoutTrailing } from "@/lib/kernel/without-trailing";

const longestPasted = 1024;
/** What stands around an address in a sentence or a letter. Of what a token is made of (letters, digits, _ and -) nothing goes. */
const before = /^["'<([{«“‘„]+/u;
const behind = "\"'>)]}»”’“.,;:!?…。，、";

/**
 * A link's token as it was made, from what came back of it: programs of mail break long addresses over lines, and whoever copies one takes along
 * the full stop behind it. What is no such token stays none: its reader still asks for its exact shape.
 */
export function tokenIn(pasted: string): string {
  if (pasted.length > longestPasted) return "";
  return withoutTrailing(withoutUnseen(decoded(pasted)).replace(/\s+/gu, "").replace(before, ""), behind);
}

/** In a path it comes as the browser wrote it. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a lone % is no part of a token either way
  }
}
