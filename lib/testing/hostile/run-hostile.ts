import type { Ctx } from "@/lib/context/context";
import { openDatabase } from "@/lib/db/client";
import { systemClock } from "@/lib/kernel/clock";
import { registerApp } from "@/lib/operator/register-app";
import { appId } from "@/lib/testing/hostile/api-doors";
import { compare, type Toll } from "@/lib/testing/hostile/compare";
import type { Door } from "@/lib/testing/hostile/door";
import { listDoors } from "@/lib/testing/hostile/doors";
import { type Growth, growthOf, type Reader } from "@/lib/testing/hostile/growth";
import { type OwnPortal, startPortal } from "@/lib/testing/hostile/own-portal";
import { readers } from "@/lib/testing/hostile/readers";
import { hostileTexts } from "@/lib/testing/hostile/texts";
import { testContext } from "@/lib/testing/test-context";
import { startTestServer, testDatabase } from "@/lib/testing/test-database";
import { setSettings, testSettings } from "@/lib/testing/test-settings";

/** A machine has other things to do: what was slow is asked again, so often in all. */
const looks = 3;

const settings = {
  ...testSettings,
  TRUSTED_PROXIES: "127.0.0.0/8,::1",
  SECOND_FACTOR_KINDS: "passkey,totp,sms,email",
  DEV_TOOLS: "true",
};
const channels = {
  REGISTRATION: "open",
  MAIL_CHANNEL: "mailbox",
  SMS_CHANNEL: "mailbox",
  SMS_COUNTRIES: "US",
  PHONE_REGION: "US",
};

/**
 * `npm run hostile`: so many hostile bodies at each door whose name has the word in it, and how long somebody else waits meanwhile, beside as many
 * good ones; before that, what each reader's dearest text costs at n, 2n and 4n. Exit code 1 when somebody waited too long. Out: what was
 * asked wrongly, in a sentence; null: nothing.
 */
export async function main(args: readonly string[], actionId: (name: string) => string): Promise<string | null> {
  const [count = 1_000, word = ""] = [args[0] === undefined ? undefined : Number(args[0]), args[1]];
  if (!Number.isInteger(count) || count < 10 || count > 100_000) return "Give a number of bodies from 10 to 100000.";
  setSettings();
  if (word === "") for (const reader of readers) say(readerLine(reader, await dearestOf(reader)));
  const server = await startTestServer();
  try {
    return await atThePortal(count, word, actionId);
  } finally {
    await server.stop();
  }
}

async function atThePortal(count: number, word: string, actionId: (name: string) => string): Promise<string | null> {
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
    await registerApp(ctx, { app: { id: appId, name: "The shop", ...plain }, by: "hostile" });
    const all = listDoors({ root: process.cwd(), url: portal.url, actionId });
    const doors = all.filter(({ name }) => name.includes(word));
    if (doors.length === 0)
      return `No door has "${word}" in its name. There are: ${all.map(({ name }) => name).join(", ")}.`;
    say(head(count));
    for (const door of doors) if (!(await isQuick(portal, ctx, door, count))) process.exitCode = 1;
    return null;
  } finally {
    await db.$disconnect();
    await portal.stop();
    await drop();
  }
}

async function isQuick(portal: OwnPortal, ctx: Ctx, door: Door, count: number): Promise<boolean> {
  for (let look = 1; ; look += 1) {
    const { good, hostile, isFine, suspects, slow } = await compare(portal, await door.open(ctx), count);
    const verdict = isFine ? "ok  " : look < looks ? "look" : "FAIL";
    const again = suspects.length === 0 ? "" : `   long beside: ${suspects.join("; ")}; slow again: ${slow ?? "none"}`;
    say(`${verdict} ${door.name.padEnd(46)} good ${cells(good)}   hostile ${cells(hostile)}${again}`);
    if (isFine || look === looks) return isFine;
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

const head = (count: number) =>
  `${count} good and ${count} hostile bodies at each door, by turns. How long somebody else waited for a page, in ms: half, 99 %, longest; and how long the portal's thread worked at one go`;

const cells = ({ half, most, longest, held }: Toll) =>
  [half, most, longest, held].map((ms) => (ms?.toFixed(1) ?? "?").padStart(6)).join(" ");

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
