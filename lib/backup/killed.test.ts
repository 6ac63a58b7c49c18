import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { asked, backupOf, fillTown, restoreInto } from "@/lib/backup/backup.kit";
import { checkKeyring } from "@/lib/crypto/canary";
import { makeIndexKeys } from "@/lib/crypto/index-keys";
import { runProgram } from "@/lib/testing/own-process";
import { openHouse } from "@/lib/testing/story";
import { type TestDatabase, testDatabase } from "@/lib/testing/test-database";

const house = openHouse();
let folder: string;
let backup: Buffer;
let places: TestDatabase[];
/** Where in the file each is killed: three of them, or as many as RESTORE_KILLS says, from half of it to its end. */
const kills = Math.max(2, Number(process.env.RESTORE_KILLS ?? 3));
const shares = Array.from({ length: kills }, (_, at) => 0.5 + (0.499 * at) / (kills - 1));

beforeAll(async () => {
  await checkKeyring(house.db);
  await makeIndexKeys(house.db);
  await fillTown(house.url, 2_000);
  backup = await backupOf(house.ctx, house.url);
  folder = await mkdtemp(join(tmpdir(), "killed-"));
  await writeFile(join(folder, "file"), backup);
  places = await Promise.all(shares.map(() => testDatabase()));
});
afterAll(async () => {
  await Promise.all(places.map((place) => place.drop()));
  await rm(folder, { recursive: true });
});

/** Restores as the command does, from a disk that hangs when `share` of the file was read. */
const program = (url: string, share: number) => `
  import { readFileSync } from "node:fs";
  import { restoreBackup } from "@/lib/backup/restore-backup";
  import { rawCommandContext } from "@/lib/cli/command-context";
  const bytes = readFileSync(${JSON.stringify(join(folder, "file"))});
  async function* hanging() {
    const end = Math.floor(bytes.length * ${share});
    for (let at = 0; at < end; at += 4096) yield bytes.subarray(at, Math.min(end, at + 4096));
    process.stdout.write("hangs");
    await new Promise((resolve) => setTimeout(resolve, 60_000));
  }
  await restoreBackup({ url: ${JSON.stringify(url)}, folder: "prisma/migrations", source: hanging(), newPasswords: false,
    contextOn: (db) => rawCommandContext(db, new Date()), say: () => undefined });`;

// each is a process of its own that has to be bundled and started: a second, for three together
test(
  "killed in the middle, at several places, it leaves an empty house, and the next one succeeds",
  async () => {
    await Promise.all(
      shares.map(async (share, at) => {
        const url = places[at]?.url ?? "";
        const { child, heard, ended } = await runProgram(program(url, share));
        await heard("hangs");
        child.kill("SIGKILL");
        await ended;
        expect(
          await asked(url, "SELECT (SELECT count(*) FROM users) + (SELECT count(*) FROM security_events) AS left"),
        ).toEqual([[{ left: "0" }]]);
        expect(await restoreInto(house.ctx, url, backup)).toMatchObject({ people: 2_000 }); // waits for the lock of the dead one
      }),
    );
  },
  kills * 10_000,
);
