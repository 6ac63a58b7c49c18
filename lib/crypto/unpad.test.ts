import { expect, test } from "vitest";
import { choose, rejected, unpadded } from "@/lib/crypto/unpad";
import { systemRandom } from "@/lib/kernel/random";

const size = 256;

/** The plain way, with every early end that the one under test must not have. */
function plainly(block: Uint8Array): string | null {
  if (block[0] !== 0 || block[1] !== 2) return null;
  const end = block.indexOf(0, 2);
  return end < 10 ? null : Buffer.from(block.subarray(end + 1)).toString("hex");
}

/** Blocks in which zeros and headers are frequent. */
function anyBlock(): Uint8Array {
  const block = new Uint8Array(systemRandom.bytes(size));
  const [first = 0, second = 0, at = 0, count = 0] = systemRandom.bytes(4);
  if (first < 200) block.set([0, 2]);
  if (second < 128) block.fill(7, 2, 10);
  if (second < 20) block.fill(7, 2);
  if (second > 220) block.fill(0, at, at + (count & 31));
  return block;
}

test("five thousand blocks are read as the plain way reads them", () => {
  const seen = { good: 0, bad: 0 };
  const other = rejected(systemRandom.bytes(size + 2));
  for (let n = 0; n < 5_000; n += 1) {
    const block = anyBlock();
    const right = plainly(block);
    const message = unpadded(block);
    expect(message.good).toBe(right === null ? 0 : -1);
    const chosen = choose(message, other);
    const [from, expected] = right === null ? [other, null] : [message, right];
    expect(chosen.length).toBe(from.length);
    const read = Buffer.from(chosen.block.subarray(size - chosen.length)).toString("hex");
    expect(read).toBe(expected ?? Buffer.from(other.block.subarray(size - other.length)).toString("hex"));
    seen[right === null ? "bad" : "good"] += 1;
  }
  expect(Math.min(seen.good, seen.bad)).toBeGreaterThan(1_000);
});

test("the first good one of several is chosen", () => {
  const block = (word: string) =>
    Buffer.concat([Buffer.from([0, 2]), Buffer.alloc(size - 3 - word.length, 7), Buffer.from(`\u0000${word}`)]);
  const [one, other] = [unpadded(block("one")), unpadded(block("other"))];
  const read = ({ block: bytes, length }: typeof one) => Buffer.from(bytes.subarray(size - length)).toString();
  expect(read(choose(one, other))).toBe("one");
  expect(read(choose(unpadded(new Uint8Array(size)), other))).toBe("other");
});

test("a rejected message is as long as one whose padding is right by chance", () => {
  const lengths: { readonly rejected: number[]; readonly byChance: number[] } = { rejected: [], byChance: [] };
  for (let n = 0; n < 20_000; n += 1) {
    lengths.rejected.push(rejected(systemRandom.bytes(size + 2)).length);
    const block = new Uint8Array(systemRandom.bytes(size));
    block.set([0, 2]);
    const message = unpadded(block);
    if (message.good) lengths.byChance.push(message.length);
  }
  for (const limit of [0, 30, 60, 90, 120, 150, 180, 210, 240]) {
    const [one, other] = [lengths.rejected, lengths.byChance].map(
      (all) => all.filter((length) => length <= limit).length / all.length,
    );
    expect(Math.abs((one ?? 0) - (other ?? 1))).toBeLessThan(0.03); // more than five standard deviations
  }
  expect(Math.min(...lengths.rejected)).toBe(0);
  expect(Math.max(...lengths.rejected)).toBe(245);
});
