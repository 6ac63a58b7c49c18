import { readFile, stat } from "node:fs/promises";
import ipaddr from "ipaddr.js";
import { config } from "@/lib/config/config";
import type { Language } from "@/lib/messages/words-shape";
import { type Mmdb, readMmdb } from "@/lib/places/mmdb";
import { placeName } from "@/lib/places/place-name";

/** Where an address roughly is, in words; null: nobody knows. */
export type PlaceOf = (ip: string) => string | null;

const nowhere: PlaceOf = () => null;

type Held = { readonly mark: string; readonly mmdb: Promise<Mmdb | null> };
let held: Held | null = null;

/**
 * What the operator's own file (`PLACES_FILE`) says of addresses, in the reader's language. Without one, and while it cannot be read, nothing is known of any. No address leaves this
 * machine for it. A file that was exchanged is read anew; it is kept in memory from the first page that asks on.
 */
export async function openPlaces(language: Language): Promise<PlaceOf> {
  const file = config().placesFile;
  const mmdb = file === null ? null : await mmdbOf(file);
  if (mmdb === null) return nowhere;
  return (ip) => (ipaddr.isValid(ip) ? placeName(mmdb.find(ipaddr.process(ip).toString()), language) : null);
}

/** One reading for all who ask meanwhile: such a file may have a hundred megabytes. What could not be read is not kept, so that a cure helps at once. */
async function mmdbOf(file: string): Promise<Mmdb | null> {
  const found = await stat(file).catch(() => null);
  if (found === null || !found.isFile()) return null;
  const mark = `${file}\0${found.ino}\0${found.mtimeMs}\0${found.ctimeMs}\0${found.size}`;
  if (held?.mark === mark) return held.mmdb;
  const reading = { mark, mmdb: inspect(file) };
  held = reading;
  const mmdb = await reading.mmdb;
  if (mmdb === null && held === reading) held = null;
  return mmdb;
}

/** The file as it is now, for whoever looks after the house; null: it cannot be read. */
export async function inspect(file: string): Promise<Mmdb | null> {
  const found = await stat(file).catch(() => null);
  if (found === null || !found.isFile()) return null; // nobody waits for a pipe
  const bytes = await readFile(file).catch(() => null);
  return bytes && readMmdb(bytes);
}
