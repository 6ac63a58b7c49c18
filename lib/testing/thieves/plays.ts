import { ensure } from "@/lib/kernel/assert";
import { hours, seconds } from "@/lib/kernel/duration";
import { beginWaits } from "@/lib/pending/begin-waits";
import { doDue } from "@/lib/pending/do-due";
import { strictly } from "@/lib/pending/pending.kit";
import type { House } from "@/lib/testing/story";
import { comeBack, type WayBack } from "@/lib/testing/thieves/come-back";
import { type Came, deeds, doIt } from "@/lib/testing/thieves/deeds";
import { anOwner, moveInOwners, type Owner, tokenIn, whoIsTold } from "@/lib/testing/thieves/owner";
import { keyThings, type Scene, sceneOf, type Thing } from "@/lib/testing/thieves/scene";
import {
  logIn,
  logInTrusted,
  outcomes,
  pressAlarm,
  pressRevert,
  resetPassword,
  signIn,
  unlock,
} from "@/lib/testing/thieves/ways-in";

/** A way in that is tried, and the thing without which there is nothing to type or to read there. */
type Way = { readonly head: string; readonly needs: Thing; readonly play: (scene: Scene) => Promise<string> };

/** Whose account it is that they come to. */
export type Move = (house: House) => Promise<Owner>;

/** A scene in which whoever has a passkey of their own has bound it: with the owner's password and key, inside. */
export async function sceneWith(house: House, owner: Owner, held: readonly Thing[]): Promise<Scene> {
  const scene = sceneOf(house, owner, held);
  if (!held.includes(keyThings[2])) return scene;
  const before = sceneOf(house, owner, ["the password", keyThings[0]]);
  await logIn(before);
  ensure((await doIt(before, "own passkey")) === "at once", "they had the strongest proof");
  scene.key = before.key;
  return scene;
}

export const ways: readonly Way[] = [
  { head: "login", needs: "the password", play: logIn },
  { head: "a forgotten password", needs: "the mailbox", play: resetPassword },
  { head: "a letter past a wait", needs: "the mailbox", play: unlock },
  { head: "“This was not me” in a letter", needs: "the mailbox", play: pressAlarm },
  { head: "a moved address taken back", needs: "the mailbox", play: pressRevert },
];

/** The same door where browsers may be trusted, and the owner of this one trusts the laptop's. */
export const trusting = {
  tried: [{ head: "login", needs: "the password", play: logInTrusted }],
  move: (house: House) => newOwner(house, { trusts: true }),
} as const;

/** Who has just moved in: for plays that last for days. */
async function newOwner(
  house: House,
  wishes: { readonly trusts?: boolean; readonly hasKeys?: boolean } = {},
): Promise<Owner> {
  const [owner] = await moveInOwners(house, wishes);
  ensure(owner, "one has moved in");
  return owner;
}

/** What a thief reaches by each of these ways in, and which addresses of the owner's hear of it. Whatever changed the account is followed by another owner. */
export async function playWays(
  house: House,
  held: readonly Thing[],
  { tried, move = anOwner }: { readonly tried: readonly Way[]; readonly move?: Move },
): Promise<string[]> {
  const reached: string[] = [];
  let scene: Scene | null = null;
  for (const { needs, play } of tried) {
    if (!held.includes(needs)) {
      reached.push(outcomes.nothing);
      continue;
    }
    scene ??= sceneOf(house, await move(house), held);
    await house.db.letter.deleteMany();
    const outcome = await play(scene);
    reached.push(`${outcome} · told: ${await whoIsTold(house, scene.owner)}`);
    if (outcome !== outcomes.asked && outcome !== outcomes.tries) scene = null;
  }
  return reached;
}

/** Their best way into a session: the one that is open, else the front door, else a forgotten password. Null: none. */
export async function goInside(house: House, held: readonly Thing[], move: Move = anOwner): Promise<Scene | null> {
  const isWorthTrying = held.some((one) => ["the password", "the mailbox", ...keyThings].includes(one));
  const hasLaptop = held.includes("the owner's unlocked laptop");
  if (!isWorthTrying && !hasLaptop) return null;
  const scene = await sceneWith(house, await move(house), held);
  if (!hasLaptop) await logIn(scene);
  if (scene.token === null) await signIn(scene);
  if (scene.token === null) await resetPassword(scene);
  return scene.token === null ? null : scene;
}

/** Done last on an owner, and the next deed is done to another one: they leave nothing as it was. */
const leavesNothing = ["lock", "factor.remove", "own in its place"];
const inTurn = (names: readonly string[]) => [
  ...names.filter((name) => !leavesNothing.includes(name)),
  ...leavesNothing.filter((name) => names.includes(name)),
];

type Doing = { readonly names?: readonly string[]; readonly move?: Move };

/** What came of each deed, by its name; and the scene as it was left. */
export type Inside = { readonly came: Readonly<Record<string, string>>; readonly scene: Scene };

/** Every deed of a thief who is inside. Null: they never are. */
export async function playDeeds(
  house: House,
  held: readonly Thing[],
  { names = Object.keys(deeds), move = anOwner }: Doing = {},
): Promise<Inside | null> {
  let scene = await goInside(house, held, move);
  if (scene === null) return null;
  const came: Record<string, string> = {};
  let isSpent = false;
  for (const name of inTurn(names)) {
    if (isSpent) scene = (await goInside(house, held, move)) ?? scene;
    await house.db.letter.deleteMany();
    await house.db.bucket.deleteMany(); // each as if it was the first of its day, for those who are told too
    const outcome = await doIt(scene, name);
    came[name] = changes(outcome) ? `${outcome} · told: ${await whoIsTold(house, scene.owner)}` : outcome;
    isSpent = changes(outcome) && leavesNothing.includes(name) && !scene.isUnproven;
  }
  return { came, scene };
}

const changes = (outcome: Came): boolean => outcome === "at once" || outcome.startsWith("after");

/** As if all letters had left: each wait that was asked for begins to count, one second after the one before, so that what is due is done in that order. */
async function letCount({ ctx, clock, db }: House): Promise<void> {
  await db.letter.updateMany({ where: { sentAt: null }, data: { sentAt: ctx.now } });
  clock.move(seconds(1));
  await beginWaits(ctx, strictly);
}

/**
 * The worst of all deeds together: what takes the account over, and the data. Whoever has the laptop begins with what is done at once there, the factors last, with which the
 * proof for the rest goes; elsewhere a new password would end what waits, so it comes before. Out: what the old mailbox got to take a moved address back with, if it did.
 */
async function doTheirWorst(scene: Scene): Promise<string | null> {
  let revertToken: string | null = null;
  const onTop = ["own factor", ...(scene.owner.keys ? ["own passkey"] : []), "new codes", "password"];
  const wait = ["email.change", "data.download", "factor.remove"];
  const hasLaptop = scene.held.includes("the owner's unlocked laptop");
  const inOrder = hasLaptop ? [...wait, ...onTop] : [...onTop, ...wait];
  for (const name of inOrder) {
    if (!changes(await doIt(scene, name))) continue;
    revertToken ??= await tokenIn(scene.house, scene.owner, "revert");
    await letCount(scene.house);
  }
  return revertToken;
}

/** How it ended: the owner's way back, and how much of what waited was done before. */
export type Ended = { readonly way: WayBack; readonly done: number; readonly scene: Scene };

/** A thief does their worst, and the owner reads of it after so many hours and comes back. */
export async function playReturn(
  house: House,
  held: readonly Thing[],
  after: number,
  wishes: { readonly hasKeys?: boolean } = {},
): Promise<Ended | null> {
  const scene = await goInside(house, held, () => newOwner(house, wishes));
  if (scene === null) return null;
  const early = await doTheirWorst(scene);
  house.clock.move(hours(Math.min(after, 25)));
  await doDue(house.ctx, strictly);
  const { userId } = scene.owner.person;
  const done = await house.db.pendingChange.count({ where: { userId, state: "DONE" } });
  const revertToken = early ?? (await tokenIn(house, scene.owner, "revert"));
  house.clock.move(hours(Math.max(after - 25, 0)));
  const { way } = await comeBack(scene, { revertToken });
  return { way, done, scene };
}
