import { isDatabaseFault } from "@/lib/db/database-fault";
import type { Finding, Level } from "@/lib/doctor/finding";
import { fault, warning } from "@/lib/doctor/finding";
import type { House, Look, Opened, Settled } from "@/lib/doctor/house";
import { lookAtAddress } from "@/lib/doctor/looks/address";
import { lookAtBackupFolder } from "@/lib/doctor/looks/backup-folder";
import { lookAtBackups } from "@/lib/doctor/looks/backups";
import { lookAtClocks } from "@/lib/doctor/looks/clocks";
import { lookAtConnections, lookAtDoor, lookAtServer, lookAtTables } from "@/lib/doctor/looks/database";
import { lookAtKeys } from "@/lib/doctor/looks/keys";
import { lookAtLetters, lookAtMail } from "@/lib/doctor/looks/letters";
import { lookAtHoles, lookAtRoom } from "@/lib/doctor/looks/machine";
import { lookAtPasskeys } from "@/lib/doctor/looks/passkeys";
import { lookAtPeople, lookAtUpkeep } from "@/lib/doctor/looks/people";
import { lookAtPlaces } from "@/lib/doctor/looks/places";
import { lookAtPortals } from "@/lib/doctor/looks/portals";
import { lookAtRecord } from "@/lib/doctor/looks/record";
import { lookAtGround, lookAtLogo, lookAtMistakes, lookAtSettings } from "@/lib/doctor/looks/settings";
import { faultLine } from "@/lib/kernel/fault-line";

type Named<H> = readonly [name: string, look: Look<H>];

const anyHouse: readonly Named<House>[] = [
  ["the ground", lookAtGround],
  ["the settings", lookAtMistakes],
  ["known holes", lookAtHoles],
  ["the database's door", lookAtDoor],
];

const settledHouse: readonly Named<Settled>[] = [
  ["the settings together", lookAtSettings],
  ["the logo", lookAtLogo],
  ["room", lookAtRoom],
  ["the folder for backups", lookAtBackupFolder],
  ["the address", lookAtAddress],
  ["places", lookAtPlaces],
  ["mail", lookAtMail],
];

/** What tables tell: only where they are today's. */
const openHouse: readonly Named<Opened>[] = [
  ["the clocks", lookAtClocks],
  ["the portals", lookAtPortals],
  ["connections", lookAtConnections],
  ["letters", lookAtLetters],
  ["backups", lookAtBackups],
  ["people", lookAtPeople],
  ["passkeys", lookAtPasskeys],
  ["upkeep", lookAtUpkeep],
  ["the record", lookAtRecord],
];

const worstFirst: readonly Level[] = ["fault", "warning", "hint"];

/** Looks at everything that can be looked at, one after the other, and changes nothing. Out: what is not as it should be, the worst first. */
export async function lookAround(house: House): Promise<readonly Finding[]> {
  const found = await all(anyHouse, house);
  const { config } = house.settings;
  if (config !== null) found.push(...(await inSettled({ ...house, config })));
  return worstFirst.flatMap((level) => found.filter((each) => each.level === level));
}

async function inSettled(house: Settled): Promise<Finding[]> {
  const found = await all(settledHouse, house);
  const { database } = house;
  if (database.kind !== "open") return found;
  const opened = { ...house, database };
  found.push(
    ...(await all(
      [
        ["the server", lookAtServer],
        ["the tables", lookAtTables],
      ],
      opened,
    )),
  );
  if (found.some(({ id }) => id.startsWith("migrations."))) return found;
  if (!house.settings.unread.has("PORTAL_KEYS")) found.push(...(await all([["the keys", lookAtKeys]], opened)));
  found.push(...(await all(openHouse, opened)));
  return found;
}

async function all<H>(looks: readonly Named<H>[], house: H): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const [name, look] of looks) found.push(...(await tried(name, async () => look(house))));
  return found;
}

/** A look that fails is a finding too, and hinders no other. */
async function tried(name: string, look: () => Promise<readonly Finding[]>): Promise<readonly Finding[]> {
  try {
    return await look();
  } catch (thrown) {
    if (isDatabaseFault(thrown))
      return [
        fault(
          "database.lost",
          `The database stopped answering while the doctor looked at ${name}.`,
          "See whether its server runs and has connections free, and ask again.",
        ),
      ];
    return [
      warning(
        "doctor.failed",
        `The look at ${name} did not work (${Object.values(faultLine(thrown)).join(", ")}).`,
        "Nothing is known about it; please report that, with this line and the text of: npm run portal -- doctor --share",
      ),
    ];
  }
}
