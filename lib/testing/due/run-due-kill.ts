import "@/lib/testing/cheap-hashing";
import { type ChildProcess, fork } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import type { Ctx } from "@/lib/context/context";
import { type Db, openDatabase } from "@/lib/db/client";
import { systemRandom } from "@/lib/kernel/random";
import { askForChange } from "@/lib/pending/ask-for-change";
import { doDue } from "@/lib/pending/do-due";
import { dueNow } from "@/lib/testing/due-now";
import { makePerson, openSessionFor, testContext, withTotp } from "@/lib/testing/test-context";
import { startTestServer, testDatabase } from "@/lib/testing/test-database";
import { setSettings } from "@/lib/testing/test-settings";

/**
 * A portal's runner when forked with "runner", else the one who kills it with -9 while it is between "due" and "done", so many times: each change
 * must then wait as before, and be done once by whoever comes next. Exit code 1 when one was done twice, by halves, or not at all.
 */
export async function main(entry: string, args: readonly string[]): Promise<void> {
  if (args[0] === "runner" && args[1]) return runner(args[1]);
  setSettings();
  const kills = Number(args[0] ?? 100);
  const server = process.env.TEST_SERVER_URL === undefined ? await startTestServer() : null;
  const { url, drop } = await testDatabase();
  const db = openDatabase(url, 4);
  try {
    await slowEffects(db);
    const mistakes: string[] = [];
    let inside = 0;
    for (let round = 0; round < kills; round += 1) {
      const { found, wasInside } = await kill(entry, url, testContext({ db }));
      inside += Number(wasInside);
      mistakes.push(...found.map((one) => `kill ${round}: ${one}`));
    }
    const line = `${kills} kills, ${inside} of them between due and done, ${mistakes.length} mistakes`;
    process.stdout.write(
      `${[mistakes.length === 0 ? `ok  ${line}` : `BAD ${line}`, ...mistakes.slice(0, 20)].join("\n    ")}\n`,
    );
    process.exitCode = mistakes.length === 0 && inside > kills / 2 ? 0 : 1;
  } finally {
    await db.$disconnect();
    await drop();
    await server?.stop();
  }
}

/** Does what is due until it is killed. */
async function runner(url: string): Promise<void> {
  setSettings();
  const db = openDatabase(url, 4);
  process.send?.("ready");
  process.once("message", async () => {
    await doDue(testContext({ db }), { mayDecide: () => true, onFault: () => undefined });
    process.send?.("done");
  });
}

/** Each effect takes a while in the database, so that a kill falls into it. */
async function slowEffects(db: Db): Promise<void> {
  await db.$executeRawUnsafe(
    "CREATE FUNCTION slowly() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(0.15); RETURN OLD; END $$",
  );
  await db.$executeRawUnsafe("CREATE TRIGGER slowly BEFORE DELETE ON factors FOR EACH ROW EXECUTE FUNCTION slowly()");
}

async function kill(entry: string, url: string, ctx: Ctx) {
  const person = await makePerson(ctx);
  const { factorId } = await withTotp(ctx, person);
  const { actor } = await openSessionFor(ctx, person);
  await askForChange(ctx, actor, "factor.remove", { factorIds: [factorId] });
  const id = await dueNow(ctx, person.userId);
  const child = fork(entry, ["runner", url], { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  await heard(child);
  child.send("go");
  await pause(20 + (systemRandom.bytes(1)[0] ?? 0) / 2);
  await ended(child);
  const between = await ctx.db.pendingChange.findUnique({ where: { id } });
  await doDue(ctx, { mayDecide: () => true, onFault: () => undefined });
  return { wasInside: between?.state === "WAITING", found: await wrong(ctx, person.userId, id) };
}

/** What is not as it must be after the next runner was there: done, once, with all that belongs to it. */
async function wrong(ctx: Ctx, userId: string, id: string): Promise<string[]> {
  const row = await ctx.db.pendingChange.findUnique({ where: { id } });
  const count = (name: string) => ctx.db.securityEvent.count({ where: { subjectId: userId, name } });
  const found = {
    state: row?.state,
    factors: await ctx.db.factor.count({ where: { userId } }),
    done: await count("pending.done"),
    removed: await count("factor.removed"),
  };
  const expected = { state: "DONE", factors: 0, done: 1, removed: 1 };
  return JSON.stringify(found) === JSON.stringify(expected) ? [] : [JSON.stringify(found)];
}

const heard = (child: ChildProcess) => new Promise((resolve) => child.once("message", resolve));

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once("exit", () => resolve());
    child.kill("SIGKILL");
  });
}
