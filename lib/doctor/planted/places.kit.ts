import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { SoundHouse } from "@/lib/doctor/doctor.kit";
import { ago, type Planting } from "@/lib/doctor/planted/planted.kit";
import { tinyMmdb } from "@/lib/places/mmdb.kit";

const fileOf = (house: SoundHouse) => join(house.backups(), "places.mmdb");
const put = async (house: SoundHouse, bytes: Buffer | string): Promise<void> => {
  await writeFile(fileOf(house), bytes);
  house.set({ PLACES_FILE: fileOf(house) });
};
const undo = (house: SoundHouse) => rm(fileOf(house));

export const placesFaults: Planting = {
  "the file of places is not there": {
    id: "places.missing",
    level: "warning",
    what: /names a file that is not there/,
    cure: /^Put the file there/,
    plant: (house) => house.set({ PLACES_FILE: fileOf(house) }),
  },
  "the file of places is none": {
    id: "places.unreadable",
    level: "warning",
    what: /cannot be read as a file of the MaxMind DB format/,
    cure: /fetch the file anew/,
    plant: (house) => put(house, "a page that says: log in first"),
    undo,
  },
  "the file of places is a hundred days old": {
    id: "places.old",
    level: "hint",
    what: /was made 100 days ago/,
    cure: /^Put a newer file in its place/,
    plant: (house) => put(house, tinyMmdb([], { builtAt: ago(100 * 24 + 1) })),
    undo,
  },
};
