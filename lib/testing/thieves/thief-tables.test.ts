import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { sendingSettings } from "@/lib/testing/letters";
import { openHouse } from "@/lib/testing/story";
import { setSettings } from "@/lib/testing/test-settings";
import { alike } from "@/lib/testing/thieves/columns";
import { comeBack, type WayBack } from "@/lib/testing/thieves/come-back";
import { deeds, waitingNames } from "@/lib/testing/thieves/deeds";
import { expectNothingLeft } from "@/lib/testing/thieves/nothing-left";
import { type Inside, playDeeds, playReturn, playWays, trusting, ways } from "@/lib/testing/thieves/plays";
import { isNoMore, nameOf, type Thing, thieves } from "@/lib/testing/thieves/scene";
import { markdownTable, withPart } from "@/lib/testing/written-parts";

const place = join(import.meta.dirname, "../../../docs/security/thieves.md");
const house = openHouse(sendingSettings);
afterEach(() => setSettings(sendingSettings));

const laptopAndCode: readonly Thing[] = ["the owner's unlocked laptop", "one code, phished"];
const isLaptopAndCode = (held: readonly Thing[]) => nameOf(held) === nameOf(laptopAndCode);

/** What was played, thief by thief: the rows of the tables. */
const byWay: string[][] = [];
const trusted: string[][] = [];
const inside = new Map<string, Inside["came"]>();
const backs = new Map<string, readonly string[]>();

describe.each(thieves.map((held) => ({ who: nameOf(held), held })))("a thief with $who", ({ who, held }) => {
  test("reaches no session alone by any way in, and none unheard", async () => {
    const reached = await playWays(house, held, { tried: ways });
    const isInside = (one: string) => /^a session|a new password/.test(one);
    if (held.length === 1) expect(reached.filter(isInside)).toEqual([]);
    expect(reached.filter((one) => isInside(one) && one.endsWith("nobody"))).toEqual([]);
    byWay.push([who, ...reached]);
  });

  test("is asked where browsers may be trusted, but in a copied one", async () => {
    if (!held.includes("the password")) return;
    setSettings({ ...sendingSettings, TRUST_DEVICES: "14" });
    trusted.push([who, ...(await playWays(house, held, trusting))]);
  });

  test("waits for every dangerous change; who may do nothing else locks the account, and its owner comes back", async () => {
    const played = await playDeeds(house, held);
    if (played === null) return;
    inside.set(who, played.came);
    expectWaits(held, played.came);
    const { scene } = played;
    if (!scene.isUnproven) return;
    const { way } = await comeBack(scene, { revertToken: null });
    await expectNothingLeft(scene);
    backs.set(who, [way, way]);
  });

  test.each([23, 71])("is gone when the owner reads of it after %i hours", async (hours) => {
    const mayMore = inside.has(who) && (backs.get(who) ?? []).length < 2;
    if (mayMore) backs.set(who, [...(backs.get(who) ?? []), await backAfter(held, hours)]);
  });
});

/** Only at the owner's laptop with a code of their app is a dangerous change done at once; whoever has a fresh proof elsewhere waits, and every address hears of it. */
function expectWaits(held: readonly Thing[], came: Inside["came"]): void {
  if (isLaptopAndCode(held)) return;
  const done = waitingNames.map((name) => [name, came[name]]);
  for (const [, outcome] of done)
    expect(outcome).toMatch(/^after (24|168) h · told: every address$|^asked for a proof$/);
  expect(came["own in its place"]).not.toMatch(/^at once/);
  if (nameOf(held) === "the password and one code, phished")
    expect(done.filter(([, outcome]) => outcome === "asked for a proof")).toEqual([]);
}

/** The way by which the owner is back who reads of it after so many hours. What waits a day is done by then, or it is not. */
async function backAfter(held: readonly Thing[], hours: number): Promise<WayBack> {
  const ended = await playReturn(house, held, hours);
  if (ended === null) throw new Error(`Whoever has ${nameOf(held)} is inside.`);
  await expectNothingLeft(ended.scene);
  if (isLaptopAndCode(held)) return ended.way;
  expect(ended.done > 0).toBe(hours > 24);
  if (hours < 24) expect(ended.way).toBe("a forgotten password");
  return ended.way;
}

test.each(thieves.filter(isNoMore).map((held) => ({ who: nameOf(held), held })))(
  "a thief with $who reaches what the better of both reaches alone, and is gone the same way",
  ({ who, held }) => {
    const rowOf = (name: string) => byWay.find(([one]) => one === name)?.slice(1);
    const played = (name: string) => [rowOf(name), inside.get(name), backs.get(name)];
    expect(held.map(played)).toContainEqual(played(who));
  },
);

test("docs/security/thieves.md says just that", async () => {
  const columns = alike(inside, Object.keys(deeds));
  const deedRows = Object.entries(deeds).map(([name, { words }]) => [
    words,
    ...columns.map(({ came }) => came[name] ?? ""),
  ]);
  const tables = [
    ["ways of thieves", ["a thief with", ...ways.map(({ head }) => head)], byWay],
    ["trust and thieves", ["a thief with", "login"], trusted],
    ["deeds of thieves", ["inside with", ...columns.map(({ who }) => who.join("; "))], deedRows],
    [
      "owners after thieves",
      ["after a thief with", "within a day", "after three days"],
      [...backs].map(([who, way]) => [who, ...way]),
    ],
  ] as const;
  const write = (page: string, [part, heads, rows]: (typeof tables)[number]) =>
    withPart(page, part, markdownTable(heads, rows));
  expect(byWay).toHaveLength(thieves.length);
  await expect(tables.reduce(write, readFileSync(place, "utf8"))).toMatchFileSnapshot(place);
});
