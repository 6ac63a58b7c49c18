import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import type pg from "pg";
import {
  copyOut,
  type FoundTable,
  listApplied,
  listForeignKeys,
  listKeyIds,
  listSequences,
  listTables,
} from "@/lib/backup/copy/store";
import { type About, aboutFile, type Sums, sumsFile } from "@/lib/backup/manifest";
import { inOrderOfKeys } from "@/lib/backup/order-of-keys";
import { countedRows, inPieces } from "@/lib/backup/rows-in-pieces";
import { keptTables } from "@/lib/backup/tables";
import { endOfArchive, packEntry } from "@/lib/backup/tar";
import { type Keyring, keyring } from "@/lib/crypto/keyring";
import { newFileKey, sealFrames } from "@/lib/crypto/sealed-file";
import type { Random } from "@/lib/kernel/random";
import { portalVersion } from "@/lib/kernel/version";

/** `client`: a connection of its own (`withPatientClient`). `onProgress` hears how much of the work is done, from 0 to 1. */
export type Making = {
  readonly client: pg.Client;
  readonly now: Date;
  readonly random: Random;
  readonly ring?: Keyring;
  readonly onProgress?: (share: number) => void;
};

/** What a backup holds. */
export type Summary = { readonly at: string; readonly rows: number; readonly tables: number };

/** The bytes of a backup, made as they are asked for, and what they held once the last is read. */
export type BackupInTheMaking = { readonly bytes: AsyncIterable<Buffer>; readonly summary: () => Summary };

/** Each table is one gzip stream in files of this size: an archive must know how long a file is before it begins, and nothing unsealed lies on a disk. */
const pieceBytes = 131_072;

/**
 * A backup (the field's word: logical backup): copies every kept table as it was at one moment (a snapshot, REPEATABLE READ), while the portal goes on
 * working, into one sealed archive: what it holds, the rows of each table in an order in which they can be put back, and the sums of all. Keys of the ring are never in it. A fault ends the bytes with that fault.
 */
export function writeBackup(making: Making): BackupInTheMaking {
  const { random, ring = keyring() } = making;
  const sums: Sums = { tables: {} };
  const all = () => Object.values(sums.tables);
  return {
    bytes: sealFrames(archive(making, sums), newFileKey(random, ring)),
    summary: () => ({
      at: making.now.toISOString(),
      rows: all().reduce((rows, sum) => rows + sum.rows, 0),
      tables: all().length,
    }),
  };
}

async function* archive({ client, now, onProgress = () => undefined }: Making, sums: Sums): AsyncGenerator<Buffer> {
  await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  const tables = await tablesInOrder(client);
  const file = (name: string, body: Buffer) => packEntry({ name, body }, now);
  yield file(aboutFile, asJson(await describe(client, now, tables)));
  const tick = shareOf(tables, onProgress);
  for (const table of tables) {
    let count = 0;
    for await (const body of rowsOf(client, table, sums, tick)) {
      count += 1;
      yield file(`tables/${table.name}/${String(count).padStart(6, "0")}.gz`, body);
    }
  }
  yield file(sumsFile, asJson(sums));
  yield endOfArchive;
  await client.query("COMMIT");
}

const asJson = (value: About | Sums): Buffer => Buffer.from(JSON.stringify(value), "utf8");

async function tablesInOrder(client: pg.Client): Promise<FoundTable[]> {
  const found = new Map((await listTables(client, keptTables)).map((table) => [table.name, table]));
  return inOrderOfKeys([...found.keys()], await listForeignKeys(client)).flatMap((name) => found.get(name) ?? []);
}

async function describe(client: pg.Client, now: Date, tables: readonly FoundTable[]): Promise<About> {
  return {
    at: now.toISOString(),
    version: portalVersion,
    migrations: await listApplied(client),
    keyIds: await listKeyIds(client),
    tables: tables.map(({ name, columns }) => ({ name, columns: [...columns] })),
    sequences: await listSequences(client, tables),
  };
}

/** The rows of one table, compressed, in pieces; its sum stands in `sums` when they are through. */
async function* rowsOf(
  client: pg.Client,
  table: FoundTable,
  sums: Sums,
  tick: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  const rows = countedRows(tick);
  const zip = createGzip({ level: 3 }); // the usual level takes longer and gains little
  const copying = pipeline(copyOut(client, table), rows.pass, zip).then(
    () => null,
    (fault: unknown) => ({ fault }),
  );
  yield* inPieces(zip, pieceBytes);
  const failed = await copying;
  if (failed !== null) throw failed.fault;
  sums.tables[table.name] = rows.sum();
}

/** What a table takes on the disk is near enough to what its rows are as text. */
function shareOf(tables: readonly FoundTable[], onProgress: (share: number) => void): (bytes: number) => void {
  const all = Math.max(
    1,
    tables.reduce((sum, { bytes }) => sum + bytes, 0),
  );
  let done = 0;
  return (bytes) => {
    done += bytes;
    onProgress(Math.min(0.99, done / all));
  };
}
