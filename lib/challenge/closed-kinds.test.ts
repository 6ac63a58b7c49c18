import { describe, expect, test } from "vitest";
import { readOverview } from "@/lib/account/read-overview";
import { findEnrollable } from "@/lib/challenge/enrollable";
import { prepareAnswer } from "@/lib/challenge/prepare-answer";
import { readChallenge } from "@/lib/challenge/read-challenge";
import { startLogin } from "@/lib/challenge/start-login";
import { startStepUp } from "@/lib/challenge/start-step-up";
import { findLiveChallenge } from "@/lib/challenge/store";
import { removeFactor } from "@/lib/factors/remove-factor";
import { ensure } from "@/lib/kernel/assert";
import { sendingSettings } from "@/lib/testing/letters";
import { listFactors } from "@/lib/testing/listed-factors";
import { atSecondDoor, openHouse, refused } from "@/lib/testing/story";
import {
  makePerson,
  openSessionFor,
  type TestPerson,
  withAddress,
  withRecoveryCodes,
  withTotp,
} from "@/lib/testing/test-context";
import { findAccount } from "@/lib/users/store";

const house = openHouse({ ...sendingSettings, SECOND_FACTOR: "everyone" });

/** As many wrong codes as close a kind: 90 shut out strangers, 100 everybody. */
async function close(person: TestPerson, kind: string, orphans: 90 | 100): Promise<void> {
  const key = `factor.${kind}:${person.userId}`;
  const [windowStart, updatedAt] = [house.clock.now(), house.clock.now()];
  await house.db.bucket.create({ data: { key, fails: 0, orphans, windowStart, updatedAt } });
}

async function katherine() {
  const person = await makePerson(house.ctx);
  const app = await withTotp(house.ctx, person);
  await withRecoveryCodes(house.ctx, person);
  return { person, app };
}

const viewAt = async (person: TestPerson, deviceToken: string | null = null) =>
  readChallenge(house.ctx, await atSecondDoor(house.stranger(), person.userId, deviceToken));

describe("a closed app", () => {
  test("is asked for last, and it is told before anything is typed", async () => {
    const { person } = await katherine();
    await close(person, "totp", 90);
    expect(await viewAt(person)).toMatchObject({ options: ["recovery", "totp"], closed: ["totp"], enrols: [] });
  });

  test("is closed for strangers only: on the owner's known device nothing changes", async () => {
    const { person } = await katherine();
    const { deviceToken } = await openSessionFor(house.ctx, person);
    await close(person, "totp", 90);
    expect(await viewAt(person, deviceToken)).toMatchObject({ options: ["totp", "recovery"], closed: [] });
  });

  test("at a hundred it is closed there too", async () => {
    const { person } = await katherine();
    const { deviceToken } = await openSessionFor(house.ctx, person);
    await close(person, "totp", 100);
    expect(await viewAt(person, deviceToken)).toMatchObject({ options: ["recovery", "totp"], closed: ["totp"] });
  });

  test("stays the way that is asked when it is the only one: never done, never enrol, nothing owed", async () => {
    const person = await makePerson(house.ctx);
    await withTotp(house.ctx, person);
    await close(person, "totp", 100);
    const account = await findAccount(house.ctx, person.userId);
    ensure(account, "there is an account");
    const started = await startLogin(house.ctx, { account, amr: ["pwd"], deviceId: null, returnTo: "/security" });
    expect(started.next).toBe("answer");
    expect(await readChallenge(house.ctx, started.pass)).toMatchObject({
      options: ["totp"],
      closed: ["totp"],
      enrols: [],
    });
    const challenge = await findLiveChallenge(house.ctx, started.pass);
    ensure(challenge, "the login is open");
    expect(await findEnrollable(house.ctx, challenge)).toEqual([]);
  });

  test("is still held where policy demands a factor: it cannot be removed as if it were nothing", async () => {
    const { person, app } = await katherine();
    await close(person, "totp", 100);
    const { actor } = await openSessionFor(house.ctx, person);
    expect((await readOverview(house.ctx, actor)).held).toEqual({ totp: 1 });
    expect(await refused(removeFactor(house.ctx, { actor, factorId: app.factorId }))).toBe("factors.last_one");
  });

  test("at a step-up stands behind the recovery codes", async () => {
    const { person } = await katherine();
    const { session } = await openSessionFor(house.ctx, person);
    await close(person, "totp", 100);
    const pass = await startStepUp(house.ctx, { session, action: "factor.add", returnTo: "/security" });
    expect(await readChallenge(house.ctx, pass)).toMatchObject({ options: ["recovery", "totp"], closed: ["totp"] });
  });
});

test("a number that is closed is not sent a code that opens nothing, and the other ways come first", async () => {
  const { person } = await katherine();
  await withAddress(house.ctx, person, "sms", "+12025550199");
  await house.db.factor.updateMany({
    where: { userId: person.userId, kind: "sms" },
    data: { lastUsedAt: house.clock.now() },
  });
  await close(person, "sms", 90);
  const pass = await atSecondDoor(house.stranger(), person.userId);
  expect(await readChallenge(house.ctx, pass)).toMatchObject({ options: ["totp", "recovery", "sms"], closed: ["sms"] });
  await prepareAnswer(house.ctx, { pass, kind: "sms", factorId: null, sessionId: null, onlyFirst: true });
  expect(await house.db.letter.count({ where: { userId: person.userId, kind: "code.login" } })).toBe(0);
});

test("the first half of a step-up by e-mail is closed when its other half is", async () => {
  const person = await makePerson(house.ctx);
  await withAddress(house.ctx, person, "email", "kj@mail.example.test");
  await withRecoveryCodes(house.ctx, person);
  const { session } = await openSessionFor(house.ctx, person);
  await close(person, "email", 100);
  const pass = await startStepUp(house.ctx, { session, action: "factor.add", returnTo: "/security" });
  expect(await readChallenge(house.ctx, pass)).toMatchObject({
    options: ["recovery", "password"],
    closed: ["password"],
  });
});

test("the list of factors says for whom: strangers, or this very browser", async () => {
  const { person } = await katherine();
  const { session } = await openSessionFor(house.ctx, person);
  const closedOn = async (deviceId: string | null) =>
    (await listFactors(house.ctx, { userId: person.userId, deviceId })).map(({ closed }) => closed);
  expect(await closedOn(null)).toEqual(["nowhere"]);
  await close(person, "totp", 90);
  expect(await closedOn(session.deviceId)).toEqual(["elsewhere"]);
  expect(await closedOn(null)).toEqual(["here"]);
});
