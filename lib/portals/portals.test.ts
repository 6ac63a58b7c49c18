import { copyFile, mkdtemp, readFile, stat, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { milliseconds, seconds } from "@/lib/kernel/duration";
import { joinPortals } from "@/lib/portals/join-portals";
import { ourKeyNames } from "@/lib/portals/portal";
import { readFormerRun, rememberRun } from "@/lib/portals/portal-id";
import { neighbour, quietFor } from "@/lib/portals/portals.kit";
import { deletePortal, listLiving, writeBeat } from "@/lib/portals/store";
import { sweep } from "@/lib/sweep/sweep";
import { openHouse } from "@/lib/testing/story";
import { setSettings, testKeys, testSettings } from "@/lib/testing/test-settings";

const house = openHouse();
let dataDir: string;
const both = `${testKeys.two},${testKeys.one}`;
const newSecret = "a fresh secret for tests and for nothing else";

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "portals-"));
  setSettings({ DATA_DIR: dataDir });
  await house.db.portal.deleteMany();
});

const said: string[] = [];
/** A start with these settings, as another portal of this machine. */
const start = (settings: Readonly<Record<string, string>> = {}, atMost = seconds(0)) => {
  said.length = 0;
  setSettings({ DATA_DIR: dataDir, ...settings });
  const patience = { atMost, askAgain: milliseconds(5) };
  return joinPortals({ context: () => house.ctx, say: (line) => said.push(line), patience });
};
const ids = async () => (await listLiving(house.ctx, null)).map(({ id }) => id).sort();
const names = async (self: string | null = null) => (await listLiving(house.ctx, self)).map(({ name }) => name);

describe("a portal lives", () => {
  test("for twenty seconds after its last beat, by the database's clock and nobody else's", async () => {
    const other = await neighbour(house.ctx);
    await quietFor(house.ctx, other, 19);
    expect(await names()).toEqual([other.name]);
    await quietFor(house.ctx, other, 20.5);
    expect(await names()).toEqual([]);
    await writeBeat(house.ctx, other, 0);
    expect(await names()).toEqual([other.name]);
  });

  test("for the others, never for itself; and not at all once it has stopped", async () => {
    const [one, two] = [await neighbour(house.ctx), await neighbour(house.ctx)];
    expect(await names(one.id)).toEqual([two.name]);
    await deletePortal(house.ctx, two.id);
    expect(await names(one.id)).toEqual([]);
  });

  test("in a row that tells no key and no secret, however far off its clock is", async () => {
    const { self } = await start({ AUTH_SECRET: `${newSecret},${testSettings.AUTH_SECRET}` });
    await writeBeat(house.ctx, self, 9e12);
    const row = await house.db.portal.findUniqueOrThrow({ where: { id: self.id } });
    expect(row).toMatchObject({
      keyIds: ["one"],
      clockSkew: 2 ** 31 - 1,
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    });
    expect(row.secretIds).toEqual([expect.stringMatching(/^[\w-]{16}$/), expect.stringMatching(/^[\w-]{16}$/)]);
    setSettings({ DATA_DIR: dataDir });
    expect(ourKeyNames().secretIds).toEqual([row.secretIds[1]]); // the same secret has the same name everywhere
  });

  test("and is swept a day after it was killed", async () => {
    const [killed, quiet] = [await neighbour(house.ctx), await neighbour(house.ctx)];
    await quietFor(house.ctx, killed, 86_500);
    await quietFor(house.ctx, quiet, 86_300);
    expect(await sweep(house.ctx)).toMatchObject({ portals: 1 });
    expect(await house.db.portal.findMany({ select: { id: true } })).toEqual([{ id: quiet.id }]);
  });
});

describe("its name for itself", () => {
  test("is another one in each run; its folder remembers it for the next, for its own account only", async () => {
    expect(await readFormerRun(dataDir)).toBeNull();
    const first = (await start()).self;
    expect(first.id).toMatch(/^[\w-]{22}$/);
    expect(await readFormerRun(dataDir)).toEqual({ id: first.id, wasHere: true });
    expect((await stat(join(dataDir, "portal-id"))).mode & 0o777).toBe(0o600);
    const second = (await start()).self;
    expect(second.id).not.toBe(first.id);
    expect(await ids()).toEqual([second.id]);
  });

  test("is not remembered where the file is damaged or there is no folder to keep it", async () => {
    await writeFile(join(dataDir, "portal-id"), "half an i");
    expect(await readFormerRun(dataDir)).toBeNull();
    await rememberRun(join(dataDir, "nowhere"), "n".repeat(22));
    expect(await readFormerRun(join(dataDir, "nowhere"))).toBeNull();
  });

  test("a version before has kept it alone in that file, and whether it was here is not known", async () => {
    await writeFile(join(dataDir, "portal-id"), `${"n".repeat(22)}\n`);
    expect(await readFormerRun(dataDir)).toEqual({ id: "n".repeat(22), wasHere: false });
  });
});

describe("where the system does not tell which boot this is", () => {
  const bootFile = "/nowhere/boot_id";
  const file = () => join(dataDir, "portal-id");
  const remember = () => rememberRun(dataDir, "n".repeat(22), { bootFile });
  const former = (folder = dataDir) => readFormerRun(folder, { bootFile });

  test("a run in the same folder of a machine of the same name was here", async () => {
    await remember();
    expect(await former()).toEqual({ id: "n".repeat(22), wasHere: true });
  });

  test("one out of a copied folder was not surely here, nor one of a machine of another name, nor one that knew its boot", async () => {
    await remember();
    const copy = await mkdtemp(join(tmpdir(), "portals-"));
    await copyFile(file(), join(copy, "portal-id"));
    expect(await former(copy)).toMatchObject({ wasHere: false });
    await writeFile(file(), (await readFile(file(), "utf8")).replace(`\n${hostname()} `, "\nanother-machine "));
    expect(await former()).toMatchObject({ wasHere: false });
    await rememberRun(dataDir, "n".repeat(22));
    expect(await former()).toMatchObject({ wasHere: false });
  });
});

describe("a machine that was cloned, its name and its folder too", () => {
  const clone = async () => {
    const copy = await mkdtemp(join(tmpdir(), "portals-"));
    await copyFile(join(dataDir, "portal-id"), join(copy, "portal-id"));
    return copy;
  };

  test("is a portal beside the one that lives, and the end of one is not that of the other", async () => {
    const original = (await start()).self;
    const copy = (await start({ DATA_DIR: await clone() })).self;
    expect(copy.name).toBe(original.name);
    expect(await ids()).toEqual([original.id, copy.id].sort());
    await deletePortal(house.ctx, copy.id);
    expect(await ids()).toEqual([original.id]);
  });

  test("two copies of one folder that nobody uses any more are two portals at once", async () => {
    const folders = [await start().then(clone), await clone()];
    await house.db.portal.deleteMany();
    for (const DATA_DIR of folders) await start({ DATA_DIR });
    expect(await ids()).toHaveLength(2);
  });

  test("with a key in front that the original does not know it is refused, out of a copy of the folder of one that lives", async () => {
    const original = (await start()).self;
    const { refusal } = await start({ DATA_DIR: await clone(), PORTAL_KEYS: both });
    expect(refusal).toContain(`The portal ${original.name} is alive and does not know the key "two"`);
    expect(await ids()).toEqual([original.id]);
  });
});

describe("a start", () => {
  test("with a key in front that a living portal does not know is refused, and leaves no row", async () => {
    const other = await neighbour(house.ctx);
    const { refusal } = await start({ PORTAL_KEYS: both });
    expect(refusal).toContain(`The portal ${other.name} is alive and does not know the key "two"`);
    expect(await names()).toEqual([other.name]);
  });

  test("so with a secret, and with a list that lacks what a living portal has in front", async () => {
    await neighbour(house.ctx);
    expect((await start({ AUTH_SECRET: `${newSecret},${testSettings.AUTH_SECRET}` })).refusal).toContain("AUTH_SECRET");
    await house.db.portal.deleteMany();
    setSettings({ PORTAL_KEYS: both, AUTH_SECRET: `${newSecret},${testSettings.AUTH_SECRET}` });
    await neighbour(house.ctx);
    expect((await start()).refusal).toContain('has the key "two" in front, which PORTAL_KEYS does not name here');
    expect((await start({ PORTAL_KEYS: both })).refusal).toContain("which AUTH_SECRET does not name here");
  });

  test("waits for a portal that restarts with the new key behind, and says so once", async () => {
    const other = await neighbour(house.ctx);
    const starting = start({ PORTAL_KEYS: both }, seconds(10));
    while (said.length === 0) await new Promise(setImmediate);
    await writeBeat(house.ctx, { ...other, keyIds: ["one", "two"] }, 0);
    expect((await starting).refusal).toBeNull();
    expect(said).toEqual([
      `The portal ${other.name} is alive and does not know the key "two" that stands in front of PORTAL_KEYS here; waiting for it, at most 10 seconds…`,
    ]);
  });

  test("begins at once where the other has stopped, or was killed a while ago, or is itself", async () => {
    await quietFor(house.ctx, await neighbour(house.ctx), 21);
    expect((await start()).refusal).toBeNull();
    expect((await start({ PORTAL_KEYS: both })).refusal).toBeNull();
    expect(said).toEqual([]);
  });

  test("two at once whose keys do not fit: one begins", async () => {
    const folders = [dataDir, await mkdtemp(join(tmpdir(), "portals-"))];
    const starts = folders.map(async (folder, place) => {
      setSettings({ DATA_DIR: folder, PORTAL_KEYS: place === 0 ? testKeys.one : testKeys.two });
      const patience = { atMost: seconds(0), askAgain: seconds(0) };
      return joinPortals({ context: () => house.ctx, say: () => undefined, patience });
    });
    const refusals = (await Promise.all(starts)).map(({ refusal }) => refusal === null);
    expect(refusals.filter(Boolean)).toHaveLength(1);
    expect(await names()).toHaveLength(1);
  });
});
