import { utf8FromCesu } from "@/lib/crypto/cesu";
import { makePasswordKeyPair, openEncrypted, passwordOpener } from "@/lib/crypto/rsa-password";
import { choose, rejected, unpadded } from "@/lib/crypto/unpad";
import { systemRandom } from "@/lib/kernel/random";
import { blockSize, malformedBlocks, rightByChance } from "@/lib/testing/padded-blocks";

/** The class that all others are compared with. */
export const baseline = "right by chance";
const classes: Readonly<Record<string, (n: number) => Buffer>> = { [baseline]: rightByChance, ...malformedBlocks };

/** Milliseconds by class. */
type Times = Readonly<Record<string, readonly number[]>>;

/** The bare RSA operation with a public key (PEM): base64 of the ciphertext. */
type Encrypt = (publicKey: string, block: Buffer) => string;

/** The whole way of an encrypted password until it is a text, `rounds` times for each class, in an order by chance. */
export async function timeOpenings(rounds: number, encrypt: Encrypt): Promise<Times> {
  const { publicKey, privateKey } = await makePasswordKeyPair();
  const opener = passwordOpener(privateKey);
  return time(rounds, (block) => {
    const text = encrypt(publicKey, block);
    return () => openEncrypted(text, [opener]);
  });
}

/** Only what comes after the RSA operation, whose noise hides a hundredfold of what this would tell. */
export function timeReadings(rounds: number): Promise<Times> {
  return time(rounds, (made) => {
    const block = Uint8Array.from(made); // where a block lies in memory must not be what is measured
    const other = rejected(systemRandom.bytes(blockSize + 2));
    return () => {
      const message = choose(unpadded(block), other);
      return utf8FromCesu(message.block.subarray(blockSize - message.length));
    };
  });
}

async function time(rounds: number, prepare: (block: Buffer) => () => string): Promise<Times> {
  const all = Array.from({ length: rounds }, (_, n) =>
    Object.entries(classes).map(([name, make]) => ({ name, order: systemRandom.id(), run: prepare(make(n)) })),
  ).flat();
  all.sort((one, other) => (one.order < other.order ? -1 : 1));
  for (const { run } of all.slice(0, all.length / 4)) run(); // warms up
  const times: Record<string, number[]> = Object.fromEntries(Object.keys(classes).map((name) => [name, []]));
  for (const { name, run } of all) {
    const begun = process.hrtime.bigint();
    run();
    times[name]?.push(Number(process.hrtime.bigint() - begun) / 1e6);
  }
  return times;
}
