import { mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { readMmdb } from "@/lib/places/mmdb";
import { tinyMmdb } from "@/lib/places/mmdb.kit";
import { openPlaces } from "@/lib/places/open-places";
import { forgetSettings, setSettings } from "@/lib/testing/test-settings";

const builtAt = new Date("2030-01-01T00:00:00.000Z");
const mainz = {
  city: { names: { en: "Mainz", "zh-CN": "美因茨" } },
  country: { iso_code: "DE", names: { en: "Germany", "zh-CN": "德国" } },
};
const nets = [
  { bytes: [192, 0, 2], bits: 24, record: mainz },
  { bytes: [198, 51, 100, 128], bits: 25, record: { country: { iso_code: "FR" } } },
  {
    bytes: [0x20, 0x01, 0x0d, 0xb8, ...Array(12).fill(0)],
    bits: 32,
    record: { city: { names: { en: "Ulm" } }, country: { names: { en: "Germany" }, iso_code: "DE" } },
  },
] as const;

const folder = mkdtempSync(join(tmpdir(), "places-"));
let turn = 0;
const file = () => join(folder, `${turn}.mmdb`);
const put = (bytes: Buffer | string): void => {
  turn += 1;
  writeFileSync(file(), bytes);
  setSettings({ PLACES_FILE: file() });
};

beforeEach(() => put(tinyMmdb(withFour, { builtAt })));
afterAll(() => {
  forgetSettings();
  rmSync(folder, { recursive: true });
});

/** The networks of four bytes, written whole. */
const withFour = nets.map((net) => ({ ...net, bytes: net.bits === 24 ? [192, 0, 2, 0] : [...net.bytes] }));

describe("an address that the operator's file knows", () => {
  test.each([
    ["192.0.2.77", "en", "Mainz, Germany"],
    ["192.0.2.77", "zh", "德国 美因茨"],
    ["::ffff:192.0.2.77", "en", "Mainz, Germany"],
    ["198.51.100.200", "en", "France"],
    ["198.51.100.200", "zh", "法国"],
    ["2001:db8:7::1", "zh", "德国 Ulm"],
  ] as const)("%s in %s: %s", async (ip, language, words) => expect((await openPlaces(language))(ip)).toBe(words));

  test.each([["192.0.3.1"], ["198.51.100.1"], ["2001:db9::1"], ["10.0.0.1"], ["unknown"], [""]])(
    "of %j it knows nothing",
    async (ip) => expect((await openPlaces("en"))(ip)).toBeNull(),
  );
});

test.each([24, 28, 32] as const)("records of %i bits, in files of both widths", (recordSize) => {
  for (const isWide of [true, false]) {
    const four = withFour.filter(({ bytes, bits }) => isWide || (bytes.length === 4 && bits < 32));
    const mmdb = readMmdb(tinyMmdb(four, { builtAt, recordSize, isWide }));
    expect(mmdb?.builtAt).toEqual(builtAt);
    expect(mmdb?.find("192.0.2.9")).toEqual(mainz);
    expect(mmdb?.find("192.0.3.9")).toBeNull();
    if (!isWide) expect(mmdb?.find("2001::")).toBeNull();
  }
});

test("a file that was exchanged is read anew", async () => {
  expect((await openPlaces("en"))("192.0.2.1")).toBe("Mainz, Germany");
  const moved = { ...nets[0], bytes: [192, 0, 2, 0], record: { country: { iso_code: "IT" } } };
  writeFileSync(file(), tinyMmdb([moved], { builtAt }));
  expect((await openPlaces("en"))("192.0.2.1")).toBe("Italy");
});

test("a file that could not be read is read as soon as it can be", async () => {
  const whole = tinyMmdb(withFour, { builtAt });
  put(whole.subarray(0, 40));
  expect((await openPlaces("en"))("192.0.2.1")).toBeNull();
  writeFileSync(file(), whole);
  utimesSync(file(), builtAt, builtAt);
  expect((await openPlaces("en"))("192.0.2.1")).toBe("Mainz, Germany");
});

describe("nothing is known, and no page fails", () => {
  test("without a file", async () => {
    setSettings({ PLACES_FILE: "" });
    expect((await openPlaces("en"))("192.0.2.1")).toBeNull();
  });

  test("with one that is not there, and one that is none", async () => {
    setSettings({ PLACES_FILE: join(folder, "none.mmdb") });
    expect((await openPlaces("en"))("192.0.2.1")).toBeNull();
    put("no such format");
    expect((await openPlaces("en"))("192.0.2.1")).toBeNull();
  });

  test("with one that is cut off or damaged, whichever byte it is", () => {
    const whole = tinyMmdb(withFour.slice(0, 1), { builtAt });
    for (let at = 0; at < whole.length; at += 1) {
      const bent = Buffer.from(whole);
      bent[at] = (bent[at] ?? 0) ^ 0xff;
      for (const bytes of [whole.subarray(0, at), bent]) {
        const mmdb = readMmdb(bytes);
        expect(() => mmdb?.find("192.0.2.1"), `byte ${at}`).not.toThrow();
      }
    }
  });

  test("with a record that leads to itself", () => {
    const whole = tinyMmdb([{ bytes: [192, 0, 2, 0], bits: 24, record: "xx" }], { builtAt });
    const at = whole.indexOf("xx") - 1;
    whole.set([0x20, 0], at); // a pointer to the first record, which it is
    expect(readMmdb(whole)?.find("192.0.2.1")).toBeNull();
  });
});
