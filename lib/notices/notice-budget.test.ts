import { beforeEach, describe, expect, test } from "vitest";
import { prepareAnswer } from "@/lib/challenge/prepare-answer";
import { days, hours } from "@/lib/kernel/duration";
import { factorsReset } from "@/lib/notices/kinds/factors-reset";
import { noticeFacts } from "@/lib/notices/notice-facts";
import { tellUser } from "@/lib/notices/tell-user";
import { lettersOf, sendingSettings } from "@/lib/testing/letters";
import { numberIn } from "@/lib/testing/numbers";
import { atSecondDoor, openHouse, refused } from "@/lib/testing/story";
import { makePerson, type TestPerson, withAddress } from "@/lib/testing/test-context";

const house = openHouse({ ...sendingSettings, SMS_PER_DAY: "5", MAIL_PER_DAY: "5" });
let people = 0;
let ada: TestPerson;
let alan: TestPerson;

/** Somebody new logs in and a code is sent to them. Out: the refusal, or null. */
async function someoneAsks(kind: "sms" | "email"): Promise<string | null> {
  people += 1;
  const own = people;
  const person = await makePerson(house.ctx);
  await withAddress(house.ctx, person, kind, kind === "sms" ? numberIn(own, own) : `p${own}@mail.example.test`);
  const pass = await atSecondDoor(house.stranger(), person.userId);
  const asked = prepareAnswer(house.ctx, { pass, kind, factorId: null, sessionId: null });
  return asked.then(
    () => null,
    () => refused(asked),
  );
}

const heard = async ({ userId }: TestPerson) =>
  (await lettersOf(house.ctx, userId))
    .filter(({ kind }) => kind === "budget.spent")
    .map(({ channel, facts }) => ({ by: channel, ...Object(facts) }));

beforeEach(async () => {
  house.clock.move(days(2));
  await house.db.letter.deleteMany();
  ada = await makePerson(house.ctx, { isAdmin: true });
  alan = await makePerson(house.ctx, { isAdmin: true });
  await withAddress(house.ctx, alan, "sms", numberIn(901, 901));
  await house.db.bucket.deleteMany({ where: { key: { startsWith: "send.world" } } });
  return async () => void (await house.db.user.deleteMany({ where: { isAdmin: true } }));
});

describe("the day's budget for text messages", () => {
  test("is told to every administrator when four fifths are used and when it is spent, once each, never by text message", async () => {
    for (let time = 0; time < 3; time += 1) expect(await someoneAsks("sms")).toBeNull();
    expect(await heard(ada)).toEqual([]);
    expect(await someoneAsks("sms")).toBeNull();
    expect(await heard(ada)).toMatchObject([{ by: "mail", channel: "sms", level: "nearly", limit: 5 }]);
    expect(await someoneAsks("sms")).toBeNull();
    for (let time = 0; time < 2; time += 1) expect(await someoneAsks("sms")).toBe("post.too_many");
    for (const administrator of [ada, alan])
      expect(await heard(administrator)).toMatchObject([
        { by: "mail", level: "nearly" },
        { by: "mail", level: "spent" },
      ]);
  });

  test("is told again on another day", async () => {
    for (let time = 0; time < 6; time += 1) await someoneAsks("sms");
    house.clock.move(days(1));
    for (let time = 0; time < 6; time += 1) await someoneAsks("sms");
    expect((await heard(ada)).map(({ level }) => level)).toEqual(["nearly", "spent", "nearly", "spent"]);
  });

  test("is told again on the day after one whose end came late", async () => {
    expect(await someoneAsks("sms")).toBeNull();
    house.clock.move(hours(23));
    for (let time = 0; time < 5; time += 1) await someoneAsks("sms");
    house.clock.move(hours(2));
    for (let time = 0; time < 6; time += 1) await someoneAsks("sms");
    expect((await heard(ada)).map(({ level }) => level)).toEqual(["nearly", "spent", "nearly", "spent"]);
  });

  test("is told too when it is notices that spend it", async () => {
    const grace = await makePerson(house.ctx);
    await withAddress(house.ctx, grace, "sms", numberIn(902, 902));
    for (let time = 0; time < 5; time += 1)
      await tellUser(house.ctx, { userId: grace.userId, notice: factorsReset, facts: noticeFacts(house.ctx) });
    expect((await heard(ada)).map(({ level }) => level)).toEqual(["nearly", "spent"]);
  });
});

test("so is the budget for codes by mail, apart", async () => {
  for (let time = 0; time < 6; time += 1) await someoneAsks("email");
  expect(await heard(ada)).toMatchObject([
    { channel: "mail", level: "nearly", limit: 5 },
    { channel: "mail", level: "spent", limit: 5 },
  ]);
});

test("many at once: that it is spent is told once", async () => {
  await Promise.all(Array.from({ length: 8 }, () => someoneAsks("sms")));
  expect((await heard(ada)).filter(({ level }) => level === "spent")).toHaveLength(1);
});

test("a notice that cannot be written costs nobody a code, and hides no refusal", async () => {
  const used = async () => (await house.db.bucket.findUnique({ where: { key: "send.world:sms" } }))?.fails ?? 0;
  for (let sent = 0; sent < 3; sent += 1) expect(await someoneAsks("sms")).toBeNull();
  expect(await used()).toBe(3);
  await house.db.$executeRaw`ALTER TABLE letters ADD CONSTRAINT no_budget CHECK (kind <> 'budget.spent')`;
  try {
    await expect(someoneAsks("sms")).rejects.toThrow();
    expect(await used()).toBe(3);
    await house.db.bucket.update({ where: { key: "send.world:sms" }, data: { fails: 5 } });
    expect(await someoneAsks("sms")).toBe("post.too_many");
  } finally {
    await house.db.$executeRaw`ALTER TABLE letters DROP CONSTRAINT no_budget`;
  }
});
