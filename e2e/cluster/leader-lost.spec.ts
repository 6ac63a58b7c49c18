import { loseLeaders } from "@/e2e/support/cluster/lose-leaders";
import { ways } from "@/e2e/support/cluster/losses";
import { expect, test } from "@/e2e/support/fixtures";

/** `npm run cluster:failover` asks. */
const { CLUSTER_KILLS, CLUSTER_WAYS = "", CLUSTER_RATE, CLUSTER_ASYNCHRONOUS } = process.env;
const [kills, rate, isSynchronous] = [Number(CLUSTER_KILLS), Number(CLUSTER_RATE), CLUSTER_ASYNCHRONOUS !== "1"];
/** Of the logins that are asked for each second, so many let in while a leader is there: with fewer, what was seen to hold held for hardly anybody. */
const least = rate / 2;
const asked = ways.filter((way) => CLUSTER_WAYS.split(",").includes(way));

test("the leader of a cluster is lost again and again: nobody is let in twice, nothing that was told is lost, the portals come back by themselves", async () => {
  test.setTimeout(kills * 300_000 + 600_000);
  const plan = { kills, ways: asked, rate, isSynchronous };
  const told = await loseLeaders(plan, (line) => void process.stdout.write(`${line}\n`));
  const { typed: _, mistakes, patience: __, databaseAway, portalsAway, ...counts } = told;
  const inSeconds = (all: readonly number[]) => all.map((away) => Math.round(away / 100) / 10);
  const figures = { ...counts, databaseAway: inSeconds(databaseAway), portalsAway: inSeconds(portalsAway) };
  process.stdout.write(`${JSON.stringify(figures)}\n`);
  for (const mistake of new Set(mistakes)) process.stdout.write(`${mistake}\n`);
  if (isSynchronous) expect(mistakes).toEqual([]);
  expect(told.perSecond, `of ${rate} logins a second that were asked for`).toBeGreaterThan(least);
  if (isSynchronous) expect(told.logins.in).toBeGreaterThan(told.begun * 0.95);
  expect(portalsAway).toHaveLength(kills);
  if (isSynchronous) expect(Math.max(...portalsAway)).toBeLessThan(30_000);
});
