import { expect, test } from "vitest";
import { soundHouse } from "@/lib/doctor/doctor.kit";
import { addressFaults } from "@/lib/doctor/planted/address.kit";
import { backupsFaults } from "@/lib/doctor/planted/backups.kit";
import { cookiesFaults } from "@/lib/doctor/planted/cookies.kit";
import { databaseFaults } from "@/lib/doctor/planted/database.kit";
import { keysFaults } from "@/lib/doctor/planted/keys.kit";
import { lettersFaults } from "@/lib/doctor/planted/letters.kit";
import { machineFaults } from "@/lib/doctor/planted/machine.kit";
import { passkeysFaults } from "@/lib/doctor/planted/passkeys.kit";
import { peopleFaults } from "@/lib/doctor/planted/people.kit";
import { placesFaults } from "@/lib/doctor/planted/places.kit";
import { portalsFaults } from "@/lib/doctor/planted/portals.kit";
import { recordFaults } from "@/lib/doctor/planted/record.kit";
import { settingsFaults } from "@/lib/doctor/planted/settings.kit";
import { readSources } from "@/lib/testing/source-files";

const house = soundHouse();
type Wrong = NonNullable<Parameters<typeof house.look>[0]>;

/** By subject, in the order of the doctor's looks. */
const faults = [
  settingsFaults,
  machineFaults,
  databaseFaults,
  addressFaults,
  cookiesFaults,
  placesFaults,
  portalsFaults,
  keysFaults,
  lettersFaults,
  backupsFaults,
  peopleFaults,
  passkeysFaults,
  recordFaults,
].flatMap((planting) => Object.entries(planting));

test("in a sound house nothing is found", async () => {
  expect(await house.look()).toEqual([]);
});

test.each([["that knows no names of statements", { DATABASE_STATEMENTS: "unnamed" }, ""]])(
  "nor behind a pooler %s, which has more connections than the server",
  async (_, changes, direct) => {
    house.set(changes);
    const database: Wrong["database"] = (sound) => {
      const directUrl = direct === "" ? sound.url : `${sound.url}${sound.url.includes("?") ? "&" : "?"}${direct}`;
      return { ...sound, directUrl, isBuiltIn: false, server: { ...sound.server, connections: 20 } };
    };
    expect((await house.look({ database })).map(({ id }) => id)).toEqual([]);
  },
);

test.each(faults)(
  "%s is found, and what to do about it",
  async (_, { id, level, what, cure, plant, wrong = {}, beside = [], undo = async () => undefined }) => {
    await plant?.(house);
    const found = await house.look(typeof wrong === "function" ? wrong(house) : wrong).finally(() => undo(house));
    expect(found).toContainEqual({ id, level, what: expect.stringMatching(what), cure: expect.stringMatching(cure) });
    expect(found.filter((each) => each.id !== id && !beside.some((other) => each.id.startsWith(other)))).toEqual([]);
  },
);

test("whatever the doctor can find was planted at least once", () => {
  const planted = new Set<string>(faults.map(([, { id }]) => id));
  const looks = [...readSources(process.cwd(), ["lib/doctor"])].filter(([file]) => isLook(file));
  const found = looks.flatMap(([, text]) =>
    [...text.matchAll(/(?<!== )"([a-z]+\.[a-z_]+)"/g)].map(([, id = ""]) => id),
  );
  expect(found.length).toBeGreaterThan(50);
  expect(found.filter((id) => !planted.has(id))).toEqual([]);
});

const isLook = (file: string) => file.startsWith("lib/doctor/looks/") || file === "lib/doctor/look-around.ts";
