import { beforeAll, expect, test } from "vitest";
import { mac, sameText, sha256 } from "@/lib/crypto/digest";
import { makeKeyring } from "@/lib/crypto/keyring";
import { seal, sealedUnder, unseal } from "@/lib/crypto/seal";
import { systemRandom } from "@/lib/kernel/random";
import { ensureSettings } from "@/lib/testing/test-settings";

const [one, two] = [
  { id: "one", bytes: systemRandom.bytes(32) },
  { id: "two", bytes: systemRandom.bytes(32) },
];
const ring = makeKeyring([one]);
const grace = { use: "enc:factor", owner: ["grace", "phone"] } as const;
beforeAll(() => ensureSettings());

test("what is sealed opens again for the same owner and use, and never looks the same twice", () => {
  for (const text of ["", "JBSWY3DPEHPK3PXP", "密钥", "x".repeat(5000)])
    expect(unseal(seal(text, grace, ring), grace, ring)).toBe(text);
  expect(new Set(Array.from({ length: 100 }, () => seal("same", grace, ring))).size).toBe(100);
});

test.each([
  ["another person", { use: "enc:factor", owner: ["ada", "phone"] } as const],
  ["another factor", { use: "enc:factor", owner: ["grace", "tablet"] } as const],
  ["another use", { use: "enc:password", owner: ["grace", "phone"] } as const],
  ["fewer parts", { use: "enc:factor", owner: ["grace"] } as const],
])("it does not open for %s", (_, other) => expect(unseal(seal("secret", grace, ring), other, ring)).toBeNull());

test("a single damaged bit anywhere, and every cut, is noticed", () => {
  const sealed = seal("JBSWY3DPEHPK3PXP", grace, ring);
  for (let at = 0; at < sealed.length; at += 1) {
    const code = sealed.charCodeAt(at);
    const damaged = sealed.slice(0, at) + String.fromCharCode(code ^ 2) + sealed.slice(at + 1);
    if (isMeaningful(sealed, damaged)) expect(unseal(damaged, grace, ring), `${at}: ${damaged}`).toBeNull();
    expect(unseal(sealed.slice(0, at), grace, ring)).toBeNull();
  }
});

/** The last character of a base64url part carries bits that mean nothing; the bytes are what counts. */
function isMeaningful(sealed: string, damaged: string): boolean {
  const bytes = (text: string) =>
    text
      .split(".")
      .map((part, index) => (index < 2 ? part : Buffer.from(part, "base64url").toString("hex")))
      .join(".");
  return bytes(sealed) !== bytes(damaged);
}

test("a short tag is refused: four bytes could be guessed", () => {
  const parts = seal("secret", grace, ring).split(".");
  for (const length of [0, 4, 8, 12, 15]) {
    const tag = Buffer.from(parts[4] ?? "", "base64url")
      .subarray(0, length)
      .toString("base64url");
    expect(unseal([...parts.slice(0, 4), tag].join("."), grace, ring)).toBeNull();
  }
});

test.each(["", ".", "....", "v1", "v2.one.a.b.c", "v1.one.a.b.c.d", "v1.none.AAAA.AAAA.AAAA"])(
  "%j is nothing sealed",
  (text) => expect(unseal(text, grace, ring)).toBeNull(),
);

test("a new key in front seals, the old one behind still opens; without it nothing opens", () => {
  const old = seal("secret", grace, ring);
  const rotated = makeKeyring([two, one]);
  expect(sealedUnder(seal("secret", grace, rotated))).toBe("two");
  expect(unseal(old, grace, rotated)).toBe("secret");
  expect(unseal(old, grace, makeKeyring([two]))).toBeNull();
  expect(unseal(old, grace, makeKeyring([{ ...two, id: "one" }]))).toBeNull();
  expect(() => makeKeyring([])).toThrow("PORTAL_KEYS");
});

test("one use never sees another's key", () => {
  const uses = ["enc:factor", "enc:password", "enc:recovery", "enc:reveal", "enc:check", "mac:identifier"] as const;
  expect(new Set(uses.map((use) => ring.derive("one", use)?.toString("hex"))).size).toBe(uses.length);
  expect(ring.derive("none", "enc:factor")).toBeNull();
});

test("digests: known answers, separated uses, and a comparison that is a comparison", () => {
  expect(sha256("abc")).toBe("ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0"); // FIPS 180-4, the example "abc"
  expect(mac("mac:channel", ["ada"], ring)).not.toBe(mac("enc:check", ["ada"], ring));
  expect(sameText("abc", "abc")).toBe(true);
  expect(sameText("abc", "abd")).toBe(false);
  expect(sameText("abc", "ab")).toBe(false);
});
