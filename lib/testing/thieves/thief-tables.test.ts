import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { sha256 } from "@/lib/crypto/digest";
import { findLiveSession } from "@/lib/sessions/store";
import { sendingSettings } from "@/lib/testing/letters";
import { type House, knock, openHouse, refused } from "@/lib/testing/story";
import { setSettings } from "@/lib/testing/test-settings";
import { comeBack } from "@/lib/testing/thieves/come-back";
import { deeds, thiefsLabel, waitingNames } from "@/lib/testing/thieves/deeds";
import { type Ended, playDeeds, playReturn, playWays, trusting, ways } from "@/lib/testing/thieves/plays";
import { nameOf, type Scene, type Thing, thieves } from "@/lib/testing/thieves/scene";
import { markdownTable, withPart } from "@/lib/testing/written-parts";

const place = join(import.meta.dirname, "../../../docs/security/thieves.md");
/** Two, each with a clock of its own, because most of the time a play waits for its database. */
const houses = [openHouse(sendingSettings), openHouse(sendingSettings)] as const;
afterEach(() => setSettings(sendingSettings));

const laptopAndCode: readonly Thing[] = ["the owner's unlocked laptop", "one code, phished"];
const isLaptopAndCode = (held: readonly Thing[]) => nameOf(held) === nameOf(laptopAndCode);

/** The tables as the house let them be played, by the part of the document that each is. */
const played = new Map<string, string>();
/** Who came inside: where they could but lock the account, and did; and who could do more. */
const insiders: string[] = [];
const locked: Scene[] = [];
const dangerous: (readonly Thing[])[] = [];

const note = (part: string, heads: readonly string[], rows: readonly (readonly string[])[]) =>
  played.set(part, markdownTable(heads, rows));

/** How they came inside; where they could but lock the account, it stands alike for all who came so, and one owner comes back for all of them. */
const cameBy = (held: readonly Thing[]): Thing | undefined =>
  (["the owner's unlocked laptop", "the password", "the mailbox"] as const).find((one) => held.includes(one));

/** Plays all of these, one after the other in each house. Out: what came of them, in their order. */
async function playAll<G, T>(given: readonly G[], play: (house: House, one: G) => Promise<T>): Promise<T[]> {
  const came: { readonly at: number; readonly of: T }[] = [];
  const inHouse = async (house: House, first: number) => {
    for (let at = first; at < given.length; at += houses.length) {
      const one = given[at];
      if (one !== undefined) came.push({ at, of: await play(house, one) });
    }
  };
  await Promise.all(houses.map(inHouse));
  return came.sort((one, other) => one.at - other.at).map(({ of }) => of);
}

/** Thieves to whom everything comes alike, as one column: who they are, and what came of each deed. */
function alike(came: ReadonlyMap<string, Readonly<Record<string, string>>>) {
  const columns = new Map<string, { readonly who: string[]; readonly done: Readonly<Record<string, string>> }>();
  for (const [who, done] of came) {
    const key = JSON.stringify(done);
    const column = columns.get(key) ?? { who: [], done };
    columns.set(key, { ...column, who: [...column.who, who] });
  }
  return [...columns.values()];
}

describe("what each thief reaches, as the real code lets them:", () => {
  test("by each way in", async () => {
    const rows = await playAll(thieves, async (house, held) => [
      nameOf(held),
      ...(await playWays(house, held, { tried: ways })),
    ]);
    const alone = rows.slice(0, 6).flatMap(([, ...reached]) => reached);
    expect(alone.filter((one) => one.startsWith("a session") || one.includes("a new password"))).toEqual([]);
    const untold = rows.flat().filter((one) => /a session|a new password/.test(one) && one.endsWith("nobody"));
    expect(untold).toEqual([]);
    note("ways of thieves", ["a thief with", ...ways.map(({ head }) => head)], rows);
  });

  test("where browsers may be trusted", async () => {
    setSettings({ ...sendingSettings, TRUST_DEVICES: "14" });
    const those = thieves.filter((one) => one.includes("the password"));
    const rows = await playAll(those, async (house, held) => [
      nameOf(held),
      ...(await playWays(house, held, trusting)),
    ]);
    note("trust and thieves", ["a thief with", "login"], rows);
  });

  test("inside", async () => {
    const inside = await playAll(thieves, async (house, held) => ({ held, done: await playDeeds(house, held) }));
    const came = new Map<string, Readonly<Record<string, string>>>();
    for (const { held, done } of inside) {
      if (done === null) continue;
      came.set(nameOf(held), done.came);
      insiders.push(nameOf(held));
      if (done.scene.isUnproven) locked.push(done.scene);
      else dangerous.push(held);
    }
    for (const [who, done] of came) {
      if (who === nameOf(laptopAndCode)) continue;
      expect(waitingNames.filter((name) => done[name]?.startsWith("at once")).map((name) => [who, name])).toEqual([]);
      expect([who, done["own in its place"]?.startsWith("at once")]).toEqual([who, false]);
    }
    const phished = came.get("the password and one code, phished");
    for (const name of waitingNames)
      expect([name, phished?.[name]]).toEqual([
        name,
        expect.stringMatching(/^after (24|168) h · told: every address$/),
      ]);
    const columns = alike(came);
    const rows = Object.entries(deeds).map(([name, { words }]) => [
      words,
      ...columns.map(({ done }) => done[name] ?? ""),
    ]);
    note("deeds of thieves", ["inside with", ...columns.map(({ who }) => who.join("; "))], rows);
  });

  test("and that the owner comes back, and nothing of the thief's is left", async () => {
    const rows: string[][] = [];
    for (const scene of new Map(locked.map((one) => [cameBy(one.held), one])).values()) {
      const { way } = await comeBack(scene, { revertToken: null });
      await expectNothingLeft({ scene });
      for (const { held } of locked.filter((one) => cameBy(one.held) === cameBy(scene.held)))
        rows.push([nameOf(held), way, way]);
    }
    const returns = dangerous.flatMap((held) => [23, 71].map((after) => ({ held, after })));
    const ended = await playAll(returns, (house, { held, after }) => playReturn(house, held, after));
    for (const [at, held] of dangerous.entries()) {
      const [soon, late] = [ended[2 * at], ended[2 * at + 1]];
      if (!soon || !late) throw new Error(`Whoever has ${nameOf(held)} is inside.`);
      for (const one of [soon, late]) await expectNothingLeft(one);
      rows.push([nameOf(held), soon.way, late.way]);
      if (isLaptopAndCode(held)) continue;
      expect([nameOf(held), soon.way, soon.done]).toEqual([nameOf(held), "a forgotten password", 0]);
      expect([nameOf(held), late.done > 0]).toEqual([nameOf(held), true]);
    }
    expect(rows.map(([who]) => who).sort()).toEqual([...insiders].sort());
    expect(rows.filter(([, way]) => way !== "a forgotten password").map(([who]) => who)).toEqual([
      nameOf(laptopAndCode),
    ]);
    note("owners after thieves", ["after a thief with", "within a day", "after three days"], rows);
  });

  test("docs/security/thieves.md says just that", async () => {
    const page = [...played].reduce((text, [part, table]) => withPart(text, part, table), readFileSync(place, "utf8"));
    expect(played.size).toBe(4);
    await expect(page).toMatchFileSnapshot(place);
  });
});

/** No session, no password, no factor, no address of the thief's, and nothing of theirs that waits. */
async function expectNothingLeft({ scene }: Pick<Ended, "scene">): Promise<void> {
  const { house, owner, held, token, password } = scene;
  const { userId, email } = owner.person;
  const found = {
    session: token === null ? null : await findLiveSession(house.ctx, sha256(token)),
    password: password === null ? "login.wrong" : await refused(knock(house.stranger(), { ...owner.person, password })),
    factors: await house.db.factor.count({ where: { userId, label: thiefsLabel } }),
    waits: await house.db.pendingChange.count({ where: { userId, state: "WAITING" } }),
    email: (await house.db.user.findUniqueOrThrow({ where: { id: userId } })).email,
  };
  const nothing = { session: null, password: "login.wrong", factors: 0, waits: 0, email };
  expect([nameOf(held), found]).toEqual([nameOf(held), nothing]);
}
