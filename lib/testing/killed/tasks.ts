import "@/lib/testing/cheap-hashing";
import type { Pass } from "@/lib/challenge/challenge";
import { type Ctx, sql } from "@/lib/context/context";
import { openDatabase } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";
import { confirmEnrolment } from "@/lib/factors/confirm-enrolment";
import { removeFactor } from "@/lib/factors/remove-factor";
import { fixedClock } from "@/lib/kernel/clock";
import { setNewPassword } from "@/lib/resets/set-new-password";
import { rotateKeys } from "@/lib/rotation/rotate-keys";
import type { Actor } from "@/lib/sessions/acting-session";
import { testContext } from "@/lib/testing/test-context";
import { ringOf, setSettings } from "@/lib/testing/test-settings";

/** What a process is at when it is killed. Written down: it is handed on as JSON. */
export type Task =
  | { readonly does: "confirm"; readonly actor: Actor; readonly code: string }
  | { readonly does: "remove"; readonly actor: Actor; readonly factorId: string }
  | { readonly does: "reset"; readonly pass: Pass; readonly password: string }
  | { readonly does: "rotate" }
  | { readonly does: "migrate"; readonly folder: string };

/** Does it, in the database of `ctx`, or at `url` where it makes its connection itself. */
export async function perform(ctx: Ctx, task: Task, url: string): Promise<unknown> {
  switch (task.does) {
    case "confirm": {
      const { actor, code } = task;
      return confirmEnrolment(ctx, { actor, kind: "totp", answer: { code }, label: "", defaultLabel: "App" });
    }
    case "remove":
      return removeFactor(ctx, task);
    case "reset":
      return setNewPassword(ctx, { ...task, remove: [] });
    case "rotate":
      return rotateKeys(ctx, { by: "tests", ring: ringOf("two", "one") });
    case "migrate":
      return migrate(url, task.folder, () => undefined);
  }
}

/** What is said to the database before a task: everything before it is the making of connections. */
export const beginning = "SELECT 'the task begins'";

/** A task of one person's (each has an address of their own), and the way to its database. */
export type Underway = { readonly task: Task; readonly url: string };

/** Connects, says so, and does it. */
export async function performOver({ task, url }: Underway, at: Date, ip: string): Promise<void> {
  const db = openDatabase(url, 2);
  const ctx = testContext({ db, clock: fixedClock(at), ip });
  if (task.does !== "migrate") await db.user.count();
  await sql(ctx).$queryRaw`SELECT 'the task begins'`;
  await perform(ctx, task, url).finally(() => db.$disconnect());
}

/** All of them at once, in a process that is killed when it pleases whoever started it. Says of each that it is done. */
export async function performAll(
  all: readonly Underway[],
  { at, settings }: { readonly at: string; readonly settings: Readonly<Record<string, string>> },
): Promise<void> {
  setSettings(settings);
  const each = all.map(async (one, place) => {
    await performOver(one, new Date(at), `10.200.${place}.1`);
    process.stdout.write(`done: ${place};`);
  });
  await Promise.all(each);
}
