import { openDatabase } from "@/lib/db/client";
import { sendingSettings } from "@/lib/testing/letters";
import { attack } from "@/lib/testing/pumping/attack";
import { exceeded, type Figure, figuresOf, listSent } from "@/lib/testing/pumping/budgets";
import { drain, ownerOfAKnownDevice, ownersNobodyKnows, type Promised } from "@/lib/testing/pumping/owners";
import { buildTown } from "@/lib/testing/pumping/town";
import { monday } from "@/lib/testing/test-context";
import { startTestServer, testDatabase } from "@/lib/testing/test-database";
import { setSettings } from "@/lib/testing/test-settings";

/** In a narrow house the day's budget ends the pumping; in a wide one the other budgets have to. */
const houses = [
  { name: "a house with 500 messages a day", perDay: 500 },
  { name: "a house whose day has no end", perDay: 1_000_000 },
] as const;

/** How one attack ended. `mistakes` is empty when every budget held and every promise to owners was kept. */
export type Pumped = {
  readonly requests: number;
  readonly sent: number;
  readonly refusals: ReadonlyMap<string, number>;
  readonly figures: readonly Figure[];
  readonly promises: readonly Promised[];
  readonly mistakes: readonly string[];
};

/** `npm run pumping`: so many requests, half of them against each house. Says each figure beside its limit; exit code 1 on any mistake. Out: what was asked wrongly, in a sentence; null: nothing. */
export async function main(args: readonly string[]): Promise<string | null> {
  const requests = Number(args[0] ?? 10_000);
  if (!Number.isInteger(requests) || requests < 100 || requests > 100_000)
    return "Give a number of requests between 100 and 100000.";
  const server = process.env.TEST_SERVER_URL === undefined ? await startTestServer() : null;
  let mistakes = 0;
  try {
    for (const { name, perDay } of houses) {
      const begun = performance.now();
      const pumped = await pump(Math.ceil(requests / houses.length), perDay);
      process.stdout.write(`\n${inWords(pumped, name, (performance.now() - begun) / 1000)}\n`);
      mistakes += pumped.mistakes.length;
    }
  } finally {
    await server?.stop();
  }
  process.exitCode = mistakes === 0 ? 0 : 1;
  return null;
}

/** One day of an attack on a house of its own. Needs a running test server. */
export async function pump(requests: number, perDay: number): Promise<Pumped> {
  setSettings({ ...sendingSettings, SMS_PER_DAY: String(perDay) });
  const { url, drop } = await testDatabase();
  const db = openDatabase(url, 16);
  try {
    const town = await buildTown(db, monday);
    const { sent, refusals, faults } = await attack(town, requests);
    const promises = [...(await ownersNobodyKnows(town))];
    const yes = sent + promises.filter(({ isKept }) => isKept).length + (await drain(town));
    const messages = await listSent(town);
    const figures = figuresOf(messages, town.begins);
    promises.push(...(await ownerOfAKnownDevice(town)));
    const broken = promises.filter(({ isKept }) => !isKept).map(({ what, found }) => `${what}: ${found}`);
    const claims = messages.filter(({ to, isBound }) => to === town.claimed.number && !isBound).length;
    const mistakes = [...faults, ...exceeded(messages, figures), ...broken];
    if (messages.length !== yes) mistakes.push(`${messages.length} messages, but ${yes} times yes`);
    if (claims === 0) mistakes.push("nobody claimed the owner's number");
    return { requests, sent, refusals, figures, promises, mistakes };
  } finally {
    await db.$disconnect();
    await drop();
  }
}

function inWords({ requests, sent, refusals, figures, promises, mistakes }: Pumped, name: string, seconds: number) {
  const refused = [...refusals].sort(([, one], [, other]) => other - one).map(([id, count]) => `${id} ${count}`);
  return [
    `${name}: ${requests} requests in one day, ${sent} messages, ${seconds.toFixed(0)} s`,
    `    refused: ${refused.join(", ")}`,
    "    budget                       limit    most   subjects  at the limit",
    ...figures.map(
      ({ name: budget, limit, most, subjects, full }) =>
        `${most > limit ? "BAD" : "ok "} ${budget.padEnd(28)}${cell(limit, 6)}${cell(most, 8)}${cell(subjects, 11)}${cell(full, 14)}`,
    ),
    ...promises.map(({ what, found, isKept }) => `${isKept ? "ok " : "BAD"} ${what} (${found})`),
    ...mistakes.map((mistake) => `BAD ${mistake}`),
  ].join("\n");
}

const cell = (value: number, width: number) => String(value).padStart(width);
