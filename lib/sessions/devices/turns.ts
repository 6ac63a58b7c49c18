import { hmacHex, sameText } from "@/lib/crypto/digest";
import { policy } from "@/lib/policy/policy";

/** What a row knows of the turns of its trust: the key that makes them, and the hash of the last one that was presented; null: none yet. */
export type Turns = { readonly turnKey: string; readonly turn: string | null };

/**
 * After each use a trusted device has another turn, as refresh token rotation has it (RFC 9700, 4.14), but that of two that follow the same one the first lives.
 * The turn that follows the last presented one. All that are handed out for it within half a minute are the same, because they are one browser's windows or
 * its second try; later ones are another branch. Nothing is stored of it: whichever is presented first proves by itself that it followed.
 */
export function nextTurn(turns: Turns, now: Date): string {
  const stretch = Math.floor(now.getTime() / policy.device.turnLingers).toString(36);
  return `${stretch}-${proofOf(turns, stretch)}`;
}

/** Does this turn follow the last presented one? */
export function follows(turns: Turns, presented: string): boolean {
  const [stretch = "", proof = ""] = presented.split("-");
  return sameText(proof, proofOf(turns, stretch));
}

/** 128 bits. Nobody makes them who has the cookie alone, or the database alone: that one holds only the family's hash. */
const proofOf = ({ turnKey, turn }: Turns, stretch: string): string =>
  hmacHex(turnKey, `${turn ?? ""}|${stretch}`).slice(0, 32);
