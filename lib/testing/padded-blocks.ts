import { systemRandom } from "@/lib/kernel/random";

/** Bytes of an RSA block, as password keys have them. */
export const blockSize = 256;
/** The password that stands in every block that has one. */
export const blockPassword = "seven quiet herons at dawn";

const noZero = (count: number): Buffer => Buffer.from(systemRandom.bytes(count).map((byte) => byte || 1));
const header = Buffer.from([0, 2]);

/** 0, 2, padding, 0, the password (PKCS #1 v1.5, RFC 8017, 7.2.1). */
export function wellPadded(): Buffer {
  const tail = Buffer.from(`\u0000${blockPassword}`);
  return Buffer.concat([header, noZero(blockSize - 2 - tail.length), tail]);
}

function changed(at: number, byte: number): Buffer {
  const block = wellPadded();
  block[at] = byte;
  return block;
}

/** What somebody gets who alters a ciphertext until its padding happens to be right: the answer that attacks wait for. */
export function rightByChance(): Buffer {
  for (;;) {
    const block = Buffer.concat([header, systemRandom.bytes(blockSize - 2)]);
    if (block.indexOf(0, 2) >= 10) return block;
  }
}

/** The classes that attacks on this padding tell apart (RFC 8017, 7.2.2; Bleichenbacher; ROBOT). `n` makes them differ among themselves. */
export const malformedBlocks: Readonly<Record<string, (n: number) => Buffer>> = {
  "wrong first byte": (n) => changed(0, 1 + (n % 100)),
  "wrong type 0": () => changed(1, 0),
  "wrong type 1, a signature's": () => changed(1, 1),
  "another type": (n) => changed(1, 3 + (n % 250)),
  "a zero within the first eight bytes of padding": (n) => changed(2 + (n % 8), 0),
  "no zero at all": () => Buffer.concat([header, noZero(blockSize - 2)]),
  "no padding: the password behind the header": () =>
    Buffer.concat([header, Buffer.from(`\u0000${blockPassword}`), noZero(blockSize - 3 - blockPassword.length)]),
  "everything zero": () => Buffer.alloc(blockSize),
  "zeros behind the header": () => Buffer.concat([header, Buffer.alloc(blockSize - 2)]),
  "bytes by chance": () => Buffer.concat([Buffer.from([0, 7]), systemRandom.bytes(blockSize - 2)]),
};
