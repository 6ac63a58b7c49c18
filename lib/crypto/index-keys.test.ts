import { createHmac } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { checkKeyring } from "@/lib/crypto/canary";
import { blindIndex, makeIndexKeys, openIndexKeys } from "@/lib/crypto/index-keys";
import { rawOf } from "@/lib/db/client";
import { passwordCounter } from "@/lib/login/password-counter";
import { openHouse } from "@/lib/testing/story";
import { ringOf, setSettings, testKeys } from "@/lib/testing/test-settings";

const house = openHouse();
const db = () => rawOf(house.db);
const name = () => blindIndex("mac:destination", ["sms", "+12025550143"]);

beforeEach(async () => {
  await house.db.indexKey.deleteMany();
  await house.db.keyCheck.deleteMany();
  globalThis.sallyportIndexKeys = undefined;
});
afterEach(() => setSettings());

test("the first ones are the keys that names were made with before: what is stored stays what it is", async () => {
  const ring = ringOf("two", "one");
  expect(await makeIndexKeys(db(), ring)).toBe(5);
  expect(await openIndexKeys(db(), ring)).toBeNull();
  const before = ring.derive("two", "mac:destination") ?? "";
  expect(name()).toBe(createHmac("sha256", before).update("sms|+12025550143").digest("base64url"));
});

test("two first starts at once agree on one, whichever key each has in front", async () => {
  const rings = [ringOf("one", "two"), ringOf("two", "one")];
  const made = await Promise.all(rings.map((ring) => makeIndexKeys(db(), ring)));
  expect(made.reduce((sum, each) => sum + each, 0)).toBe(5);
  const names = [];
  for (const ring of rings) {
    expect(await openIndexKeys(db(), ring)).toBeNull();
    names.push(name());
  }
  expect(names[0]).toBe(names[1]);
});

test("made once, they are never made anew; a use that comes later gets its own", async () => {
  await makeIndexKeys(db(), ringOf("one"));
  const rows = await house.db.indexKey.findMany();
  expect(await makeIndexKeys(db(), ringOf("two", "one"))).toBe(0);
  expect(await house.db.indexKey.findMany()).toEqual(rows);
  await house.db.indexKey.delete({ where: { use: "mac:secret" } });
  expect(await makeIndexKeys(db(), ringOf("two", "one"))).toBe(1);
});

test("a ring that does not open them holds none, and says which", async () => {
  await checkKeyring(db(), ringOf("one"));
  await makeIndexKeys(db(), ringOf("one"));
  expect(await openIndexKeys(db(), ringOf("two"))).toContain('the index key for "mac:identifier"');
  expect(() => name()).toThrow("The index keys of this database are not open here");
  const [first, second] = await house.db.indexKey.findMany({ orderBy: { use: "asc" } });
  await house.db.indexKey.update({ where: { use: first?.use ?? "" }, data: { sealed: second?.sealed ?? "" } });
  expect(await openIndexKeys(db(), ringOf("one"))).toContain(`the index key for "${first?.use}"`); // another use's
});

test("where no key has left its canary nothing is lost: another portal began this database", async () => {
  await makeIndexKeys(db(), ringOf("one"));
  expect(await openIndexKeys(db(), ringOf("two"))).toMatch(/^This database was begun by a portal with other keys/);
});

test("an unknown login name has one counter all through a roll, as an account has", async () => {
  await makeIndexKeys(db(), ringOf("one"));
  const counters = new Set<string>();
  for (const keys of [testKeys.one, `${testKeys.one},${testKeys.two}`, `${testKeys.two},${testKeys.one}`]) {
    setSettings({ PORTAL_KEYS: keys });
    expect(await openIndexKeys(db())).toBeNull();
    counters.add(passwordCounter(null, "nobody@example.test", null).key);
  }
  expect(counters.size).toBe(1);
});
