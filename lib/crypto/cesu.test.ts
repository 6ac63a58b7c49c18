import { expect, test } from "vitest";
import { utf8FromCesu } from "@/lib/crypto/cesu";

const bytes = (hex: string) => Buffer.from(hex.replaceAll(" ", ""), "hex");

test.each([
  ["61 eda0bd edb880 62", "a😀b"],
  ["61 f09f9880 62", "a😀b"],
  ["eda182 edbeb7 e9878e", "𠮷野"],
  ["c3a9 e5af86", "é密"],
  ["", ""],
  ["00 61", "\u0000a"],
])("%s is %j", (hex, text) => expect(utf8FromCesu(bytes(hex))).toBe(text));

test.each(["eda0bd", "edb880", "edb880 eda0bd", "ff fe 80", "eda0bd 61", "e5af"])(
  "%s is no text, and becomes replacement characters without a fault",
  (hex) => expect(utf8FromCesu(bytes(hex))).toContain("\ufffd"),
);
