import { expect, test } from "vitest";
import { soundHouse } from "@/lib/doctor/doctor.kit";
import { addressFaults } from "@/lib/doctor/planted/address.kit";
import { backupsFaults } from "@/lib/doctor/planted/backups.kit";
import { databaseFaults } from "@/lib/doctor/planted/database.kit";
import { keysFaults } from "@/lib/doctor/planted/keys.kit";
import { lettersFaults } from "@/lib/doctor/planted/letters.kit";
import { machineFaults } from "@/lib/doctor/planted/machine.kit";
import { peopleFaults } from "@/lib/doctor/planted/people.kit";
import { passkeysFaults } from "@/lib/doctor/planted/passkeys.kit";
import { placesFaults } from "@/lib/doctor/planted/places.kit";
import { portalsFaults } from "@/lib/doctor/planted/portals.kit";
import { recordFaults } from "@/lib/doctor/planted/record.kit";
import { settingsFaults } from "@/lib/doctor/planted/settings.kit";

const house = soundHouse();
type Wrong = NonNullable<Parameters<typeof house.look>[0]>;

/** By subject, in the order of the doctor's looks. */
const faults = [
  settingsFaults,
  machineFaults,
  databaseFaults,
  addressFaults,
  placesFaults,
  portalsFaults,
  keysFaults,
  lettersFaults,
  backupsFaults,
  peopleFaults,
  recordFaults,
].flatMap((planting) => Object.entries(planting));

  passkeysFaults,
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
