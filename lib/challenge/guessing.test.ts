import { describe, expect, test } from "vitest";
import { hours, minutes, seconds } from "@/lib/kernel/duration";
import { answer } from "@/lib/testing/second-door";
import { atSecondDoor, counter, knock, openHouse, refusalOf, refused, wrongCode } from "@/lib/testing/story";
import {
  makePerson,
  openSessionFor,
  type TestApp,
  type TestPerson,
  withRecoveryCodes,
  withTotp,
} from "@/lib/testing/test-context";
import { bucketKey } from "@/lib/throttle/bucket";

const house = openHouse();
const now = () => house.clock.now();
const strangersKey = (person: TestPerson) => bucketKey("factor.totp", person.userId);

async function grace() {
  const person = await makePerson(house.ctx);
  return { person, app: await withTotp(house.ctx, person) };
}

/** One wrong code in a fresh login from a fresh address. */
async function guess(person: TestPerson, app: TestApp, deviceToken: string | null = null): Promise<string> {
  const pass = await atSecondDoor(house.stranger(), person.userId, deviceToken);
  return refused(answer(house.stranger(), pass, "totp", wrongCode(app.secret, now())));
}

/** Puts the counter where many guesses would have brought it, its last wait over. */
async function pretend(person: TestPerson, state: { readonly fails: number; readonly orphans: number }): Promise<void> {
  const moments = { windowStart: now(), updatedAt: now(), blockedUntil: null };
  await house.db.bucket.upsert({
    where: { key: strangersKey(person) },
    create: { key: strangersKey(person), ...state, ...moments },
    update: { ...state, ...moments },
  });
}

describe("waits", () => {
  test("ten wrong codes over any number of logins are judged, then one per wait, and the waits grow to an hour", async () => {
    const { person, app } = await grace();
    for (let time = 0; time < 10; time += 1) expect(await guess(person, app)).toBe("totp.wrong_code");
    for (const wait of [
      seconds(30),
      minutes(1),
      minutes(2),
      minutes(5),
      minutes(15),
      minutes(30),
      hours(1),
      hours(1),
    ]) {
      const { pass } = await knock(house.stranger(), person);
      const refusal = await refusalOf(answer(house.stranger(), pass, "totp", app.codeAt(now())));
      expect(refusal).toMatchObject({ id: "throttle.too_many", more: { retryAt: new Date(now().getTime() + wait) } });
      house.clock.move(wait);
      expect(await guess(person, app)).toBe("totp.wrong_code");
    }
  });

  test("a throttled answer is not judged and costs neither the challenge nor the counter; the first of each wait is noted", async () => {
    const { person, app } = await grace();
    for (let time = 0; time < 10; time += 1) await guess(person, app);
    const before = await counter(house.ctx, strangersKey(person));
    const { pass } = await knock(house.stranger(), person);
    for (let time = 0; time < 7; time += 1)
      expect(await refused(answer(house.stranger(), pass, "totp", app.codeAt(now())))).toBe("throttle.too_many");
    expect(await house.db.challenge.findUnique({ where: { id: pass.challengeId } })).toMatchObject({
      state: "OPEN",
      attemptsLeft: 5,
      consumed: [],
    });
    expect(await counter(house.ctx, strangersKey(person))).toEqual(before);
    const throttled = {
      subjectId: person.userId,
      name: "challenge.refused",
      meta: { path: ["reason"], equals: "throttle.too_many" },
    };
    const noted = () => house.db.securityEvent.count({ where: throttled });
    expect(await noted()).toBe(1);
    house.clock.move(seconds(30));
    await guess(person, app);
    for (let time = 0; time < 3; time += 1)
      expect(await refused(answer(house.stranger(), pass, "totp", app.codeAt(now())))).toBe("throttle.too_many");
    expect(await noted()).toBe(2);
    house.clock.move(minutes(1));
    expect((await answer(house.ctx, pass, "totp", app.codeAt(now()))).userId).toBe(person.userId);
  });

  test("the owner with a recovery code gets in while an attacker keeps the authenticator waiting", async () => {
    const { person, app } = await grace();
    const codes = await withRecoveryCodes(house.ctx, person);
    for (let time = 0; time < 10; time += 1) await guess(person, app);
    const { pass } = await knock(house.stranger(), person);
    expect(await refused(answer(house.ctx, pass, "totp", app.codeAt(now())))).toBe("throttle.too_many");
    expect((await answer(house.ctx, pass, "recovery", codes[4] ?? "")).userId).toBe(person.userId);
  });

  test("a burst at the last free try is judged once, and the factor waits afterwards", async () => {
    const { person, app } = await grace();
    await pretend(person, { fails: 9, orphans: 9 });
    const passes = [];
    for (let index = 0; index < 20; index += 1) passes.push(await atSecondDoor(house.stranger(), person.userId));
    const code = wrongCode(app.secret, now());
    const ids = await Promise.all(passes.map((pass) => refused(answer(house.stranger(), pass, "totp", code))));
    expect(ids.filter((id) => id === "totp.wrong_code")).toHaveLength(1);
    expect(ids.filter((id) => id === "throttle.too_many")).toHaveLength(19);
  });
});

describe("the cap of a binding", () => {
  test("no more than a hundred wrong guesses are ever judged, over logins, addresses, sessions and devices", async () => {
    const { person, app } = await grace();
    let judged = 0;
    for (let round = 0; round < 7; round += 1) {
      const { deviceToken } = await openSessionFor(house.ctx, person);
      for (const device of [null, deviceToken]) {
        for (let time = 0; time < 10; time += 1) {
          house.clock.move(hours(1));
          if ((await guess(person, app, device)) === "totp.wrong_code") judged += 1;
        }
      }
    }
    expect(judged).toBe(100);
    house.clock.move(hours(24 * 400));
    expect(await guess(person, app)).toBe("throttle.closed");
  });

  test("at ninety the right code of a stranger is not judged any more; the owner's device still has its ten", async () => {
    const { person, app } = await grace();
    const { deviceToken } = await openSessionFor(house.ctx, person);
    await pretend(person, { fails: 0, orphans: 90 });
    const { pass } = await knock(house.stranger(), person);
    expect(await refused(answer(house.ctx, pass, "totp", app.codeAt(now())))).toBe("throttle.closed");
    const atHome = await knock(house.stranger(), person, { deviceToken });
    expect((await answer(house.ctx, atHome.pass, "totp", app.codeAt(now()))).userId).toBe(person.userId);
  });

  test("the owner's success does not lift what an attacker has used up", async () => {
    const { person, app } = await grace();
    await pretend(person, { fails: 20, orphans: 70 });
    const { pass } = await knock(house.stranger(), person);
    await answer(house.ctx, pass, "totp", app.codeAt(now()));
    expect(await counter(house.ctx, strangersKey(person))).toMatchObject({ fails: 0, orphans: 70 });
  });

  const closings = ({ userId }: TestPerson) =>
    house.db.securityEvent.findMany({ where: { subjectId: userId, name: "factor.closed" }, orderBy: { id: "asc" } });

  test("reaching it is said once: for strangers at ninety, for all at a hundred, and not again at each later try", async () => {
    const { person, app } = await grace();
    const { deviceToken } = await openSessionFor(house.ctx, person);
    await pretend(person, { fails: 0, orphans: 88 });
    await guess(person, app);
    expect(await closings(person)).toEqual([]);
    for (let time = 0; time < 4; time += 1) await guess(person, app);
    const toStrangers = { result: "refused", actorId: null, meta: { kind: "totp", lane: "untrusted" } };
    expect(await closings(person)).toMatchObject([toStrangers]);
    for (let time = 0; time < 9; time += 1) await guess(person, app, deviceToken);
    expect(await closings(person)).toHaveLength(1);
    await guess(person, app, deviceToken);
    expect(await closings(person)).toMatchObject([toStrangers, { meta: { kind: "totp", lane: "all" } }]);
    expect(await guess(person, app, deviceToken)).toBe("throttle.closed");
    expect(await closings(person)).toHaveLength(2);
  });

  test("a known device's wrong code may be the one that shuts strangers out", async () => {
    const { person, app } = await grace();
    const { deviceToken } = await openSessionFor(house.ctx, person);
    await pretend(person, { fails: 0, orphans: 89 });
    await guess(person, app, deviceToken);
    expect(await closings(person)).toMatchObject([{ meta: { kind: "totp", lane: "untrusted" } }]);
  });

  test("a right code at the last try closes nothing, and neither does one that was used before", async () => {
    const { person, app } = await grace();
    await pretend(person, { fails: 0, orphans: 89 });
    const { pass } = await knock(house.stranger(), person);
    await answer(house.ctx, pass, "totp", app.codeAt(now()));
    expect((await counter(house.ctx, strangersKey(person))).orphans).toBe(89);
    const again = await knock(house.stranger(), person);
    expect(await refused(answer(house.ctx, again.pass, "totp", app.codeAt(now())))).toBe("totp.already_used");
    expect((await counter(house.ctx, strangersKey(person))).orphans).toBe(89);
    expect(await closings(person)).toEqual([]);
  });

  test("twenty wrong ones at once close it once", async () => {
    const { person, app } = await grace();
    await pretend(person, { fails: 0, orphans: 85 });
    await Promise.all(Array.from({ length: 20 }, () => guess(person, app)));
    expect(await closings(person)).toHaveLength(1);
  });

  test("a second app of the same kind brings no second hundred", async () => {
    const { person, app } = await grace();
    await pretend(person, { fails: 0, orphans: 90 });
    await withTotp(house.ctx, person, "Tablet");
    expect(await guess(person, app)).toBe("throttle.closed");
  });
});
