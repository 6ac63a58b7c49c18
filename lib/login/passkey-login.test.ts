import { expect, test } from "vitest";
import { claimLogin } from "@/lib/challenge/claim-login";
import { config } from "@/lib/config/config";
import { optionsOfSignIn } from "@/lib/factors/passkey/sign-in";
import { minutes, seconds } from "@/lib/kernel/duration";
import { logInWithPasskey } from "@/lib/login/log-in-with-passkey";
import { newChallenge } from "@/lib/login/sign-in/challenge";
import { sweep } from "@/lib/sweep/sweep";
import { passkeySettings, signInWith, someBrowser, withPasskey } from "@/lib/testing/passkeys";
import type { Make, Manners, SoftwareKey } from "@/lib/testing/software-key";
import { eventNames, openHouse, refused } from "@/lib/testing/story";
import { makePerson, openSessionFor, type TestPerson, withTotp } from "@/lib/testing/test-context";
import { setSettings } from "@/lib/testing/test-settings";

const house = openHouse(passkeySettings);
const browser = someBrowser;

async function owner(
  make: Make = {},
): Promise<{ readonly person: TestPerson; readonly key: SoftwareKey & { readonly factorId: string } }> {
  const person = await makePerson(house.ctx);
  return { person, key: await withPasskey(house.ctx, person, make) };
}

test.each([
  [{}, []], // nothing but an attestation could tell that it is kept in hardware
  [{ isSynced: true, counts: false }, ["swk"]],
] as const)(
  "a passkey %j is both doors: one answer, and the session says what it was proven with, and nothing that nobody knows",
  async (make, kept) => {
    const { person, key } = await owner(make);
    await withTotp(house.ctx, person); // nothing more is asked
    const { next, pass, userId } = await signInWith(house.stranger(), key);
    expect([next, userId]).toEqual(["claim", person.userId]);
    const opened = await claimLogin(house.ctx, pass);
    const row = await house.db.session.findUnique({ where: { id: opened?.sessionId ?? "" } });
    expect(row).toMatchObject({ aal: 2, provenWith: "passkey", amr: [...kept, "user", "mfa", "pop"] });
    expect(opened?.deviceToken).not.toBeNull();
    expect(await eventNames(house.ctx, person.userId)).toContain("login.passkey_accepted");
  },
);

test.each<readonly [string, Parameters<typeof signInWith>[2], string]>([
  ["without its person verified", { manners: { verified: false } }, "passkey.unverified"],
  ["that names nobody", { manners: { userHandle: null } }, "passkey.wrong"],
  ["that names somebody else", { manners: { userHandle: "c29tZWJvZHkgZWxzZQ" } }, "passkey.wrong"],
  ["of another origin", { manners: { origin: "https://evil.example" } }, "passkey.wrong"],
  ["whose signature has one bit turned", { manners: { isForged: true } }, "passkey.wrong"],
  ["from a frame in somebody else's page", { manners: { crossOrigin: true } }, "passkey.wrong"],
  ["of a credential that nobody has", { manners: { id: "bm9ib2R5cw" } }, "passkey.unknown"],
  ["to a challenge that was made up", { challenge: "bWFkZSB1cA" }, "passkey.late"],
  ["in a browser that was handed no challenge", { browser: null }, "passkey.late"],
  ["in another browser", { browser: "another one" }, "passkey.late"],
])("an answer %s opens nothing", async (_, way, sentence) => {
  const { key } = await owner();
  expect(await refused(signInWith(house.stranger(), key, way))).toBe(sentence);
});

test.each<readonly [string, Manners, string]>([
  ["forged", { isForged: true }, "passkey.wrong"],
  ["of somebody else's handle", { userHandle: "c29tZWJvZHkgZWxzZQ" }, "passkey.wrong"],
  ["without its person verified", { verified: false }, "passkey.unverified"],
])("an answer that is %s costs its owner nothing, and is told once", async (_, manners, reason) => {
  const { person, key } = await owner();
  const where = { id: person.userId };
  const held = () =>
    house.db.user.findUniqueOrThrow({ where, include: { factors: true, sessions: true, challenges: true } });
  const before = await held();
  expect(await refused(signInWith(house.stranger(), key, { manners }))).toBe(reason);
  expect(await held()).toEqual(before);
  const told = { where: { subjectId: person.userId, name: "login.passkey_refused" } };
  expect(await house.db.securityEvent.findMany(told)).toMatchObject([{ result: "refused", meta: { reason } }]);
});

test("one answer is good once, also fifty times in the same moment; and one of before a restore never", async () => {
  const { person, key } = await owner();
  const challenge = newChallenge(house.ctx, browser);
  const credential = key.get(optionsOfSignIn(challenge), config().appUrl);
  const send = () =>
    logInWithPasskey(house.stranger(), { answer: { credential }, browser, deviceToken: null, returnTo: "/security" });
  const outcomes = await Promise.allSettled(Array.from({ length: 50 }, send));
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await refused(send())).toBe("passkey.late");
  const told = await eventNames(house.ctx, person.userId);
  expect(told, "a form that is sent twice is no copied key").not.toContain("passkey.counter_behind");
  const before = newChallenge(house.ctx, browser);
  await house.db.restore.create({
    data: { id: "r", restoredAt: house.clock.now(), setBackTo: house.clock.now(), version: "1" },
  });
  expect(await refused(signInWith(house.stranger(), key, { challenge: before }))).toBe("passkey.late");
  await house.db.restore.deleteMany();
});

test("a challenge is good for five minutes, writes nothing until it is answered, and its row goes then", async () => {
  const { key } = await owner();
  const rows = () => house.db.spentAnswer.count();
  const before = await rows();
  const challenges = Array.from({ length: 200 }, () => newChallenge(house.ctx, browser));
  expect([new Set(challenges).size, await rows()]).toEqual([200, before]);
  house.clock.move(minutes(5) + seconds(1));
  expect(await refused(signInWith(house.stranger(), key, { challenge: challenges[0] ?? "" }))).toBe("passkey.late");
  await signInWith(house.stranger(), key);
  expect(await rows()).toBe(before + 1);
  house.clock.move(minutes(14));
  expect((await sweep(house.ctx)).spentAnswers, "for a portal whose clock is behind").toBe(before);
  house.clock.move(minutes(2));
  expect((await sweep(house.ctx)).spentAnswers).toBe(1);
});

test("a passkey that a restore brought back opens the first door once it was given behind a password, or that was chosen anew", async () => {
  const [one, other] = [await owner(), await owner()];
  house.clock.move(minutes(1));
  const restoredAt = house.clock.now();
  await house.db.restore.create({ data: { id: "b", restoredAt, setBackTo: restoredAt, version: "1" } });
  house.clock.move(minutes(1));
  for (const { key } of [one, other]) expect(await refused(signInWith(house.stranger(), key))).toBe("passkey.set_back");
  const lost = { manners: { id: "bm9ib2R5cw" } };
  expect(await refused(signInWith(house.stranger(), one.key, lost)), "its keeper is not to drop it").toBe(
    "passkey.unknown_since",
  );
  await house.db.restore.updateMany({ data: { vouchedAt: house.clock.now() } });
  expect(await refused(signInWith(house.stranger(), one.key, lost)), "now it may").toBe("passkey.unknown");
  expect(
    await refused(signInWith(house.stranger(), one.key)),
    "the word is about what is gone, not about what came back",
  ).toBe("passkey.set_back");
  await house.db.factor.update({ where: { id: one.key.factorId }, data: { lastUsedAt: house.clock.now() } });
  await house.db.user.update({ where: { id: other.person.userId }, data: { passwordChangedAt: house.clock.now() } });
  for (const { key } of [one, other]) expect((await signInWith(house.stranger(), key)).next).toBe("claim");
  await house.db.restore.deleteMany();
});

test("a challenge has one spelling", async () => {
  const { key } = await owner();
  const challenge = newChallenge(house.ctx, browser);
  for (const other of [`${challenge}==`, `${challenge} `, `\n${challenge}`, challenge.replaceAll("-", "+").concat("=")])
    expect(await refused(signInWith(house.stranger(), key, { challenge: other })), other).toBe("passkey.late");
  expect((await signInWith(house.stranger(), key, { challenge })).next).toBe("claim");
});

test("a key that was bound without verifying its person signs nobody in, also when it has learnt to: a finder could teach it", async () => {
  const person = await makePerson(house.ctx);
  const key = await withPasskey(house.ctx, person, { uvAtBinding: false });
  expect(await refused(signInWith(house.stranger(), key))).toBe("passkey.unverified");
});

test("wrong passwords are forgotten where a right one is given, not where a passkey is", async () => {
  const { person, key } = await owner();
  const where = { id: person.userId };
  await house.db.user.update({ where, data: { passwordFailures: 40 } });
  await claimLogin(house.ctx, (await signInWith(house.stranger(), key)).pass);
  expect((await house.db.user.findUniqueOrThrow({ where })).passwordFailures).toBe(40);
});

test("answers are counted at their address as logins are; a right one is given back, and two hundred views of the page cost nobody there a try", async () => {
  const { key } = await owner();
  const visitor = house.stranger();
  const consumed = () => house.db.bucket.count();
  const before = await consumed();
  for (let view = 0; view < 200; view += 1) optionsOfSignIn(newChallenge(visitor, `browser ${view}`));
  expect(await consumed()).toBe(before);
  for (let time = 0; time < 8; time += 1) await signInWith(visitor, key);
  for (let time = 0; time < 30; time += 1)
    expect(await refused(signInWith(visitor, key, { manners: { isForged: true } }))).toBe("passkey.wrong");
  expect(await refused(signInWith(visitor, key))).toBe("throttle.too_many");
});

test("whoever is disabled does not get in, nor does anybody whose password was closed: a thief's passkey dies with the alarm", async () => {
  const { person, key } = await owner();
  const where = { id: person.userId };
  const { passwordHash } = await house.db.user.findUniqueOrThrow({ where });
  await house.db.user.update({ where, data: { passwordHash: null, closedPassword: passwordHash } });
  expect(await refused(signInWith(house.stranger(), key))).toBe("passkey.closed");
  await house.db.user.update({ where, data: { passwordHash, closedPassword: null, disabledAt: house.clock.now() } });
  expect(await refused(signInWith(house.stranger(), key))).toBe("passkey.wrong");
  await house.db.user.update({ where, data: { disabledAt: null, passwordFailures: 100 } });
  expect((await signInWith(house.stranger(), key)).next).toBe("claim"); // strangers who guess passwords keep nobody out
});

test("an account that moves in between opens nothing", async () => {
  const { person, key } = await owner();
  const { pass } = await signInWith(house.stranger(), key);
  await house.db.user.update({ where: { id: person.userId }, data: { credentialVersion: { increment: 1 } } });
  expect(await claimLogin(house.ctx, pass)).toBeNull();
  expect((await openSessionFor(house.ctx, person)).session.userId).toBe(person.userId);
});

test("after a move a former name is asked for by its own button, and by no other word", async () => {
  setSettings({ ...passkeySettings, RELATED_ORIGINS: "old.example.test" });
  const asks = (name: string | null) => JSON.parse(optionsOfSignIn("challenge", name)).rpId;
  expect([null, "", "old.example.test", "evil.example"].map(asks)).toEqual([
    ...["localhost", "localhost", "old.example.test", "localhost"],
  ]);
  const person = await makePerson(house.ctx);
  const key = await withPasskey(house.ctx, person, { rpId: "old.example.test" });
  const challenge = newChallenge(house.ctx, browser);
  const credential = key.get(optionsOfSignIn(challenge, "old.example.test"), config().appUrl);
  const sending = { answer: { credential }, browser, deviceToken: null, returnTo: "/security" };
  expect((await logInWithPasskey(house.stranger(), sending)).next).toBe("claim");
  setSettings({ ...passkeySettings, RELATED_ORIGINS: "" });
});

test("where the operator lists no passkeys, or the address is a number, nobody signs in with one", async () => {
  const { key } = await owner();
  const challenge = newChallenge(house.ctx, browser);
  const credential = key.get(optionsOfSignIn(challenge), config().appUrl);
  for (const changes of [{ SECOND_FACTOR_KINDS: "totp" }, { ...passkeySettings, APP_URL: "http://127.0.0.1:3000" }]) {
    setSettings(changes);
    const sending = { answer: { credential }, browser, deviceToken: null, returnTo: "/security" };
    expect(await refused(logInWithPasskey(house.stranger(), sending))).toBe("passkey.late");
  }
  setSettings({ ...passkeySettings, APP_URL: "http://localhost:3000" });
});
