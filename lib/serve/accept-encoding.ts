/** How a body can be coded for the way. `identity`: not at all. */
export type Coding = "br" | "gzip" | "identity";

/** Nobody accepts more codings than this; a header of commas is not taken apart whole. */
const mostWishes = 32;

/** Who names codings and not `identity` accepts that one too, after all others. */
const unsaid = 0.0001;

/**
 * Which of `offered`, the best first, somebody with this `Accept-Encoding` likes most (RFC 9110, 12.5.3). Who likes none of
 * them gets the body as it is, which 12.4.1 leaves to the server: an answer that can be read after all is more use than a 406.
 */
export function chooseCoding(header: string | undefined, offered: readonly Coding[]): Coding {
  if (header === undefined) return "identity";
  const wishes = new Map(header.split(",", mostWishes).map(wishOf));
  const [others, none] = [wishes.get("*"), wishes.get("identity")];
  const liking = (coding: Coding) =>
    wishes.get(coding) ?? (coding === "identity" ? (none ?? others ?? unsaid) : (others ?? 0));
  const best = Math.max(...offered.map(liking));
  return best > 0 ? (offered.find((coding) => liking(coding) === best) ?? "identity") : "identity";
}

/** A name with its weight, 1 where none is said; a weight that is no number is a refusal. */
function wishOf(part: string): [name: string, weight: number] {
  const [name = "", ...more] = part.split(";").map((word) => word.trim().toLowerCase());
  const weight = more.find((word) => word.startsWith("q="))?.slice(2) ?? "1";
  return [name === "x-gzip" ? "gzip" : name, Number(weight) || 0];
}
