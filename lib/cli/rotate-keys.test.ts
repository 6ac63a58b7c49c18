import { beforeEach, describe, expect, test } from "vitest";
import { commandLine } from "@/lib/cli/command-line.kit";
import { checkKeyring } from "@/lib/crypto/canary";
import { makeKeyring } from "@/lib/crypto/keyring";
import { makePerson } from "@/lib/testing/test-context";
import { setSettings, testKeys } from "@/lib/testing/test-settings";

const { house, portal, json, events } = commandLine();

describe("rotate-keys", () => {
  const both = `${testKeys.two},${testKeys.one}`;
  const ringOfBoth = () =>
    makeKeyring(both.split(",").map((key) => ({ id: key.slice(0, 3), bytes: Buffer.from(key.slice(4), "base64") })));
  beforeEach(async () => {
    setSettings();
    await makePerson(house().ctx, { email: "ada@example.test" });
    await checkKeyring(house().db);
  });

  test("--check turns from 1 to 0 when the work is done", async () => {
    expect(await json("rotate-keys --check")).toMatchObject({
      code: 0,
      document: { ok: true, primary: "one", left: 0 },
    });
    setSettings({ PORTAL_KEYS: both });
    expect(await json("rotate-keys --check")).toEqual({
      code: 1,
      document: {
        ok: false,
        primary: "two",
        left: 1,
        error: { id: "keys.left", message: expect.any(String) },
        counts: [{ column: "users.password_hash", key: "one", rows: 1 }],
      },
    });
    expect(await json("rotate-keys")).toMatchObject({ code: 1, document: { error: { id: "keys.unusable" } } });
    await checkKeyring(house().db, ringOfBoth());
    expect(await json("rotate-keys")).toMatchObject({
      code: 0,
      document: { ok: true, rotated: 1, left: 0, damaged: [], retired: ["one"] },
    });
    expect(await portal("rotate-keys --check")).toMatchObject({
      code: 0,
      err: "",
      out: expect.stringContaining('under "two"'),
    });
    const meta = { by: "cli", key: "two" };
    expect(await events()).toEqual([
      { name: "keys.rotation_begun", actorId: null, meta },
      { name: "keys.rotated", actorId: null, meta: { ...meta, rows: 1 } },
    ]);
  });

  test("--check writes nothing, not even for a key that is new here", async () => {
    setSettings({ PORTAL_KEYS: both });
    expect((await portal("rotate-keys --check")).out).toContain("users.password_hash  one  1");
    expect((await house().db.keyCheck.findMany()).map(({ keyId }) => keyId)).toEqual(["one"]);
    expect(await events()).toEqual([]);
  });

  test("a damaged value ends in 1, with the table on stdout and the damage on stderr", async () => {
    await house().db.user.updateMany({ data: { passwordHash: "v1.one.broken" } });
    const ran = await portal("rotate-keys");
    expect(ran).toMatchObject({
      code: 1,
      out: expect.stringContaining("WHAT"),
      err: expect.stringContaining("users.password_hash, row"),
    });
    expect(await json("rotate-keys")).toMatchObject({
      code: 1,
      document: { error: { id: "keys.damaged" }, damaged: [{ column: "users.password_hash" }] },
    });
  });
});
