import { stat } from "node:fs/promises";
import { hint, warning } from "@/lib/doctor/finding";
import type { Look, Settled } from "@/lib/doctor/house";
import { between, days, isOver, later } from "@/lib/kernel/duration";
import { inspect } from "@/lib/places/open-places";
import { doctorRules } from "@/lib/policy/doctor-rules";

const unset = "or take PLACES_FILE out of the settings and start again";

/** The operator's file of places: without it pages show none, and say nothing about it. */
export const lookAtPlaces: Look<Settled> = async ({ config: { placesFile }, machine }) => {
  if (placesFile === null) return [];
  if ((await stat(placesFile).catch(() => null)) === null)
    return [
      warning(
        "places.missing",
        "PLACES_FILE names a file that is not there, or that the portal may not look at: no place is shown beside any address.",
        `Put the file there and let the account of the portal read it; ${unset}.`,
      ),
    ];
  const mmdb = await inspect(placesFile);
  if (mmdb === null)
    return [
      warning(
        "places.unreadable",
        "PLACES_FILE cannot be read as a file of the MaxMind DB format: no place is shown beside any address.",
        `Let the account of the portal read it, or fetch the file anew (unpacked, .mmdb); ${unset}.`,
      ),
    ];
  const now = machine.clock.now();
  if (!isOver(later(mmdb.builtAt, doctorRules.placesOld), now)) return [];
  const age = Math.floor(between(mmdb.builtAt, now) / days(1));
  return [
    hint(
      "places.old",
      `The file of places was made ${age} days ago: networks move, so what people read beside an address may be wrong.`,
      "Put a newer file in its place; the portal reads it without a start.",
    ),
  ];
};
