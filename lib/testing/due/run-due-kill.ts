import "@/lib/testing/cheap-hashing";
import { type ChildProcess, fork } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import type { Ctx } from "@/lib/context/context";
import { type Db, openDatabase } from "@/lib/db/client";
import { systemRandom } from "@/lib/kernel/random";
import { doDue } from "@/lib/pending/do-due";
import type { PendingName } from "@/lib/pending/registry";
import { type Counts, countAll, difference, dueChange, kindsOfChange, notOnce } from "@/lib/testing/due/every-kind";
import { sendingSettings } from "@/lib/testing/letters";
import { testContext } from "@/lib/testing/test-context";
import { startTestServer, testDatabase } from "@/lib/testing/test-database";
import { setSettings } from "@/lib/testing/test-settings";

/** So many letters that no budget of a day runs out under the kills. */
const settings = { ...sendingSettings, MAIL_PER_DAY: "1000000", SMS_PER_DAY: "1000000" };

/**
 * A portal's runner when forked with "runner", else the one who kills it with -9 while it is between "due" and "done", so many times over all kinds of
 * changes: each must then wait as before, and be done and told once by whoever comes next. Exit code 1 when one was done twice, by halves, or not at all.
 */
export async function main(entry: string, args: readonly string[]): Promise<void> {
  if (args[0] === "runner" && args[1]) return runner(args[1]);
  setSettings(settings);
  const kills = Number(args[0] ?? 105);
  const server = process.env.TEST_SERVER_URL === undefined ? await startTestServer() : null;
  const { url, drop } = await testDatabase();
  const db = openDatabase(url, 4);
  const ctx = testContext({ db });
  try {
    const undisturbed = await leaveUndisturbed(ctx);
    await slowEffects(db);
    const rounds = [];
    for (let round = 0; round < kills; round += 1) {
      const kind = kindsOfChange[round % kindsOfChange.length] ?? "factor.remove";
      rounds.push(await kill(entry, url, ctx, kind, undisturbed[kind]));
    }
    report(rounds);
  } finally {
    await db.$disconnect();
    await drop();
    await server?.stop();
  }
}

type Round = { readonly kind: PendingName; readonly wasInside: boolean; readonly found: readonly string[] };

function report(rounds: readonly Round[]): void {
  const mistakes = rounds.flatMap(({ kind, found }, round) => found.map((one) => `kill ${round}, ${kind}: ${one}`));
  const inside = rounds.filter(({ wasInside }) => wasInside).length;
  const line = `${rounds.length} kills over ${kindsOfChange.length} kinds, ${inside} of them between due and done, ${mistakes.length} mistakes`;
  const [mark, isRight] = [mistakes.length === 0 ? "ok " : "BAD", mistakes.length === 0 && inside > rounds.length / 2];
  process.stdout.write(`${[`${mark} ${line}`, ...mistakes.slice(0, 20)].join("\n    ")}\n`);
  process.exitCode = isRight ? 0 : 1;
}

/** What one change of each kind leaves where nobody is killed. */
async function leaveUndisturbed(ctx: Ctx): Promise<Readonly<Record<string, Counts>>> {
  const all: [string, Counts][] = [];
  for (const kind of kindsOfChange) {
    await dueChange(ctx, kind);
    const before = await countAll(ctx);
    await doDue(ctx, { mayDecide: () => true, onFault: fail });
    const left = difference(before, await countAll(ctx));
    const wrong = notOnce(left);
    if (wrong.length > 0) throw new Error(`${kind}, with nobody killed: ${wrong.join(", ")}`);
    all.push([kind, left]);
  }
  return Object.fromEntries(all);
}

function fail(fault: unknown): never {
  throw fault;
}

/** Does what is due until it is killed. */
async function runner(url: string): Promise<void> {
  setSettings(settings);
  const db = openDatabase(url, 4);
  process.send?.("ready");
  process.once("message", async () => {
    await doDue(testContext({ db }), { mayDecide: () => true, onFault: () => undefined });
    process.send?.("done");
  });
}

/** What is done takes a while in the database, before its effect and behind it, so that a kill falls into it. */
async function slowEffects(db: Db): Promise<void> {
  await db.$executeRawUnsafe(
    "CREATE FUNCTION slowly() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(0.08); RETURN NEW; END $$",
  );
  await db.$executeRawUnsafe(
    "CREATE TRIGGER slowly BEFORE UPDATE ON pending_changes FOR EACH ROW WHEN (NEW.state = 'DONE') EXECUTE FUNCTION slowly()",
  );
  await db.$executeRawUnsafe(
    "CREATE TRIGGER slowly BEFORE INSERT ON security_events FOR EACH ROW WHEN (NEW.name = 'pending.done') EXECUTE FUNCTION slowly()",
  );
}

/** One kill at a change of this kind. Afterwards it is all as before, or all as `undisturbed` says; after the next runner it is that. */
async function kill(entry: string, url: string, ctx: Ctx, kind: PendingName, undisturbed: Counts = {}): Promise<Round> {
  await dueChange(ctx, kind);
  const before = await countAll(ctx);
  const child = fork(entry, ["runner", url], { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  await heard(child);
  child.send("go");
  await pause(20 + (systemRandom.bytes(1)[0] ?? 0) * 0.7);
  await ended(child);
  const between = difference(before, await countAll(ctx));
  await doDue(ctx, { mayDecide: () => true, onFault: () => undefined });
  const left = difference(before, await countAll(ctx));
  const wasInside = Object.keys(between).length === 0;
  return {
    kind,
    wasInside,
    found: [
      ...(wasInside || isSame(between, undisturbed) ? [] : [`by halves: ${JSON.stringify(between)}`]),
      ...(isSame(left, undisturbed)
        ? []
        : [`left ${JSON.stringify(left)}, undisturbed ${JSON.stringify(undisturbed)}`]),
    ],
  };
}

const isSame = (one: Counts, other: Counts) => JSON.stringify(one) === JSON.stringify(other);

const heard = (child: ChildProcess) => new Promise((resolve) => child.once("message", resolve));

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once("exit", () => resolve());
    child.kill("SIGKILL");
  });
}
