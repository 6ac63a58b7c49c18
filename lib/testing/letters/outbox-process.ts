import { setTimeout as pause } from "node:timers/promises";
import { config } from "@/lib/config/config";
import { type Ctx, inShortTransaction } from "@/lib/context/context";
import { openDatabase } from "@/lib/db/client";
import { closeChannels, mailChannel, smsChannel } from "@/lib/delivery/channels";
import { ensure } from "@/lib/kernel/assert";
import type { Clock } from "@/lib/kernel/clock";
import { systemRandom } from "@/lib/kernel/random";
import type { NewLetter } from "@/lib/letters/letter";
import { agreedHour } from "@/lib/letters/letters.kit";
import { startOutboxWorker } from "@/lib/letters/outbox-worker";
import { queueLetters } from "@/lib/letters/queue-letters";
import { letterKinds } from "@/lib/notices/letter-kinds";
import { testContext } from "@/lib/testing/test-context";
import { setSettings } from "@/lib/testing/test-settings";

/** What a portal's process is told when it is forked. */
export type Task = {
  readonly settings: Readonly<Record<string, string>>;
  readonly url: string;
  /** The people whose letters this process writes; nobody else writes to them, so that their order is known. */
  readonly people: readonly string[];
  /** Larger than every number that an earlier process of these people used. */
  readonly first: number;
  /** When everybody's hurried clock showed the true time. */
  readonly epoch: number;
};

/** A letter that was committed, or rolled back, and its place among the letters of its queue. */
export type Told = {
  readonly id: string;
  readonly queue: string;
  readonly number: number;
  readonly isRolledBack: boolean;
};

/** A clock that runs five times as fast, so that a lease of half a minute is over in six seconds; a send takes far less. */
export const hurried = (epoch: number): Clock => ({ now: () => new Date(epoch + (Date.now() - epoch) * 5) });

/**
 * A portal's process as far as letters go: writes some in short transactions, tells its parent what was committed, and carries whatever
 * waits, its own and others'. It is meant to be killed; "finish" ends the writing, "stop" the carrying.
 */
export async function runOutboxProcess(): Promise<void> {
  const heard = listen();
  const task = await heard.task;
  setSettings(task.settings);
  ensure(config().mail.kind === "smtp" && config().sms.kind === "gateway", "letters leave over real protocols");
  const db = openDatabase(task.url, 8);
  const context = () => ({
    ...testContext({ db, clock: hurried(task.epoch) }),
    afterCommit: (act: () => void) => act(),
  });
  const onFault = (fault: unknown) => process.stderr.write(`${String(fault)}\n`);
  const stop = startOutboxWorker({
    ...agreedHour(context),
    ways: { mail: mailChannel, sms: smsChannel },
    kinds: letterKinds,
    onFault,
  });
  for (let number = task.first; !heard.isFinishing(); number += 1) {
    const person = task.people[number % task.people.length] ?? "";
    await writeSome(context(), person, number);
    await pause(15);
  }
  process.send?.(finished);
  await heard.stop;
  await stop();
  closeChannels();
  await db.$disconnect();
  process.exit(0);
}

/** From the first moment on: a word that nobody listens to is lost. */
function listen() {
  let isFinishing = false;
  let [give, end]: [(task: Task) => void, () => void] = [() => undefined, () => undefined];
  const task = new Promise<Task>((resolve) => {
    give = resolve;
  });
  const stop = new Promise<void>((resolve) => {
    end = resolve;
  });
  process.on("message", (word: Task | "finish" | "stop") => {
    if (typeof word === "object") give(word);
    else isFinishing = true;
    if (word === "stop") end();
  });
  return { task, stop, isFinishing: () => isFinishing };
}

/** A mail and a text message in one transaction; one in ten is rolled back. The parent hears of it afterwards. */
async function writeSome(ctx: Ctx, person: string, number: number): Promise<void> {
  const letters = [mailTo(person, number), smsTo(person, number)];
  const isRolledBack = systemRandom.bytes(1).readUInt8() < 25;
  await inShortTransaction(ctx, async (tx) => {
    await queueLetters(tx, letters);
    if (isRolledBack) throw new Error(onPurpose);
  }).catch((fault: Error) => ensure(isRolledBack && fault.message === onPurpose, fault.message));
  for (const { id = "", channel } of letters)
    process.send?.({ id, queue: `${person} ${channel}`, number, isRolledBack } satisfies Told);
}

/** What a process says when it will write no more. */
export const finished = "finished";

const onPurpose = "rolled back on purpose";

const envelope = (userId: string) => ({ userId, language: "en", id: systemRandom.id() }) as const;

function mailTo(userId: string, number: number): NewLetter {
  const facts = { at: "2030-01-07T09:00:00.000Z", ip: "192.0.2.1", agent: "", left: number };
  return { ...envelope(userId), channel: "mail", to: `${userId}@example.test`, kind: "recovery.used", facts };
}

function smsTo(userId: string, number: number): NewLetter {
  const facts = { code: String(number).padStart(10, "0"), minutes: 5 };
  const to = `+4474000000${userId.slice(-2)}`;
  return { ...envelope(userId), channel: "sms", to, urgent: true, kind: "code.login", facts };
}
