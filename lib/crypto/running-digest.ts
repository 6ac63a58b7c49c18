import { createHash } from "node:crypto";

/** SHA-256 of what comes in pieces. `text`: once, at the end, in hexadecimal. */
export function runningDigest(): { readonly add: (piece: Uint8Array) => void; readonly text: () => string } {
  const hash = createHash("sha256");
  return { add: (piece) => void hash.update(piece), text: () => hash.digest("hex") };
}
