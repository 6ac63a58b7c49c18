import { mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ensureCluster } from "@/lib/db/built-in-cluster";
import { handToAccount } from "@/lib/db/built-in-handover";
import { noteKeys } from "@/lib/db/built-in-marks";
import { findPlace } from "@/lib/db/built-in-place";
import type { Place } from "@/lib/db/built-in-place-names";
import { ensure } from "@/lib/kernel/assert";
import { setSettings } from "@/lib/testing/test-settings";

const isRoot = process.getuid?.() === 0;
const silent = () => undefined;
let folder: string;
let bases: string[];
let place: Place;

/** A folder with data that was in use with today's keys. No server is needed to look for it. */
beforeEach(async () => {
  setSettings();
  folder = await mkdtemp(join(tmpdir(), "marks-"));
  bases = [];
  place = await begin("data", true);
  await mkdir(place.cluster);
  await writeFile(join(place.cluster, "PG_VERSION"), "18\n");
  await noteKeys(place);
});
afterEach(async () => {
  setSettings();
  for (const base of bases) await rm(base, { recursive: true, force: true });
  await rm(folder, { recursive: true, force: true });
});

/** What a start does before it makes a database for the data folder `name`. */
async function begin(name: string, keysAreFresh: boolean): Promise<Place> {
  const found = await findPlace(join(folder, name), { say: silent, sealed: { root: folder, keysAreFresh } });
  ensure(found !== null, "a place that may be made is there");
  bases.push(found.base);
  return found;
}

test("the note beside the database tells keys apart and shows none", async () => {
  const note = await readFile(join(place.base, "sealed-with"), "utf8");
  expect(note).toMatch(/^[\w-]{43}\n$/);
  expect((await begin("data", false)).base).toBe(place.base);
});

test.skipIf(!isRoot)("root's database that was restored without its data folder is not passed by", async () => {
  const home = join(folder, "data");
  await rm(home, { recursive: true });
  await expect(begin("data", false)).rejects.toThrow(
    `${place.base} holds a database that PORTAL_KEYS opens, and ${home} holds none: an empty portal is not begun beside it. ` +
      `To use it, as root: mkdir -p ${home} && echo ${place.base} > ${home}/postgres.location`,
  );
  await writeFile(join(home, "postgres.location"), `${place.base}\n`);
  expect((await begin("data", false)).base).toBe(place.base);
});

test.skipIf(!isRoot)("nor is one from before keys were noted, unless the keys were made a moment ago", async () => {
  await rm(join(folder, "data"), { recursive: true });
  await rm(join(place.base, "sealed-with"));
  await expect(begin("data", false)).rejects.toThrow("these keys may be its keys: an empty portal is not begun");
  expect((await begin("data", true)).base).toBe(`${place.base}-2`);
});

test("with a mistyped DATA_DIR, or after the folder was put aside, no empty portal is begun beside the data", async () => {
  if (isRoot) await rm(join(folder, "data", "postgres.location"));
  await expect(begin("dat", false)).rejects.toThrow(`${place.base} holds a database that PORTAL_KEYS opens`);
});

test.skipIf(!isRoot)(
  "a note that is empty, or names what is not there, is told with the place of the database",
  async () => {
    const home = join(folder, "data");
    const note = join(home, "postgres.location");
    const advice = `A database that was made for ${home} lies in ${place.base}. To use it, as root: echo ${place.base} > ${note}`;
    for (const [text, first] of [
      ["", "is empty"],
      ["/nowhere/at/all\n", "names /nowhere/at/all, which is not there"],
    ] as const) {
      await writeFile(note, text);
      await expect(begin("data", false)).rejects.toThrow(`${note} ${first}. ${advice}`);
    }
    await rm(place.cluster, { recursive: true });
    await expect(begin("data", false)).rejects.toThrow("or remove that file to begin with an empty database");
  },
);

test("other keys begin anew beside it", async () => {
  if (isRoot) await rm(join(folder, "data", "postgres.location"));
  setSettings({ PORTAL_KEYS: `k1:${Buffer.alloc(32, "other keys").toString("base64")}` });
  expect((await begin("other", false)).base).not.toBe(place.base);
});

test.skipIf(!isRoot)("a database that its own folder still names is in use there", async () => {
  expect((await begin("staging", false)).base).not.toBe(place.base);
});

test("what is left of a database that was in use is not filled with an empty one", async () => {
  await rename(place.cluster, join(place.base, "kept"));
  const binaries = { folder: "/nowhere", version: "18.0", major: "18" };
  await expect(ensureCluster({ place, binaries, say: silent })).rejects.toThrow(/is what is left of a database/);
});

test.skipIf(!isRoot)("a backup that brought another machine's account along is given to this one's", async () => {
  const said: string[] = [];
  const hear = (line: string) => void said.push(line);
  for (const inner of [place.sockets, place.logs]) await mkdir(inner);
  await handToAccount(place, hear); // root made these: the server could not open them
  await handToAccount(place, hear);
  expect(said).toEqual([`Giving the files of the database to the account ${place.account?.name}…`]);
  expect((await stat(join(place.cluster, "PG_VERSION"))).uid).toBe(place.account?.uid);
});
