import { answerChallenge } from "@/lib/challenge/answer-challenge";
import type { Pass } from "@/lib/challenge/challenge";
import { claimLogin } from "@/lib/challenge/claim-login";
import { prepareAnswer } from "@/lib/challenge/prepare-answer";
import type { Ctx } from "@/lib/context/context";
import { minutes } from "@/lib/kernel/duration";
import { openReset } from "@/lib/resets/open-reset";
import { setNewPassword } from "@/lib/resets/set-new-password";
import { lastCode } from "@/lib/testing/letters";
import { signInWith, withPasskey } from "@/lib/testing/passkeys";
import { forget, lookUp } from "@/lib/testing/resets";
import type { SoftwareKey } from "@/lib/testing/software-key";
import { type House, knock } from "@/lib/testing/story";
import {
  makePerson,
  openSessionFor,
  type TestApp,
  type TestPerson,
  testContext,
  withAddress,
  withRecoveryCodes,
  withTotp,
} from "@/lib/testing/test-context";
import { unlessRefused } from "@/lib/testing/thieves/answers";
import { someNumber, tokenOf } from "@/lib/testing/thieves/owner";
import { bucketKey } from "@/lib/throttle/bucket";
import { consumeAddress } from "@/lib/throttle/consume-address";
import { askForUnlock } from "@/lib/unlocks/ask-for-unlock";
import { openUnlockByLink } from "@/lib/unlocks/open-unlock";

/** Somebody with an app, a passkey, a number, codes on paper and one known device; `at`: the network that they are in. */
export type Besieged = {
  readonly house: House;
  readonly person: TestPerson;
  readonly app: TestApp;
  readonly paper: readonly string[];
  readonly key: SoftwareKey;
  readonly deviceToken: string | null;
  readonly at: Ctx;
};

const networks = { of: 0 };

export async function besieged(house: House): Promise<Besieged> {
  const person = await makePerson(house.ctx);
  const app = await withTotp(house.ctx, person);
  const key = await withPasskey(house.ctx, person);
  await withAddress(house.ctx, person, "sms", someNumber());
  const paper = await withRecoveryCodes(house.ctx, person);
  const { deviceToken } = await openSessionFor(house.ctx, person);
  networks.of += 1;
  const at = testContext({ db: house.db, clock: house.clock, ip: `172.16.${networks.of}.7` });
  await house.db.letter.deleteMany();
  return { house, person, app, paper, key, deviceToken, at };
}

const wrong = { password: "not the password at all" };

async function guess({ house, person }: Besieged): Promise<void> {
  for (let time = 0; time < 5; time += 1) await unlessRefused(() => knock(house.stranger(), person, wrong));
}

/** As after days of it, when no wait runs. */
async function ninety({ house, person }: Besieged): Promise<void> {
  await house.db.user.update({ where: { id: person.userId }, data: { passwordFailures: 90 }, select: { id: true } });
}

async function closeApp({ house, person }: Besieged): Promise<void> {
  const [key, now] = [bucketKey("factor.totp", person.userId), house.clock.now()];
  await house.db.bucket.create({ data: { key, fails: 0, orphans: 90, windowStart: now, updatedAt: now } });
}

/** Somebody in the owner's own network tries, whatever they type: what that takes of the network's logins. */
async function fillNetwork({ at }: Besieged): Promise<void> {
  for (let time = 0; time < 31; time += 1) await unlessRefused(() => consumeAddress(at));
}

/** What strangers can do to keep an owner out. */
export const attacks: readonly (readonly [words: string, strike: (on: Besieged) => Promise<void>])[] = [
  ["guess at the password, until everybody waits", guess],
  ["have guessed ninety times in a row: it is closed to strangers", ninety],
  ["have given ninety wrong codes: the app is closed to strangers", closeApp],
  ["use up the logins of the owner's network", fillNetwork],
  [
    "all of it at once",
    async (on) => {
      await guess(on);
      await ninety(on);
      await closeApp(on);
      await fillNetwork(on);
    },
  ],
];

export const isIn = "in";
const isOut = "no";
const isLater = "a new password; in when the network has room";
const isInLater = "in when the network has room";

/** By what an owner goes in; the last is what is left to whoever has none of the five. */
export const doors: readonly (readonly [words: string, enter: (one: Besieged) => Promise<string>])[] = [
  ["a known device, and the app", async (one) => goOn(one, { deviceToken: one.deviceToken }, byApp)],
  ["a letter past the wait, and a code from paper", async (one) => goOn(one, await unlocked(one), byPaper)],
  ["the same, and another factor", async (one) => goOn(one, await unlocked(one), byMessage)],
  ["a forgotten password, and a code from paper", chooseAnew],
  ["a passkey alone, in a new browser", signIn],
  ["none of these: the app, in a new browser", async (one) => goOn(one, {}, byApp)],
];

type Second = (one: Besieged, pass: Pass) => Promise<unknown>;
type First = { readonly deviceToken?: string | null; readonly unlockToken?: string; readonly pass?: Pass };

/** Both doors: they are in, or something made them wait or turned them away. */
async function goOn(one: Besieged, first: First, second: Second): Promise<string> {
  const opened = await unlessRefused(async () => {
    const { pass, next } = await knock(one.at, one.person, first);
    if (next === "answer") await second(one, pass);
    return claimLogin(one.at, pass);
  });
  return opened === null ? isOut : isIn;
}

const byApp: Second = ({ at, app, house }, pass) =>
  answerChallenge(at, { pass, kind: "totp", answer: { code: app.codeAt(house.clock.now()) }, sessionId: null });

const byPaper: Second = ({ at, paper }, pass) =>
  answerChallenge(at, { pass, kind: "recovery", answer: { code: paper[0] ?? "" }, sessionId: null });

const byMessage: Second = async ({ at, house, person }, pass) => {
  await prepareAnswer(at, { pass, kind: "sms", factorId: null, sessionId: null });
  const answer = { code: await lastCode(house.ctx, person.userId) };
  return answerChallenge(at, { pass, kind: "sms", answer, sessionId: null });
};

async function unlocked({ house, person, at }: Besieged): Promise<First> {
  await askForUnlock(at, { identifier: person.email });
  await lookUp(house);
  const token = await tokenOf(house, person, "unlock");
  return token === null ? {} : { unlockToken: await openUnlockByLink(at, { token }) };
}

/** Nobody guesses at it, so nothing that strangers do closes it; answers are counted at their address as logins are. */
async function signIn({ at, key, house }: Besieged): Promise<string> {
  const enter = () => unlessRefused(async () => claimLogin(at, (await signInWith(at, key)).pass));
  if ((await enter()) !== null) return isIn;
  house.clock.move(minutes(5));
  return (await enter()) === null ? isOut : isInLater;
}

async function chooseAnew(one: Besieged): Promise<string> {
  const { house, person, at } = one;
  const password = "nine slow ferries to nowhere";
  await forget(house, person.email);
  const token = (await tokenOf(house, person, "reset-password")) ?? "";
  const pass = await unlessRefused(async () => {
    const { pass: begun } = await openReset(at, { token, deviceToken: null });
    await byPaper(one, begun);
    await setNewPassword(at, { pass: begun, password, remove: [] });
    return begun;
  });
  if (pass === null) return isOut;
  const came = await goOn({ ...one, person: { ...person, password } }, { pass }, async () => null);
  return came === isIn ? came : isLater;
}
