import { describe, expect, test } from "vitest";
import { changePassword } from "@/lib/account/change-password";
import { unlockPerson } from "@/lib/operator/unlock-person";
import { counter, eventNames, knock, openHouse, refused } from "@/lib/testing/story";
import { makePerson, openSessionFor, type TestPerson, withTotp } from "@/lib/testing/test-context";
import { bucketKey } from "@/lib/throttle/bucket";

const house = openHouse();
const wrong = { password: "not the password at all" };
const next = "nine slow ferries to nowhere";

const failuresOf = async ({ userId }: TestPerson) =>
  (await house.db.user.findUniqueOrThrow({ where: { id: userId } })).passwordFailures;

const closings = ({ userId }: TestPerson) =>
  house.db.securityEvent.findMany({ where: { subjectId: userId, name: "factor.closed" }, orderBy: { id: "asc" } });

/** Somebody whose password so many wrong tries in a row have met, as they would have after days; nobody waits any more. */
async function afterFailures(failures: number) {
  const ada = await makePerson(house.ctx);
  await withTotp(house.ctx, ada);
  const { actor, deviceToken } = await openSessionFor(house.ctx, ada);
  await house.db.user.update({ where: { id: ada.userId }, data: { passwordFailures: failures } });
  return { ada, actor, deviceToken };
}

describe("ninety wrong passwords by strangers", () => {
  test("close it to strangers: the right one reads like a wrong one, and the ten that are left are not theirs", async () => {
    const { ada } = await afterFailures(89);
    expect(await refused(knock(house.stranger(), ada, wrong))).toBe("login.wrong");
    expect(await closings(ada)).toMatchObject([
      { result: "refused", actorId: null, meta: { kind: "password", lane: "untrusted" } },
    ]);
    for (let time = 0; time < 3; time += 1) expect(await refused(knock(house.stranger(), ada))).toBe("login.wrong");
    expect(await failuresOf(ada)).toBe(90);
    expect(await closings(ada)).toHaveLength(1);
  });

  test("do not keep its owner out: on a known device the right one works, and opens it to all", async () => {
    const { ada, deviceToken } = await afterFailures(90);
    expect((await knock(house.stranger(), ada, { deviceToken })).next).toBe("answer");
    expect(await failuresOf(ada)).toBe(0);
    expect((await knock(house.stranger(), ada)).next).toBe("answer");
  });

  test("are lifted by the operator too", async () => {
    const { ada } = await afterFailures(90);
    await unlockPerson(house.ctx, { userId: ada.userId, by: "cli" });
    expect((await knock(house.stranger(), ada)).next).toBe("answer");
  });

  test("at once are counted one by one: fifty at the eighty-fifth add five", async () => {
    const { ada } = await afterFailures(85);
    await house.db.bucket.deleteMany({ where: { key: bucketKey("password.strangers", ada.userId) } });
    await Promise.all(Array.from({ length: 50 }, () => refused(knock(house.stranger(), ada, wrong))));
    expect(await failuresOf(ada)).toBe(90);
    expect(await closings(ada)).toHaveLength(1);
  });
});

describe("the ten that are left", () => {
  test("belong to all known devices together; then it is closed everywhere, and says so once", async () => {
    const { ada, deviceToken } = await afterFailures(90);
    const other = (await openSessionFor(house.ctx, ada)).deviceToken;
    await house.db.user.update({ where: { id: ada.userId }, data: { passwordFailures: 90 } });
    for (let time = 0; time < 5; time += 1) {
      expect(await refused(knock(house.stranger(), ada, { ...wrong, deviceToken }))).toBe("login.wrong");
      expect(await refused(knock(house.stranger(), ada, { ...wrong, deviceToken: other }))).toBe("login.wrong");
    }
    expect(await failuresOf(ada)).toBe(100);
    expect(await closings(ada)).toMatchObject([{ meta: { kind: "password", lane: "all" } }]);
    for (const token of [deviceToken, other, null])
      expect(await refused(knock(house.stranger(), ada, { deviceToken: token }))).toBe("login.wrong");
    expect(await closings(ada)).toHaveLength(1);
  });

  test("fifty wrong ones at once on ten known devices: ten are judged", async () => {
    const { ada } = await afterFailures(0);
    const tokens: (string | null)[] = [];
    for (let device = 0; device < 10; device += 1) tokens.push((await openSessionFor(house.ctx, ada)).deviceToken);
    await house.db.user.update({ where: { id: ada.userId }, data: { passwordFailures: 90 } });
    const knocks = Array.from({ length: 50 }, (_, index) =>
      refused(knock(house.stranger(), ada, { ...wrong, deviceToken: tokens[index % 10] ?? null })),
    );
    await Promise.all(knocks);
    expect(await failuresOf(ada)).toBe(100);
    expect(await closings(ada)).toHaveLength(1);
  });

  test("a known device's wrong one may be the one that shuts strangers out", async () => {
    const { ada, deviceToken } = await afterFailures(89);
    await refused(knock(house.stranger(), ada, { ...wrong, deviceToken }));
    expect(await closings(ada)).toMatchObject([{ meta: { kind: "password", lane: "untrusted" } }]);
    expect((await knock(house.stranger(), ada, { deviceToken })).next).toBe("answer");
  });
});

describe("in a session with a fresh proof of a bound factor", () => {
  test("the password is changed, whatever was counted against it elsewhere", async () => {
    const { ada, actor, deviceToken } = await afterFailures(100);
    for (let time = 0; time < 5; time += 1) await refused(knock(house.stranger(), ada, wrong));
    expect(await changePassword(house.stranger(), { actor, current: ada.password, next })).toMatchObject({
      endedSessions: 0,
    });
    expect(await failuresOf(ada)).toBe(0);
    expect((await knock(house.stranger(), ada, { password: next, deviceToken })).next).toBe("answer");
  });

  test("five wrong ones end the session, and cost the account nothing", async () => {
    const { ada, actor } = await afterFailures(42);
    const guess = () => refused(changePassword(house.stranger(), { actor, current: wrong.password, next }));
    for (let time = 0; time < 4; time += 1) expect(await guess()).toBe("password.wrong_current");
    expect(await house.db.session.count({ where: { id: actor.sessionId } })).toBe(1);
    expect(await guess()).toBe("password.logged_out");
    expect(await house.db.session.count({ where: { id: actor.sessionId } })).toBe(0);
    expect(await failuresOf(ada)).toBe(42);
    expect(await counter(house.ctx, bucketKey("password.strangers", ada.userId))).toMatchObject({ fails: 0 });
    expect(await eventNames(house.ctx, ada.userId)).toContain("session.ended");
    expect(await refused(changePassword(house.stranger(), { actor, current: ada.password, next }))).toBe(
      "account.changed_meanwhile",
    );
  });

  test("fifty wrong ones at once are judged five times", async () => {
    const { ada, actor } = await afterFailures(0);
    await Promise.all(
      Array.from({ length: 50 }, () => refused(changePassword(house.stranger(), { actor, current: "wrong", next }))),
    );
    expect(await house.db.session.count({ where: { id: actor.sessionId } })).toBe(0);
    const judged = { subjectId: ada.userId, name: "password.change_refused" };
    expect(
      await house.db.securityEvent.count({ where: { ...judged, meta: { path: ["reason"], equals: "wrong_current" } } }),
    ).toBe(5);
  });
});

test("without a factor the account's own counter judges, on a known device as at the first door", async () => {
  const ada = await makePerson(house.ctx);
  const { actor } = await openSessionFor(house.ctx, ada);
  await house.db.user.update({ where: { id: ada.userId }, data: { passwordFailures: 100 } });
  expect(await refused(changePassword(house.stranger(), { actor, current: ada.password, next }))).toBe(
    "password.wrong_current",
  );
});
