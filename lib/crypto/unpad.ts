/** A block whose last `length` bytes are the message. `good` is all ones (−1) or 0. */
export type Message = { readonly block: Uint8Array; readonly length: number; readonly good: number };

/** Numbers below are −1 (all bits) for yes and 0 for no, so that a choice is arithmetic and no branch. Inputs are at most sixteen bits. */
const isZero = (value: number): number => (value - 1) >> 31;
const isLess = (one: number, other: number): number => (one - other) >> 31;
const either = (mask: number, yes: number, no: number): number => (mask & yes) | (~mask & no);

/** 0, 2 and at least eight bytes before the zero that ends the padding (RFC 8017, 7.2.2). */
const shortest = 10;

/**
 * Reads the padding of PKCS #1 v1.5 in one walk over the whole block that takes the same steps whatever stands there: no early end, no branch
 * and no index that depends on a byte. What is not good has a length as well; `choose` discards it.
 */
export function unpadded(block: Uint8Array): Message {
  let end = 0;
  let isFound = 0;
  for (let at = 2; at < block.length; at += 1) {
    const isEnd = isZero(block[at] ?? 0) & ~isFound;
    end = either(isEnd, at, end);
    isFound |= isEnd;
  }
  const good = isZero(block[0] ?? 0) & isZero((block[1] ?? 0) ^ 2) & isFound & ~isLess(end, shortest);
  return { block, length: block.length - 1 - end, good };
}

/** The first where it is good, else the other: byte by byte, without a branch. */
export function choose(one: Message, other: Message): Message {
  const block = new Uint8Array(one.block.length);
  for (let at = 0; at < block.length; at += 1) block[at] = either(one.good, one.block[at] ?? 0, other.block[at] ?? 0);
  return { block, length: either(one.good, one.length, other.length), good: one.good | other.good };
}

/**
 * The message of a ciphertext whose padding is wrong: bytes by chance, of a length by chance. Both fall as they do where somebody alters a
 * ciphertext and its padding happens to be right, so that what is done with the message later takes as long for the one as for the other.
 * `seed`: as many bytes as the block has, and two more.
 */
export function rejected(seed: Uint8Array): Message {
  const block = seed.subarray(0, seed.length - 2);
  const [high = 0, low = 0] = seed.subarray(seed.length - 2);
  let end = shortest;
  for (const share of sharesOf(block.length)) end -= isLess(share - 1, high * 256 + low);
  return { block, length: block.length - 1 - end, good: 0 };
}

/** Of 65 536 blocks by chance that have a zero behind the shortest padding, how many have the first one there, or there or one later, and so on. */
function sharesOf(size: number): readonly number[] {
  const cached = shares.get(size);
  if (cached) return cached;
  const places = Array.from({ length: size - 1 - shortest }, (_, place) => 1 - (255 / 256) ** (place + 1));
  const all = 1 - (255 / 256) ** (size - shortest);
  const made = places.map((part) => Math.round((65_536 * part) / all));
  shares.set(size, made);
  return made;
}
const shares = new Map<number, readonly number[]>();
