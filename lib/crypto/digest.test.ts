import { expect, test } from "vitest";
import { hmacHex, mac, macs } from "@/lib/crypto/digest";
import { makeKeyring } from "@/lib/crypto/keyring";

test("signatures are those of RFC 4231, case 2: anybody can check them", () => {
  const expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
  expect(hmacHex("Jefe", "what do ya want for nothing?")).toBe(expected);
});

test("a MAC is known under every key of the ring, the newest first", () => {
  const [one, two] = [1, 2].map((fill) => ({ id: `k${fill}`, bytes: Buffer.alloc(32, fill) }));
  if (!one || !two) throw new Error("There are two keys.");
  const [before, after] = [makeKeyring([one]), makeKeyring([two, one])];
  expect(macs("mac:channel", ["a"], after)).toEqual([
    mac("mac:channel", ["a"], makeKeyring([two])),
    mac("mac:channel", ["a"], before),
  ]);
});
