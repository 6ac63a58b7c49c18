import { registerApp } from "@/lib/apps/register-app";
import { openDatabase } from "@/lib/db/client";
import { systemClock } from "@/lib/kernel/clock";
import { type Door, listDoors } from "@/lib/testing/hostile/doors";
import { type Growth, growthOf, type Reader } from "@/lib/testing/hostile/growth";
import { type OwnPortal, startPortal } from "@/lib/testing/hostile/own-portal";
import { readers } from "@/lib/testing/hostile/readers";
import { hostileTexts } from "@/lib/testing/hostile/texts";
import { type Shot, type Waits, waitsBeside } from "@/lib/testing/hostile/waiting";
import { testContext } from "@/lib/testing/test-context";
import { startTestServer, testDatabase } from "@/lib/testing/test-database";
import { setSettings, testSettings } from "@/lib/testing/test-settings";

/** Nobody may wait this much longer beside hostile bodies than beside good ones, in milliseconds. */
const mostLonger = 50;

/** A machine has other things to do: what was slow is asked again, so often. */
const looks = 3;

const settings = {
  ...testSettings,
  TRUSTED_PROXIES: "127.0.0.0/8,::1",
  SECOND_FACTOR_KINDS: "totp,sms,email",
  DEV_TOOLS: "true",
};
const channels = { MAIL_CHANNEL: "mailbox", SMS_CHANNEL: "mailbox", SMS_COUNTRIES: "US", PHONE_REGION: "US" };

/**
 * `npm run hostile`: so many hostile bodies at each door whose name has the word in it, and how long somebody else waits meanwhile, beside as many
 * good ones; before that, what each reader's dearest text costs at n, 2n and 4n. Exit code 1 when somebody waited too long.
 */
export async function main(args: readonly string[], actionId: (name: string) => string): Promise<void> {
  const [count = 1_000, word = ""] = [args[0] === undefined ? undefined : Number(args[0]), args[1]];
  if (!Number.isInteger(count) || count < 10 || count > 100_000)
    throw new Error("Give a number of bodies from 10 to 100000.");
  setSettings();
  if (word === "") for (const reader of readers) say(readerLine(reader, await dearestOf(reader)));
  const server = await startTestServer();
  try {
    await atThePortal(count, word, actionId);
  } finally {
    await server.stop();
  }
}

async function atThePortal(count: number, word: string, actionId: (name: string) => string): Promise<void> {
  const { url: databaseUrl, drop } = await testDatabase();
  const portal = await startPortal(databaseUrl, {
    ...settings,
    ...channels,
    DATA_DIR: `${process.cwd()}/.sallyport/hostile`,
  });
  setSettings({ ...settings, ...channels, APP_URL: portal.url, DATABASE_URL: databaseUrl });
  const db = openDatabase(databaseUrl, 2);
  const ctx = testContext({ db, clock: systemClock });
  try {
    const plain = { origins: [], servers: [], redirect: null, unmasked: false, demands: false, isDefault: true };
    await registerApp(ctx, { app: { id: "shop", name: "The shop", ...plain }, by: "hostile" });
    const doors = (await listDoors(ctx, { url: portal.url, actionId })).filter(({ name }) => name.includes(word));
    say(`${count} bodies at each door; how long somebody else waits for a page, in ms: half, 99 %, longest`);
    for (const door of doors) if (!(await isQuick(portal, door, count))) process.exitCode = 1;
  } finally {
    await db.$disconnect();
    await portal.stop();
    await drop();
  }
}

async function isQuick(portal: OwnPortal, door: Door, count: number): Promise<boolean> {
  await waitsBeside(portal, times(door.good, 20)); // the first of anything is slow
  for (let look = 1; ; look += 1) {
    const good = await waitsBeside(portal, times(door.good, count));
    const hostile = await waitsBeside(portal, times(door.hostile, count));
    const isFine = hostile.longest <= good.longest + mostLonger;
    const verdict = isFine ? "ok  " : look < looks ? "look" : "FAIL";
    say(`${verdict} ${door.name.padEnd(46)} good ${cells(good)}   hostile ${cells(hostile)}`);
    if (isFine || look === looks) return isFine;
  }
}

let visitors = 0;

/** The shots again and again, each from an address of its own: what a budget refuses would cost nothing. */
function* times(shots: readonly Shot[], count: number): Iterable<Shot> {
  for (let sent = 0; sent < count; sent += 1) {
    const shot = shots[sent % shots.length];
    if (shot === undefined) return;
    visitors += 1;
    const from = `10.${(visitors >> 16) & 255}.${(visitors >> 8) & 255}.${visitors & 255}`;
    yield { ...shot, headers: { "x-forwarded-for": from, ...shot.headers } };
  }
}

async function dearestOf(reader: Reader): Promise<Growth & { readonly text: string }> {
  let dearest = { once: 0, twice: 0, fourfold: 0, text: "" };
  for (const { name, make } of hostileTexts) {
    const growth = await growthOf(reader, make, 16_000);
    if (growth.fourfold > dearest.fourfold) dearest = { ...growth, text: name };
  }
  return dearest;
}

const readerLine = ({ name }: Reader, { once, twice, fourfold, text }: Growth & { readonly text: string }) =>
  `${name.padEnd(40)} ${[once, twice, fourfold].map((ms) => ms.toFixed(2).padStart(7)).join(" ")} ms at 16, 32, 64 kB (${text})`;

const cells = ({ half, most, longest }: Waits) =>
  [half, most, longest].map((ms) => ms.toFixed(1).padStart(6)).join(" ");

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
