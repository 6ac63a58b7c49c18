import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { sendingSettings } from "@/lib/testing/letters";
import { openHouse } from "@/lib/testing/story";
import { alike } from "@/lib/testing/thieves/columns";
import { comeBack } from "@/lib/testing/thieves/come-back";
import { deedsBesideKeys } from "@/lib/testing/thieves/deeds";
import { expectNothingLeft } from "@/lib/testing/thieves/nothing-left";
import { anOwner, whoIsTold } from "@/lib/testing/thieves/owner";
import { type Inside, type Move, playDeeds, playReturn, sceneWith } from "@/lib/testing/thieves/plays";
import { keyThings, nameOf, type Scene, type Thing } from "@/lib/testing/thieves/scene";
import { logIn, outcomes, raiseAlarm, resetPassword, signIn } from "@/lib/testing/thieves/ways-in";
import { markdownTable, withPart } from "@/lib/testing/written-parts";

const place = join(import.meta.dirname, "../../../docs/security/passkeys.md");
const house = openHouse({ ...sendingSettings, SECOND_FACTOR_KINDS: "passkey,totp,sms,email" });
const move: Move = (of) => anOwner(of, { hasKeys: true });

const [bare, withPin, theirOwn, made] = keyThings;
const [nothing, session] = [/^nothing$/, /^a session · told: the mailbox$/];
const asked = /^the second step, and no further · told: the mailbox$/;
const byWay: string[][] = [];
const ended: string[][] = [];

/** What a way in comes to, and who hears of it. */
async function told(scene: Scene, way: (scene: Scene) => Promise<string>): Promise<string> {
  await house.db.letter.deleteMany();
  const outcome = await way(scene);
  return outcome === outcomes.nothing ? outcome : `${outcome} · told: ${await whoIsTold(house, scene.owner)}`;
}

describe.each<{ readonly who: string; readonly held: readonly Thing[]; readonly reached: readonly RegExp[] }>(
  [
    { held: [bare], reached: [nothing, nothing, nothing] },
    { held: [theirOwn], reached: [session, nothing, nothing] },
    { held: [withPin], reached: [session, nothing, nothing] },
    { held: [made], reached: [nothing, nothing, nothing] },
    { held: ["the password", bare] as const, reached: [nothing, session, nothing] },
    { held: ["the password", made] as const, reached: [nothing, session, nothing] },
    { held: ["the mailbox", bare] as const, reached: [nothing, nothing, /^a new password · told: every address$/] },
    { held: ["the mailbox", made] as const, reached: [nothing, nothing, asked] },
  ].map((one) => ({ ...one, who: nameOf(one.held) })),
)("a thief with $who", ({ who, held, reached }) => {
  test("is in by a passkey alone where that is both factors, else by both of them", async () => {
    const scene = await sceneWith(house, await move(house), held);
    const cells = [await told(scene, signIn), await told(scene, logIn), await told(scene, resetPassword)];
    expect(cells).toEqual(reached.map((one) => expect.stringMatching(one)));
    byWay.push([who, ...cells]);
  });

  test("opens nothing by it from the owner's alarm on, and after the new password only what the owner kept", async () => {
    if (held.length > 1) return;
    const scene = await sceneWith(house, await move(house), held);
    await signIn(scene);
    await raiseAlarm(scene);
    const closed = await told(scene, signIn);
    await comeBack(scene, { revertToken: null });
    if (held.includes(theirOwn)) await expectNothingLeft(scene);
    ended.push([who, closed, await told(scene, signIn)]);
    expect(closed).toBe(outcomes.nothing);
    expect(ended.at(-1)?.[2]).toMatch(held.includes(withPin) ? session : nothing);
  });
});

const inside = new Map<string, Inside["came"]>();
const names = Object.keys(deedsBesideKeys);
const asOwner = "the owner's unlocked laptop and one code, phished: as an owner who lost the passkey";
const waits = /^after 24 h · told: every address$/;

describe.each<{ readonly who: string; readonly held: readonly Thing[] }>([
  { held: ["the password", bare], who: `the password and ${bare}` },
  { held: [theirOwn], who: theirOwn },
  { held: ["the password", "one code, phished"], who: "the password and one code, phished" },
  { held: ["the owner's unlocked laptop", "one code, phished"], who: asOwner },
  { held: ["the owner's unlocked laptop", bare], who: `the owner's unlocked laptop and ${bare}` },
])("inside with $who", ({ who, held }) => {
  test("what is dangerous waits but at the owner's laptop with a key of theirs; a code of the app hands on nothing", async () => {
    const played = await playDeeds(house, held, { move, names });
    const came: Inside["came"] = played?.came ?? {};
    inside.set(who, came);
    const isAtOnce = held.includes("the owner's unlocked laptop") && held.includes(bare);
    expect(came["factor.remove"]).toMatch(waits);
    for (const name of ["email.change", "data.download"]) expect(came[name]).toMatch(isAtOnce ? /^at once/ : waits);
    for (const name of ["own passkey", "new codes", "password"])
      if (held.includes("one code, phished")) expect(came[name]).toBe("asked for a proof");
  });
});

test("at the owner's unlocked laptop a passkey that its browser made proves nothing, whatever is asked for", async () => {
  const held: readonly Thing[] = ["the owner's unlocked laptop", made];
  const played = await playDeeds(house, held, { move, names });
  inside.set(nameOf(held), played?.came ?? {});
  for (const name of names.filter((name) => name !== "lock"))
    expect([name, played?.came[name]]).toEqual([name, expect.stringMatching(/^asked for /)]);
});

const backs: string[][] = [];

test.each([23, 71])("the owner who reads of a thief's own passkey after %i hours ends it", async (after) => {
  const play = await playReturn(house, ["the password", bare], after, { hasKeys: true });
  if (play === null) throw new Error("Whoever has the password and a key is inside.");
  expect(play.scene.key).not.toBe(play.scene.owner.keys?.bare);
  await expectNothingLeft(play.scene);
  backs.push([after < 24 ? "within a day" : "after three days", play.way]);
});

test("docs/security/passkeys.md says just that", async () => {
  const columns = alike(inside, names);
  const deedRows = names.map((name) => [
    deedsBesideKeys[name]?.words ?? "",
    ...columns.map(({ came }) => came[name] ?? ""),
  ]);
  const ways = ["the passkey alone", "the password, then the passkey", "a forgotten password, then the passkey"];
  const tables = [
    ["ways with passkeys", ["a thief with", ...ways], byWay],
    ["passkeys after an alarm", ["a thief with", "after the owner's alarm", "after the owner's new password"], ended],
    ["deeds beside passkeys", ["inside with", ...columns.map(({ who }) => who.join("; "))], deedRows],
    ["owners after passkeys", ["the owner reads of it", "and is back by"], backs],
  ] as const;
  const write = (page: string, [part, heads, rows]: (typeof tables)[number]) =>
    withPart(page, part, markdownTable(heads, rows));
  expect([byWay.length, ended.length, inside.size]).toEqual([8, 4, 6]);
  await expect(tables.reduce(write, readFileSync(place, "utf8"))).toMatchFileSnapshot(place);
});
