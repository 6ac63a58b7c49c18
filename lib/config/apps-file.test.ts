import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readConfig } from "@/lib/config/read-config";
import { portalClient } from "@/lib/policy/clients";
import { testSettings } from "@/lib/testing/test-settings";

const folder = mkdtempSync(join(tmpdir(), "sallyport-apps-"));
const shop = { id: "shop", name: "The shop" };

/** The configuration with a file that holds this text, or these apps. */
function read(content: unknown) {
  const isWritten = typeof content === "string" || Buffer.isBuffer(content);
  writeFileSync(join(folder, "apps.json"), isWritten ? content : JSON.stringify(content));
  return readConfig({ ...testSettings, APPS_FILE: "apps.json" }, folder);
}

function mistakesOf(content: unknown): readonly string[] {
  const reading = read(content);
  return reading.ok ? [] : reading.mistakes;
}

function appsOf(content: unknown) {
  const reading = read(content);
  if (!reading.ok) throw new Error(reading.mistakes.join("\n"));
  return reading.config.apps;
}

test("without the key there are none, and passwords travel as they are typed", () => {
  const reading = readConfig(testSettings, folder);
  expect(reading.ok && [reading.config.apps, reading.config.rsaPasswords]).toEqual([[], false]);
});

test("what is left out of an app takes the narrower choice", () => {
  const narrow = { origins: [], servers: [], redirect: null, unmasked: false, demands: false, isDefault: false };
  expect(appsOf([shop])).toEqual([{ ...shop, ...narrow }]);
  expect(Object.isFrozen(appsOf([shop])[0])).toBe(true);
});

describe("a field", () => {
  test.each([
    ["id", "abc"],
    ["id", "5f0c8a1b2c3d4e5f60718293"],
    ["id", "A_b-9".repeat(12)],
    ["name", "商店 🏪 №1"],
    ["origins", ["https://shop.example.test", "https://shop.example.test:8443", "https://xn--fiq228c.example.test"]],
    ["origins", ["http://localhost:5173", "http://127.0.0.1:3001", "http://[::1]:3001"]],
    ["servers", ["192.0.2.7", "198.51.100.0/24", "2001:db8::/32", "fd00::/8", "::1", "10.0.0.0/8"]],
    ["redirect", "https://shop.example.test/account?from=portal"],
    ["redirect", "http://localhost:5173/"],
    ["redirect", null],
    ["unmasked", true],
  ])("%s may be %j", (field, value) =>
    expect(appsOf([{ ...shop, [field]: value }])[0]).toMatchObject({ [field]: value }),
  );

  test("an origin is kept in its one form, and once", () => {
    const spellings = ["https://Shop.example.test", "https://shop.example.test:443", "https://shop.example.test."];
    expect(appsOf([{ ...shop, origins: spellings }])[0]?.origins).toEqual(["https://shop.example.test"]);
    expect(appsOf([{ ...shop, origins: ["https://商店.example.test"] }])[0]?.origins).toEqual([
      "https://xn--czrs0t.example.test",
    ]);
  });

  test("addresses of servers are kept in theirs", () => {
    const servers = ["::ffff:192.0.2.1", "::ffff:c000:201", "2001:DB8::0:1"];
    expect(appsOf([{ ...shop, servers }])[0]?.servers).toEqual(["192.0.2.1", "2001:db8::1"]);
  });

  test.each([
    ["id", ""],
    ["id", "ab"],
    ["id", "a".repeat(65)],
    ["id", "shop one"],
    ["id", "shop\n"],
    ["id", "shöp-app"],
    ["id", portalClient],
    ["id", "Portal"],
    ["id", 12345],
    ["id", null],
    ["name", ""],
    ["name", "   "],
    ["name", "x".repeat(65)],
    ["name", "tab\there"],
    ["name", "right\u202eleft"],
    ["name", "zero\0byte"],
    ["origins", "https://shop.example.test"],
    ["origins", ["https://shop.example.test/"]],
    ["origins", ["https://shop.example.test/path"]],
    ["origins", ["https://*.example.test"]],
    ["origins", ["*"]],
    ["origins", ["null"]],
    ["origins", ["https://ada@shop.example.test"]],
    ["origins", ["https://shop.example.test?"]],
    ["origins", [" https://shop.example.test"]],
    ["origins", ["http://shop.example.test"]],
    ["origins", ["http://localhost.example.test"]],
    ["origins", ["ftp://shop.example.test"]],
    ["origins", ["file:///etc"]],
    ["origins", [null]],
    ["origins", Array.from({ length: 21 }, (_, place) => `https://a${place}.example.test`)],
    ["servers", ["shop.example.test"]],
    ["servers", ["192.0.2.256"]],
    ["servers", ["192.0.2.0/33"]],
    ["servers", ["192.0.2.1,192.0.2.2"]],
    ["servers", ["0.0.0.0/0"]],
    ["servers", ["128.0.0.0/1"]],
    ["servers", ["2001::/3"]],
    ["servers", ["::/8"]],
    ["servers", ["::ffff:0:0/96"]],
    ["servers", ["64:ff9b::/96"]],
    ["servers", ["::192.0.2.1"]],
    ["servers", ["::ffff:0.0.0.0/97"]],
    ["servers", ["fe80::1%eth0"]],
    ["servers", [""]],
    ["servers", Array.from({ length: 21 }, (_, place) => `192.0.2.${place}`)],
    ["redirect", "http://shop.example.test/"],
    ["redirect", "https://ada:secret@shop.example.test/"],
    ["redirect", "https://shop.example.test/#top"],
    ["redirect", "https://shop.example.test/#"],
    ["redirect", "https://shop.example.test/\nSet-Cookie: a"],
    ["redirect", "javascript:alert(1)"],
    ["redirect", "//shop.example.test"],
    ["redirect", ""],
    ["redirect", `https://shop.example.test/${"a".repeat(2000)}`],
    ["unmasked", "yes"],
    ["demands", 1],
    ["isDefault", null],
    ["secret", "lovelace"],
    ["__proto__x", {}],
  ])("%s cannot be %j, and the sentence does not repeat it", (field, value) => {
    const mistakes = mistakesOf([shop, { ...shop, id: "other", [field]: value }]);
    expect(mistakes).toHaveLength(1);
    expect(mistakes[0]).toMatch(/^APPS_FILE app 2(?:, [a-zA-Z]+(?: \d+)?)? (?:must|has) .*\.$/);
    if (typeof value === "string" && value.length > 4 && value !== "Portal" && value !== portalClient)
      expect(mistakes[0]).not.toContain(value);
  });
});

test("a place that is named twice is one place", () => {
  const twice = { ...shop, origins: ["https://a.example.test", "https://a.example.test"] };
  expect(appsOf([twice])[0]?.origins).toEqual(["https://a.example.test"]);
});

test("every mistake is listed at once, with those of other keys", () => {
  writeFileSync(join(folder, "apps.json"), JSON.stringify([{ id: "a" }, { ...shop, unmasked: 1, demands: 1 }]));
  const reading = readConfig({ ...testSettings, APPS_FILE: "apps.json", RSA_PASSWORDS: "maybe" }, folder);
  expect(reading.ok ? [] : reading.mistakes).toEqual([
    "RSA_PASSWORDS must be true or false.",
    "APPS_FILE app 1, id must be 3 to 64 letters, digits, dashes or underscores.",
    "APPS_FILE app 1, name must be text.",
    "APPS_FILE app 2, unmasked must be true or false.",
    "APPS_FILE app 2, demands must be true or false.",
  ]);
});

test.each([
  ["two apps of one id", [shop, { ...shop, name: "Another" }], "APPS_FILE gives one id to two apps."],
  [
    "two defaults",
    [
      { ...shop, isDefault: true },
      { ...shop, id: "other", isDefault: true },
    ],
    "APPS_FILE names two default apps.",
  ],
  ["one app without a list", shop, "APPS_FILE must hold a JSON list of apps, between [ and ]."],
  ["no JSON", "[{ id: shop }]", "APPS_FILE must hold a JSON list of apps, between [ and ]."],
  ["nothing", "", "APPS_FILE must hold a JSON list of apps, between [ and ]."],
  ["too much", " ".repeat(256 * 1024 + 1), "APPS_FILE names a file that is larger than 256 kB."],
  ["a number for an app", [7], "APPS_FILE app 1 must be a JSON object."],
])("%s: refused", (_, content, sentence) => expect(mistakesOf(content)).toEqual([sentence]));

test("a byte order mark before the list is none of it, another alphabet is told", () => {
  const text = `\uFEFF${JSON.stringify([shop])}\r\n`;
  expect(appsOf(text)).toMatchObject([shop]);
  expect(mistakesOf(Buffer.from(text, "utf16le"))).toEqual([
    "APPS_FILE names a file that is not saved as UTF-8 but, it seems, as UTF-16. Save it as UTF-8 and try again.",
  ]);
});

test("a file that is not there ends the start", () => {
  const reading = readConfig({ ...testSettings, APPS_FILE: "none.json" }, folder);
  expect(reading.ok ? [] : reading.mistakes).toEqual(["APPS_FILE names a file that cannot be read."]);
});
