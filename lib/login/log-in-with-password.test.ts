import { describe, expect, test } from "vitest";
import { days, hours, minutes, seconds, waitUntil } from "@/lib/kernel/duration";
import { counter, eventNames, knock, openHouse, refusalOf, refused } from "@/lib/testing/story";
import { makePerson, type TestPerson, testContext, withTotp } from "@/lib/testing/test-context";
import { bucketKey } from "@/lib/throttle/bucket";
import { consumeAddress } from "@/lib/throttle/consume-address";

const house = openHouse();
const strangersKey = (person: TestPerson) => bucketKey("password.strangers", person.userId);
const wrong = { password: "not the password at all" };

async function knockWrong(person: TestPerson, times: number): Promise<string[]> {
  const ids: string[] = [];
  for (let time = 0; time < times; time += 1) ids.push(await refused(knock(house.stranger(), person, wrong)));
  return ids;
}

describe("the right password", () => {
  test("leads to the second door of somebody who has one, and opens no session", async () => {
    const grace = await makePerson(house.ctx);
    await withTotp(house.ctx, grace);
    const started = await knock(house.stranger(), grace);
    expect(started).toMatchObject({ userId: grace.userId, next: "answer" });
    expect(await house.db.session.count({ where: { userId: grace.userId } })).toBe(0);
    expect(await eventNames(house.ctx, grace.userId)).toEqual(["login.password_accepted"]);
  });

  test("of somebody with nothing else is enough, but the session still comes only from a challenge", async () => {
    const ada = await makePerson(house.ctx);
    const started = await knock(house.stranger(), ada);
    expect(started.next).toBe("claim");
    expect(await house.db.session.count({ where: { userId: ada.userId } })).toBe(0);
    expect(await house.db.challenge.findUnique({ where: { id: started.pass.challengeId } })).toMatchObject({
      state: "SATISFIED",
    });
  });

  test.each([
    ["in capitals", (name: string) => name.toUpperCase()],
    ["with spaces around it", (name: string) => `  ${name}\t`],
    [
      "in full-width letters",
      (name: string) => name.replace(/[a-z]/g, (letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0)),
    ],
  ])("an e-mail %s is the same person", async (_, variant) => {
    const ada = await makePerson(house.ctx);
    expect((await knock(house.stranger(), ada, { identifier: variant(ada.email) })).userId).toBe(ada.userId);
  });
});

describe("a refused login", () => {
  test("unknown, wrong, disabled and without a password say exactly the same", async () => {
    const [ada, disabled, invited] = [
      await makePerson(house.ctx),
      await makePerson(house.ctx),
      await makePerson(house.ctx),
    ];
    await house.db.user.update({ where: { id: disabled.userId }, data: { disabledAt: house.ctx.now } });
    await house.db.user.update({ where: { id: invited.userId }, data: { passwordHash: null } });
    const refusals = [
      await refusalOf(knock(house.stranger(), { ...ada, email: "nobody@example.test" })),
      await refusalOf(knock(house.stranger(), ada, wrong)),
      await refusalOf(knock(house.stranger(), disabled)),
      await refusalOf(knock(house.stranger(), invited)),
    ];
    for (const { id, more } of refusals)
      expect({ id, more }).toEqual({ id: "login.wrong", more: { field: "password" } });
  });

  test("of a flood from many addresses leaves one row for each wait, not for each try, whether somebody has the name or not", async () => {
    const ada = await makePerson(house.ctx);
    const nobody = { ...ada, email: "nobody.at.all@example.test" };
    const rows = (subjectId: string | null) =>
      house.db.securityEvent.count({ where: { subjectId, name: "login.throttled" } });
    const before = await rows(null);
    for (const [waits, wait] of [seconds(30), minutes(1)].entries()) {
      for (const person of [ada, nobody]) {
        await knockWrong(person, waits === 0 ? 5 : 1);
        expect(await knockWrong(person, 20)).toEqual(Array.from({ length: 20 }, () => "throttle.too_many"));
      }
      expect([await rows(ada.userId), (await rows(null)) - before]).toEqual([waits + 1, waits + 1]);
      house.clock.move(wait);
    }
  });

  test("leaves one event that names nobody who did it, and none of the password", async () => {
    const ada = await makePerson(house.ctx);
    await knockWrong(ada, 1);
    const rows = await house.db.securityEvent.findMany({ where: { subjectId: ada.userId } });
    expect(rows).toMatchObject([
      { name: "login.password_refused", result: "refused", actorId: null, meta: { known: true, lane: "untrusted" } },
    ]);
    expect(JSON.stringify(rows, (_, value) => (typeof value === "bigint" ? String(value) : value))).not.toContain(
      wrong.password,
    );
  });
});

describe("waiting", () => {
  test("five tries are free, then 30 s, 1, 2, 5, 15, 30, 60 and always 60 minutes, for known and unknown alike", async () => {
    const known = await makePerson(house.ctx);
    const unknown = { ...known, email: "no-such-person@example.test" };
    expect(await knockWrong(known, 5)).toEqual(await knockWrong(unknown, 5));
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
      const refusals = [
        await refusalOf(knock(house.stranger(), known, wrong)),
        await refusalOf(knock(house.stranger(), unknown, wrong)),
      ];
      const retryAt = new Date(house.clock.now().getTime() + wait);
      for (const { id, more } of refusals)
        expect({ id, retryAt: more.retryAt }).toEqual({ id: "throttle.too_many", retryAt });
      const { amount, unit } = waitUntil(house.clock.now(), retryAt);
      expect(refusals[0]?.more.params).toEqual({ amount, unit });
      house.clock.move(wait);
      expect(await knockWrong(known, 1)).toEqual(["login.wrong"]);
      expect(await knockWrong(unknown, 1)).toEqual(["login.wrong"]);
    }
  });

  test("the right password waits like a wrong one, and tries during the wait do not lengthen it", async () => {
    const ada = await makePerson(house.ctx);
    await knockWrong(ada, 5);
    const first = await refusalOf(knock(house.stranger(), ada));
    house.clock.move(seconds(29));
    for (let time = 0; time < 3; time += 1)
      expect((await refusalOf(knock(house.stranger(), ada))).more.retryAt).toEqual(first.more.retryAt);
    house.clock.move(seconds(1));
    expect((await knock(house.stranger(), ada)).userId).toBe(ada.userId);
    expect(await counter(house.ctx, strangersKey(ada))).toMatchObject({ fails: 0 });
  });

  test("one failure is forgotten per day of quiet", async () => {
    const ada = await makePerson(house.ctx);
    await knockWrong(ada, 4);
    house.clock.move(days(2));
    await knockWrong(ada, 1);
    expect((await counter(house.ctx, strangersKey(ada))).fails).toBe(3);
    house.clock.move(days(30));
    await knockWrong(ada, 1);
    expect((await counter(house.ctx, strangersKey(ada))).fails).toBe(1);
  });

  test("user name and e-mail in every variant are one counter", async () => {
    const ada = await makePerson(house.ctx, { username: "countess" });
    const names = [ada.email, ada.email.toUpperCase(), "countess", " COUNTESS ", "ｃｏｕｎｔｅｓｓ"];
    for (const identifier of names)
      expect(await refused(knock(house.stranger(), ada, { ...wrong, identifier }))).toBe("login.wrong");
    for (const identifier of names)
      expect(await refused(knock(house.stranger(), ada, { identifier }))).toBe("throttle.too_many");
  });

  test("a clock that runs behind another portal's counts each try once", async () => {
    const ada = await makePerson(house.ctx);
    await knockWrong(ada, 1);
    const behind = { now: () => new Date(house.clock.now().getTime() - seconds(5)) };
    await refused(knock(testContext({ db: house.db, clock: behind, ip: "203.0.113.9" }), ada, wrong));
    expect((await counter(house.ctx, strangersKey(ada))).fails).toBe(2);
  });

  test("thirty parallel tries are judged five times, not thirty", async () => {
    const ada = await makePerson(house.ctx);
    const ids = await Promise.all(Array.from({ length: 30 }, () => refused(knock(house.stranger(), ada, wrong))));
    expect(ids.filter((id) => id === "login.wrong")).toHaveLength(5);
    expect(ids.filter((id) => id === "throttle.too_many")).toHaveLength(25);
  });
});

test("a right one before the cap begins the count anew", async () => {
  const ada = await makePerson(house.ctx);
  await house.db.user.update({ where: { id: ada.userId }, data: { passwordFailures: 89 } });
  await knock(house.stranger(), ada);
  expect((await house.db.user.findUniqueOrThrow({ where: { id: ada.userId } })).passwordFailures).toBe(0);
});

test("an address has thirty tries in five minutes, whatever names it tries, and the thirty-first is not judged", async () => {
  const ada = await makePerson(house.ctx);
  const nat = testContext({ db: house.db, clock: house.clock, ip: "198.51.100.7" });
  for (let time = 0; time < 30; time += 1) await consumeAddress(nat);
  expect(await refused(knock(nat, ada))).toBe("throttle.too_many");
  expect(await counter(house.ctx, strangersKey(ada))).toMatchObject({ fails: 0 });
  house.clock.move(minutes(5));
  expect((await knock(nat, ada)).userId).toBe(ada.userId);
});
