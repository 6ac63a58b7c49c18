import { randomBytes, randomInt } from "node:crypto";

/** Where chance comes from. Handed in, so that tests may repeat it. */
export type Random = {
  /** 256 random bits, base64url: a bearer of something (ASVS 11.5.1 asks for 128). */
  readonly token: () => string;
  /** 128 random bits, base64url: a row's name, no secret. It never begins with "-", or a command would take it for an option. */
  readonly id: () => string;
  /** `count` random bytes. */
  readonly bytes: (count: number) => Buffer;
  /** `count` decimal digits, each as likely as the other; `count` at most 14. */
  readonly digits: (count: number) => string;
};

/** The operating system's generator: the only randomness in the house. */
export const systemRandom: Random = {
  token: () => randomBytes(32).toString("base64url"),
  id: () => randomBytes(16).toString("base64url").replace(/^-/, "_"),
  bytes: (count) => randomBytes(count),
  digits: (count) => String(randomInt(10 ** count)).padStart(count, "0"),
};
