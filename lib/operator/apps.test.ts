import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { demandsOf } from "@/lib/apps/demands-of";
import { findApp } from "@/lib/apps/find-app";
import { findOrigins } from "@/lib/apps/find-origins";
import type { NewApp } from "@/lib/apps/schema";
import { changeApp } from "@/lib/operator/change-app";
import { listApps } from "@/lib/operator/list-apps";
import { registerApp } from "@/lib/operator/register-app";
import { removeApp } from "@/lib/operator/remove-app";
import { portalClient } from "@/lib/policy/clients";
import { openHouse, refused } from "@/lib/testing/story";
import { setSettings } from "@/lib/testing/test-settings";

const house = openHouse();
const folder = mkdtempSync(join(tmpdir(), "sallyport-apps-"));
const plain: NewApp = {
  id: null,
  name: "The shop",
  origins: [],
  servers: [],
  redirect: null,
  unmasked: false,
  demands: false,
  isDefault: false,
};

const register = (wishes: Partial<NewApp> = {}) => registerApp(house.ctx, { app: { ...plain, ...wishes }, by: "cli" });
const change = (id: string, wishes: Partial<NewApp>) => changeApp(house.ctx, { id, change: wishes, by: "cli" });
const remove = (id: string) => removeApp(house.ctx, { id, by: "cli" });
const defaults = async () => (await house.db.app.findMany({ where: { isDefault: true } })).map(({ id }) => id);
const events = async () =>
  (await house.db.securityEvent.findMany({ where: { name: { startsWith: "app." } }, orderBy: { id: "asc" } })).map(
    ({ name, meta }) => ({ name, meta }),
  );

function configure(...apps: readonly Partial<NewApp>[]) {
  writeFileSync(join(folder, "apps.json"), JSON.stringify(apps));
  setSettings({ APPS_FILE: join(folder, "apps.json") });
}

beforeEach(async () => {
  await house.db.$executeRaw`TRUNCATE apps, security_events`;
});
afterEach(() => setSettings({ APPS_FILE: "" }));

describe("an app is found", () => {
  test("by its id, letter by letter, and as the default by no id; each change holds at once", async () => {
    const origins = ["https://shop.example.test"];
    const { app } = await register({ id: "Shop_1", origins, unmasked: true });
    expect(await findApp(house.ctx, "Shop_1")).toEqual({
      ...plain,
      id: "Shop_1",
      origins,
      unmasked: true,
      isDefault: true,
    });
    for (const none of [null, ""]) expect(await findApp(house.ctx, none)).toEqual(app);
    await change("Shop_1", { unmasked: false });
    expect(await findApp(house.ctx, "Shop_1")).toMatchObject({ unmasked: false, origins });
    await change("Shop_1", { isDefault: false });
    expect(await findApp(house.ctx, null)).toBeNull();
  });

  test.each(["shop_1", "Shop", "undefined", "a\0b", "' OR true --", "x".repeat(65), portalClient, " Shop_1"])(
    "never by %j",
    async (id) => {
      await register({ id: "Shop_1" });
      expect(await findApp(house.ctx, id)).toBeNull();
    },
  );

  test("in the configuration before a row of the same id, and there without a question to the database", async () => {
    await register({ id: "shop", name: "The row", origins: ["https://row.example.test"] });
    await register({ id: "other", origins: ["https://other.example.test"] });
    configure({ id: "shop", name: "The file", origins: ["https://file.example.test"] });
    const closed = { ...house.ctx, db: { $queryRaw: closedDoor, $executeRaw: closedDoor } };
    expect(await findApp(closed, "shop")).toMatchObject({ name: "The file" });
    expect(await findApp(house.ctx, null)).toBeNull(); // the row that was the default is hidden
    expect([...(await findOrigins(house.ctx))].sort()).toEqual([
      "https://file.example.test",
      "https://other.example.test",
    ]);
    expect((await listApps(house.ctx)).map(({ name, isConfigured }) => [name, isConfigured])).toEqual([
      ["The file", true],
      ["The shop", false],
    ]);
  });

  test("as the default of the configuration before any other", async () => {
    await register({ id: "row" });
    configure({ id: "file", name: "The file", isDefault: true });
    expect(await findApp(house.ctx, null)).toMatchObject({ id: "file" });
    expect(await findApp(house.ctx, "row")).toMatchObject({ isDefault: false });
    expect((await listApps(house.ctx)).map(({ isDefault }) => isDefault)).toEqual([true, false]);
    expect(await refused(register({ isDefault: true }))).toBe("apps.default_configured");
    expect(await refused(change("row", { isDefault: true }))).toBe("apps.default_configured");
  });
});

async function closedDoor(): Promise<never> {
  throw new Error("The database was asked.");
}

describe("registering", () => {
  test("makes an id of 24 hex digits, tells all that is allowed, and refuses an id that is taken", async () => {
    const { app } = await register({ origins: ["https://a.example.test", "https://b.example.test"], demands: true });
    expect(app.id).toMatch(/^[0-9a-f]{24}$/);
    expect(await refused(register({ id: app.id, name: "Another" }))).toBe("apps.taken");
    expect(await house.db.app.findMany({ select: { id: true, name: true } })).toEqual([
      { id: app.id, name: "The shop" },
    ]);
    const meta = { by: "cli", app: app.id, called: "The shop", servers: "", redirect: "", unmasked: false };
    const origins = "https://a.example.test https://b.example.test";
    expect(await events()).toEqual([
      { name: "app.registered", meta: { ...meta, origins, demands: true, is_default: true } },
    ]);
  });

  test("makes the first one the default, and no later one that does not ask for it", async () => {
    await register({ id: "first" });
    await register({ id: "second" });
    expect(await defaults()).toEqual(["first"]);
    expect(await register({ id: "third", isDefault: true })).toMatchObject({ defaultFrom: "first" });
    expect(await defaults()).toEqual(["third"]);
    expect((await events()).at(-1)?.meta).toMatchObject({ app: "third", default_from: "first" });
  });

  test("an id that is taken takes nothing from the default", async () => {
    await register({ id: "first" });
    await register({ id: "second" });
    expect(await refused(register({ id: "second", isDefault: true }))).toBe("apps.taken");
    expect(await defaults()).toEqual(["first"]);
  });

  test("ten first ones at once: one is the default", async () => {
    await Promise.all(Array.from({ length: 10 }, () => register()));
    expect(await house.db.app.count()).toBe(10);
    expect(await defaults()).toHaveLength(1);
  });

  test("ten at once under one id: one is registered", async () => {
    const all = await Promise.allSettled(Array.from({ length: 10 }, () => register({ id: "shop" })));
    expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await events()).toHaveLength(1);
  });

  test("beside apps of the configuration makes no default unasked, and none of their ids", async () => {
    configure({ id: "file", name: "The file" });
    expect((await register()).app.isDefault).toBe(false);
    expect(await refused(register({ id: "file" }))).toBe("apps.configured");
    expect(await refused(change("file", { demands: true }))).toBe("apps.configured");
    expect(await refused(remove("file"))).toBe("apps.configured");
  });
});

describe("changing", () => {
  test("keeps what is not named, and two operators at once both get their way", async () => {
    await register({ id: "shop", servers: ["192.0.2.7"], redirect: "https://shop.example.test/" });
    await Promise.all([change("shop", { demands: true }), change("shop", { name: "New", redirect: null })]);
    const changed = { name: "New", demands: true, redirect: null, servers: ["192.0.2.7"], isDefault: true };
    expect(await findApp(house.ctx, "shop")).toMatchObject(changed);
  });

  test("two that become the default at once: the later one is it, and nobody fails", async () => {
    for (const id of ["first", "second", "third"]) await register({ id });
    for (let round = 0; round < 20; round += 1) {
      await Promise.all(["second", "third"].map((id) => change(id, { isDefault: true })));
      expect(await defaults()).toHaveLength(1);
    }
  });

  test("one that is not there changes nothing, the default neither", async () => {
    await register({ id: "first" });
    expect(await refused(change("none", { isDefault: true }))).toBe("apps.unknown");
    expect(await defaults()).toEqual(["first"]);
    expect(await events()).toHaveLength(1);
  });
});

describe("what an app demands", () => {
  test("is asked of its own client only; an app that is gone demands more", async () => {
    await register({ id: "strict", demands: true });
    await register({ id: "mild" });
    const asked = await Promise.all(["strict", "mild", "gone", ""].map((clientId) => demandsOf(house.ctx, clientId)));
    expect(asked).toEqual([true, false, true, true]);
    const closed = { ...house.ctx, db: { $queryRaw: closedDoor, $executeRaw: closedDoor } };
    expect(await demandsOf(closed, portalClient)).toBe(false);
  });
});
