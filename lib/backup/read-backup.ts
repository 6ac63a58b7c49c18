import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { type About, aboutFile, readAbout, readSums, type Sum, type Sums, sumsFile } from "@/lib/backup/manifest";
import { refusal } from "@/lib/backup/refusal";
import { countedRows } from "@/lib/backup/rows-in-pieces";
import { type TarEntry, unpackEntries } from "@/lib/backup/tar";
import { type Keyring, keyring } from "@/lib/crypto/keyring";
import { type FileFault, openFrames, readHead } from "@/lib/crypto/sealed-file";
import { byteReader } from "@/lib/kernel/byte-reader";

/** A backup that opens here: what it says of itself, and its rows. */
export type OpenBackup = {
  readonly about: About;
  /** The name of the key that opened it. */
  readonly keyId: string;
  /**
   * Reads all of it, once: hands the rows of each table in turn to `take`, and compares them with what was written. Resolves only when the last byte
   * was there and right. Throws refusals, and what `take` throws.
   */
  readonly readTables: (take: TakeRows) => Promise<Sums>;
};

/** Takes the rows of one table, all of them; the bytes are what COPY wrote. */
export type TakeRows = (table: About["tables"][number], rows: AsyncIterable<Buffer>) => Promise<void>;

/** Opens a backup, as far as its list of contents. Throws a refusal that says why it does not open here. `source` is read no faster than the rows are taken. */
export async function openBackup(source: AsyncIterable<Uint8Array>, ring: Keyring = keyring()): Promise<OpenBackup> {
  const sealed = byteReader(source);
  const head = await readHead(sealed, ring);
  if (head.kind !== "fits") throw whyNot(head);
  const entries = unpackEntries(byteReader(openFrames(sealed, head.file, faulty)));
  const first = await entries.next();
  if (first.done === true || first.value.name !== aboutFile)
    throw refusal("backup.unreadable", "The backup opens, but begins with no list of contents.");
  const about = readAbout(first.value.body);
  return { about, keyId: head.keyId, readTables: (take) => readTables(entries, about, take) };
}

type Unfit = Exclude<Awaited<ReturnType<typeof readHead>>, { kind: "fits" }>;

function whyNot(head: Unfit): Error {
  switch (head.kind) {
    case "foreign":
      return refusal("backup.foreign", "This file is no backup of a portal.");
    case "newer":
      return refusal(
        "backup.newer_format",
        `This backup has the format ${head.format}, which a newer version of the portal wrote. Use that version.`,
      );
    case "key missing":
      return refusal(
        "backup.key_missing",
        `This backup was sealed with the key "${head.keyId}", which PORTAL_KEYS does not name. Bring it back (behind the one in front will do), and try again.`,
      );
    case "other key":
      return refusal(
        "backup.key_other",
        `This backup was sealed with another key that was named "${head.keyId}" too: the one in PORTAL_KEYS does not open it. Bring back the PORTAL_KEYS of its time.`,
      );
  }
}

function faulty(fault: FileFault): Error {
  if (fault === "cut")
    return refusal("backup.cut", "This backup is cut off: its end is missing. Use another copy, or an older backup.");
  return refusal(
    "backup.damaged",
    "This backup is damaged: at least one byte is not what was written. Use another copy, or an older backup.",
  );
}

async function readTables(entries: AsyncGenerator<TarEntry>, about: About, take: TakeRows): Promise<Sums> {
  const found: Record<string, Sum> = {};
  let next = await entries.next();
  /** The files of one table, one after the other, until another begins. */
  async function* partsOf(name: string): AsyncGenerator<Buffer> {
    for (; next.done !== true && next.value.name.startsWith(`tables/${name}/`); next = await entries.next())
      yield next.value.body;
  }
  for (const table of about.tables) {
    const rows = countedRows(() => undefined);
    await pipeline(partsOf(table.name), createGunzip(), rows.pass, (passing: AsyncIterable<Buffer>) =>
      take(table, passing),
    );
    found[table.name] = rows.sum();
  }
  if (next.done === true || next.value.name !== sumsFile) throw incomplete();
  const written = readSums(next.value.body);
  if (!(await entries.next()).done) throw incomplete();
  for (const { name } of about.tables) refuseOther(name, written.tables[name], found[name]);
  return written;
}

const incomplete = () => refusal("backup.unreadable", "The backup opens, but is not complete in itself.");

function refuseOther(name: string, written: Sum | undefined, found: Sum | undefined): void {
  if (written === undefined || found?.rows !== written.rows || found.sha256 !== written.sha256)
    throw refusal("backup.unreadable", `The backup opens, but the rows of ${name} are not those that it counted.`);
}

/** What `verifyBackup` found. `bytes`: how long all rows are before they are compressed. */
export type Verified = Pick<OpenBackup, "about" | "keyId"> & { readonly rows: number; readonly bytes: number };

/** Reads a backup to its last byte and keeps nothing of it. Throws a refusal for whatever is wrong with it. */
export async function verifyBackup(source: AsyncIterable<Uint8Array>, ring?: Keyring): Promise<Verified> {
  const { about, keyId, readTables } = await openBackup(source, ring);
  let bytes = 0;
  const sums = await readTables(async (_, rows) => {
    for await (const piece of rows) bytes += piece.length;
  });
  return { about, keyId, rows: rowsIn(sums), bytes };
}

/** How many rows there are in all. */
export const rowsIn = ({ tables }: Sums): number => Object.values(tables).reduce((rows, sum) => rows + sum.rows, 0);
