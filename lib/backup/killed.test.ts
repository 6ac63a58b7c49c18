import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { asked, backupOf, emptyPlaces, fillTown, restoreInto } from "@/lib/backup/backup.kit";
import { checkKeyring } from "@/lib/crypto/canary";
import { makeIndexKeys } from "@/lib/crypto/index-keys";
import { killAt, moments } from "@/lib/testing/killed-restores";
import { runProgram } from "@/lib/testing/own-process";
import { openHouse } from "@/lib/testing/story";

const house = openHouse();
const emptyPlace = emptyPlaces();
let folder: string;
let backup: Buffer;

beforeAll(async () => {
  await checkKeyring(house.db);
  await makeIndexKeys(house.db);
  await fillTown(house.url, 2_000);
  backup = await backupOf(house.ctx, house.url);
  folder = await mkdtemp(join(tmpdir(), "killed-"));
  await writeFile(join(folder, "file"), backup);
});
afterAll(() => rm(folder, { recursive: true }));

/** `npm run portal -- restore`, without what comes before it. */
const program = (url: string) => `
  import { nightCommands } from "@/lib/cli/night-commands";
  import { runInProcess } from "@/lib/cli/run-in-process";
  process.env.DATABASE_URL = ${JSON.stringify(url)};
  process.argv = [process.argv[0], "portal", "restore", ${JSON.stringify(join(folder, "file"))}];
  await runInProcess(nightCommands);`;

/** All of them: `npm run restore:kill`. */
const some = moments.filter(({ words, isOver }) => !isOver && /security_events|UPDATE users|COMMIT/.test(words));

// each is a process of its own that has to be bundled and started: some seconds
test.each(some)(
  "killed $name it leaves an empty house, and the next one succeeds",
  async (moment) => {
    const url = await emptyPlace();
    await killAt(url, moment, (through) => {
      const started = runProgram(program(through));
      const ended = started.then(async ({ ended: over, said }) => {
        await over;
        return said.out + said.err;
      });
      return { kill: () => void started.then(({ child }) => child.kill("SIGKILL")), ended };
    });
    expect(
      await asked(url, "SELECT (SELECT count(*) FROM users) + (SELECT count(*) FROM security_events) AS left"),
    ).toEqual([[{ left: "0" }]]);
    expect(await restoreInto(house.ctx, url, backup)).toMatchObject({ people: 2_000 }); // waits for the lock of the dead one
  },
  30_000,
);
