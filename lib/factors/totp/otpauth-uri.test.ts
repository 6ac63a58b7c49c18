import { create } from "qrcode";
import { expect, test } from "vitest";
import { otpauthUri } from "@/lib/factors/totp/otpauth-uri";

const secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
const uriOf = (issuer: string, account: string) => otpauthUri({ issuer, account, secret });
const modulesOf = (uri: string) => create(uri, { errorCorrectionLevel: "M" }).modules.size;

test("ordinary names stay whole", () => {
  const uri = new URL(uriOf("Sallyport", "grace@example.test"));
  expect(decodeURIComponent(uri.pathname)).toBe("/Sallyport:grace@example.test");
  expect(uri.searchParams.get("issuer")).toBe("Sallyport");
});

test.each([
  ["a long address", "Sallyport", `${"a".repeat(240)}@example.test`],
  ["a long Chinese brand", "门户".repeat(40), "grace@example.test"],
  ["both", "Acme ".repeat(60), `${"émigré".repeat(40)}@example.test`],
  ["nothing but emoji", "👩🏽‍🚀".repeat(60), "👩🏽‍🚀".repeat(60)],
])("%s never makes a picture finer than 89 modules, and the secret is whole", (_, issuer, account) => {
  const uri = uriOf(issuer, account);
  expect(modulesOf(uri)).toBeLessThanOrEqual(89);
  expect(new URL(uri).searchParams.get("secret")).toBe(secret);
  expect(uri).not.toContain("%EF%BF%BD"); // no half of a letter is left
});

test("the account's name is shortened first, the issuer only when that is not enough", () => {
  const name = (uri: string) => new URL(uri).searchParams.get("issuer");
  expect(name(uriOf("Acme Security", `${"a".repeat(500)}@example.test`))).toBe("Acme Security");
  expect(name(uriOf("Acme ".repeat(100), "grace@example.test"))).toMatch(/^Acme .*…$/);
});
