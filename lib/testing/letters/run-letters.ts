import { type ChildProcess, fork } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import { type Db, openDatabase } from "@/lib/db/client";
import { systemRandom } from "@/lib/kernel/random";
import { type Copy, type Judgement, judge } from "@/lib/testing/letters/judge";
import { finished, runOutboxProcess, type Task, type Told } from "@/lib/testing/letters/outbox-process";
import { runSlowProvider } from "@/lib/testing/letters/slow-provider";
import { gatewaySecret, startGatewayStandIn } from "@/lib/testing/stand-ins/gateway-stand-in";
import { startSmtpSink } from "@/lib/testing/stand-ins/smtp-sink";
import { startTestServer, testDatabase } from "@/lib/testing/test-database";

/**
 * A portal's process when forked with "worker", else the judge: kills one of two such processes with -9 so many times while they write and
 * send over SMTP and HTTP, and then sends so many letters past a provider that takes so many a second. Exit code 1 when a single letter
 * was lost, came twice without a reason, or out of order.
 */
export async function main(entry: string, args: readonly string[]): Promise<void> {
  if (args[0] === "worker") return runOutboxProcess();
  const [kills = 20, letters = 1000, perSecond = 5] = args.map(Number);
  const server = process.env.TEST_SERVER_URL === undefined ? await startTestServer() : null;
  const { url, drop } = await testDatabase();
  try {
    const killed = await runKills(entry, { url, kills });
    say(`${kills} kills of one of two processes`, killed);
    const slow = await runSlowProvider(url, { letters, perSecond });
    say(`a provider that takes ${perSecond} a second, ${slow.seconds.toFixed(1)} s`, slow);
    process.exitCode = [killed, slow].every(({ mistakes, letters }) => mistakes.length === 0 && letters > 0) ? 0 : 1;
  } finally {
    await drop();
    await server?.stop();
  }
}

function say(what: string, { letters, copies, twice, mistakes }: Judgement): void {
  const line = `${mistakes.length === 0 ? "ok " : "BAD"} ${what}: ${letters} letters, ${copies} copies, ${twice} came again under the same key`;
  process.stdout.write(`${[line, ...mistakes.slice(0, 20).map((mistake) => `    ${mistake}`)].join("\n")}\n`);
}

const workers = 2;
const peopleEach = 10;

type Play = { readonly entry: string; readonly task: Omit<Task, "people" | "first">; readonly told: Told[] };

async function runKills(
  entry: string,
  { url, kills }: { readonly url: string; readonly kills: number },
): Promise<Judgement> {
  const [sink, gateway] = [await startSmtpSink(), await startGatewayStandIn()];
  const listening = listen(sink.mails, gateway.requests);
  const db = openDatabase(url, 2);
  const told: Told[] = [];
  const settings = {
    MAIL_CHANNEL: "smtp",
    SMTP_URL: sink.url,
    MAIL_FROM: "portal@example.test",
    SMS_CHANNEL: "gateway",
    SMS_GATEWAY_URL: gateway.url,
    SMS_GATEWAY_SECRET: gatewaySecret,
    SMS_COUNTRIES: "GB",
  };
  const play: Play = { entry, task: { settings, url, epoch: Date.now() }, told };
  try {
    await movePeopleIn(db);
    const killedAt = await killAgainAndAgain(play, kills, db);
    listening.end();
    const judgement = judge(told, listening.copies, killedAt);
    return { ...judgement, mistakes: [...judgement.mistakes, ...(await wrongRows(db))] };
  } finally {
    await db.$disconnect();
    await Promise.all([sink.close(), gateway.close()]);
  }
}

async function killAgainAndAgain(play: Play, kills: number, db: Db): Promise<number[]> {
  const running = Array.from({ length: workers }, (_, worker) => open(play, worker, 0));
  const killedAt: number[] = [];
  for (let kill = 0; kill < kills; kill += 1) {
    const worker = kill % workers;
    await untilAtWork(play.told, worker);
    await pause(systemRandom.bytes(2).readUInt16BE() / 80); // up to 0.8 s: a moment that nobody can foresee
    killedAt.push(performance.now());
    await ended(running[worker], "SIGKILL");
    running[worker] = open(play, worker, kill + 1);
  }
  await pause(1_000);
  await Promise.all(running.map(untilFinished));
  await untilSent(db);
  await Promise.all(running.map((child) => ended(child, "stop")));
  return killedAt;
}

/** After the last word of a process nothing more is written; a letter behind it would be carried by nobody. */
function untilFinished(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.on("message", (word) => word === finished && resolve());
    child.send("finish");
  });
}

/** Waits for a few letters of a process, so that none is killed before it has begun. */
async function untilAtWork(told: readonly Told[], worker: number): Promise<void> {
  const isOf = ({ queue }: Told) => queue.startsWith(`person-${worker}`);
  const before = told.filter(isOf).length;
  for (const start = performance.now(); performance.now() - start < 20_000; await pause(10))
    if (told.filter(isOf).length >= before + 8) return;
}

const personOf = (worker: number, place: number) => `person-${worker}${place}`;

function open({ entry, task, told }: Play, worker: number, generation: number): ChildProcess {
  const child = fork(entry, ["worker"], { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  child.on("message", (word: Told | typeof finished) => void (word === finished || told.push(word)));
  const people = Array.from({ length: peopleEach }, (_, place) => personOf(worker, place));
  child.send({ ...task, people, first: generation * 100_000 + 1 } satisfies Task);
  return child;
}

async function movePeopleIn(db: Db): Promise<void> {
  const ids = Array.from({ length: workers * peopleEach }, (_, place) =>
    personOf(Math.floor(place / peopleEach), place % peopleEach),
  );
  await db.user.createMany({
    data: ids.map((id) => ({ id, email: `${id}@example.test`, isAdmin: false, createdAt: new Date(0) })),
  });
}

/** Waits until nothing waits any more; what a killed process carried is free again when its lease is over. */
async function untilSent(db: Db): Promise<void> {
  for (const start = performance.now(); performance.now() - start < 90_000; await pause(100)) {
    if ((await db.letter.count({ where: { sentAt: null, parkedAt: null } })) === 0) return;
  }
}

/** Rows that were not sent and wiped, in words. */
async function wrongRows(db: Db): Promise<string[]> {
  const rows = await db.letter.findMany({
    where: { OR: [{ sentAt: null }, { content: { not: null } }, { destination: { not: null } }] },
    select: { id: true, tries: true, lastFault: true, parkedAt: true },
  });
  return rows.map((row) => `not sent and wiped: ${JSON.stringify(row)}`);
}

function ended(child: ChildProcess | undefined, how: "SIGKILL" | "stop"): Promise<void> {
  return new Promise((resolve) => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once("exit", () => resolve());
    if (how === "stop") child.send("stop");
    else child.kill("SIGKILL");
  });
}

type Mails = readonly { readonly header: (name: string) => string | undefined }[];

/** Notes when each copy came, to a few milliseconds. */
function listen(mails: Mails, requests: readonly { readonly body: string }[]) {
  const copies: Copy[] = [];
  const heard = { mails: 0, requests: 0 };
  const look = () => {
    const at = performance.now();
    for (const mail of mails.slice(heard.mails))
      copies.push({ key: mail.header("message-id")?.match(/^<([^@]+)@/)?.[1] ?? "none", at });
    for (const { body } of requests.slice(heard.requests)) copies.push({ key: String(JSON.parse(body).id), at });
    heard.mails = mails.length;
    heard.requests = requests.length;
  };
  const timer = setInterval(look, 5);
  const end = () => {
    clearInterval(timer);
    look();
  };
  return { copies, end };
}
