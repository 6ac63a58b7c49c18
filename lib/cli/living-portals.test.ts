import { beforeEach, expect, test } from "vitest";
import { commandLine } from "@/lib/cli/command-line.kit";
import { checkKeyring } from "@/lib/crypto/canary";
import { neighbour } from "@/lib/portals/portals.kit";
import { makePerson } from "@/lib/testing/test-context";
import { setSettings, testKeys } from "@/lib/testing/test-settings";

const { house, portal, json, events } = commandLine();
const both = `${testKeys.two},${testKeys.one}`;

beforeEach(() => makePerson(house().ctx, { email: "ada@example.test" }));

test("a command whose key in front a living portal does not know does nothing, and names it", async () => {
  const other = await neighbour(house().ctx);
  setSettings({ PORTAL_KEYS: both });
  const ran = await portal("people unlock ada@example.test");
  expect(ran).toMatchObject({ code: 1, out: "", err: expect.stringContaining(`The portal ${other.name} is alive`) });
  expect(ran.err).toContain("the order is: restart this portal first");
  await neighbour(house().ctx);
  expect((await portal("people list")).err).toContain("append the new key behind everywhere → move it to the front");
  expect(await json("people list")).toMatchObject({ code: 1, document: { error: { id: "keys.not_shared" } } });
  expect(await events()).toEqual([]);
});

test("a key behind, or a portal that has moved it to the front already, is in nobody's way", async () => {
  setSettings({ PORTAL_KEYS: both });
  await neighbour(house().ctx);
  setSettings({ PORTAL_KEYS: `${testKeys.one},${testKeys.two}` });
  expect((await portal("people list")).code).toBe(0);
});

test("a rotation is not over while a living portal seals with the old key, and says where", async () => {
  await checkKeyring(house().db);
  const other = await neighbour(house().ctx, { keyIds: ["one", "two"] });
  setSettings({ PORTAL_KEYS: both });
  await checkKeyring(house().db);
  const rotated = await portal("rotate-keys");
  expect(rotated).toMatchObject({ code: 1, out: expect.stringContaining("users.password_hash  two  1") });
  expect(rotated.err).toContain(
    `Not over: a living portal still seals with another key (${other.name} has "one" in front)`,
  );
  expect(rotated.out).not.toContain("Remove them");
  expect(await json("rotate-keys --check")).toMatchObject({
    code: 1,
    document: { left: 0, inFront: [{ portal: other.name, key: "one" }], error: { id: "keys.in_front" } },
  });
  await house().db.portal.update({ where: { id: other.id }, data: { keyIds: ["two", "one"] } });
  expect((await portal("rotate-keys")).out).toContain("Nothing depends on these keys any more: one.");
  expect(await portal("rotate-keys --check")).toMatchObject({ code: 0 });
});
