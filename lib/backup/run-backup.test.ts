import { spawnSync } from "node:child_process";
import { closeSync, openSync, readdirSync, statSync, writeSync } from "node:fs";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { fillTown, refusalIn } from "@/lib/backup/backup.kit";
import { fileNameAt } from "@/lib/backup/backup-folder";
import { runBackup } from "@/lib/backup/run-backup";
import { isDraft } from "@/lib/backup/write-file";
import { checkKeyring } from "@/lib/crypto/canary";
import { makeIndexKeys } from "@/lib/crypto/index-keys";
import { days, earlier, hours } from "@/lib/kernel/duration";
import { runProgram } from "@/lib/testing/own-process";
import { eventNames, openHouse } from "@/lib/testing/story";

const house = openHouse();
let folder: string;
/** Good ones of the two days before. */
let older: readonly string[];

beforeAll(async () => {
  await checkKeyring(house.db);
  await makeIndexKeys(house.db);
  await fillTown(house.url, 5_000); // more than one frame of the file, so that some of it lies on the disk before the last row is read
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "scheduled-"));
  older = [2, 1].map((ago) => fileNameAt(earlier(house.clock.now(), days(ago))));
  for (const name of older) await writeFile(join(folder, name), "good");
});
afterEach(() => rm(folder, { recursive: true }));

const run = (onProgress: (share: number) => void = () => undefined) =>
  runBackup(house.ctx, { url: house.url, folder, keep: 2, onProgress, onKeeping: () => undefined });

/** A disk that keeps another byte than it was given: what lies there already is changed while the rest is being written. */
function spoil(): void {
  const draft = readdirSync(folder).find(isDraft);
  if (draft === undefined || statSync(join(folder, draft)).size < 1_000) return;
  const file = openSync(join(folder, draft), "r+");
  writeSync(file, Buffer.from([255, 254, 253]), 0, 3, 900);
  closeSync(file);
}

test("what cannot be read back never has a name, and pushes no good one out, however often it is tried", async () => {
  for (let hour = 0; hour < 3; hour += 1) {
    expect(await refusalIn(run(spoil))).toBe("backup.unsound");
    expect((await readdir(folder)).sort()).toEqual(older);
    house.clock.move(hours(1));
  }
  expect(await house.db.backup.count()).toBe(0);
  expect(await eventNames(house.ctx, null)).not.toContain("backup.made");
  const { removed, file } = await run();
  expect(removed).toEqual(older.slice(0, 1));
  expect((await readdir(folder)).sort()).toEqual([...older.slice(1), file]);
});

/** `npm run portal -- backup run`; `before`: what is so in its process. */
const program = (before = "") => `
  import fs from "node:fs";
  import { syncBuiltinESMExports } from "node:module";
  import { Readable } from "node:stream";
  import { nightCommands } from "@/lib/cli/night-commands";
  import { runInProcess } from "@/lib/cli/run-in-process";
  Object.assign(process.env, { DATABASE_URL: ${JSON.stringify(house.url)}, BACKUP_DIR: ${JSON.stringify(folder)}, BACKUP_KEEP: "2" });
  process.argv = [process.argv[0], "portal", "backup", "run"];
  ${before}
  await runInProcess(nightCommands);`;

/** A disk that hangs when what was written is read. */
const hanging = `
  fs.createReadStream = () => {
    process.stdout.write("reads it back");
    setTimeout(() => undefined, 60_000);
    return new Readable({ read: () => undefined });
  };
  syncBuiltinESMExports();`;

// the whole command line has to be bundled and started
test.each(["SIGINT", "SIGTERM"] as const)(
  "%s while it is read back: no backup was made, and none lies there",
  async (signal) => {
    const { child, heard, said, ended } = await runProgram(program(hanging));
    await heard("reads it back");
    child.kill(signal);
    expect(await ended).toBe(130);
    expect(said.err).toContain("Interrupted: no backup was made, the older ones are there.");
    expect((await readdir(folder)).sort()).toEqual(older);
  },
  30_000,
);

/** Root may mount a small disk that nobody else sees; some containers do not let it. */
const maySeeOwnDisk =
  process.getuid?.() === 0 && spawnSync("unshare", ["-m", "mount", "-t", "tmpfs", "none", "/mnt"]).status === 0;

test.skipIf(!maySeeOwnDisk)(
  "a disk that is full in the middle is a sentence, nothing is left of it, and what lay there stays",
  async () => {
    const small = `mount -t tmpfs -o size=128k none "${folder}"; echo good > "${folder}/${older[0]}"; "$@"; echo "ended with $?"; ls -A "${folder}"`;
    const { said, ended } = await runProgram(program(), ["unshare", "-m", "sh", "-c", small, "sh"]);
    await ended;
    expect(said.err).toContain(`There is no room left in ${folder}. No backup was made. Make room, and try again.`);
    expect(said.out).toBe(`ended with 1\n${older[0]}\n`);
  },
  30_000,
);
