import { describe, expect, test } from "vitest";
import type { Pass } from "@/lib/challenge/challenge";
import { prepareAnswer } from "@/lib/challenge/prepare-answer";
import { readPrepared } from "@/lib/challenge/read-challenge";
import { days, minutes, seconds } from "@/lib/kernel/duration";
import type { FactorKind } from "@/lib/policy/traits";
import { lastCode, lettersOf, sendingSettings } from "@/lib/testing/letters";
import { answer } from "@/lib/testing/second-door";
import { aloud, atSecondDoor, eventNames, openHouse, refusalOf, refused } from "@/lib/testing/story";
import { makePerson, withAddress, withTotp } from "@/lib/testing/test-context";

const house = openHouse(sendingSettings);

/** What the page tells of the messages to a number. */
async function readSent(pass: Pass) {
  const prepared = await readPrepared(house.ctx, pass, "sms");
  return prepared?.how === "send" ? prepared.sent : null;
}
let people = 0;

/** Katherine with a number, at her second door. Every time another one, and another day: what is sent to a number is counted for a day. */
async function katherine() {
  people += 1;
  house.clock.move(days(2));
  const person = await makePerson(house.ctx);
  const number = `+1202${5_550_100 + people * 10_001}`;
  const factorId = await withAddress(house.ctx, person, "sms", number);
  const knock = () => atSecondDoor(house.stranger(), person.userId);
  const letters = () => lettersOf(house.ctx, person.userId);
  return { person, number, factorId, knock, letters };
}

const send = (pass: Pass, kind: FactorKind | null = "sms", factorId: string | null = null) =>
  prepareAnswer(house.stranger(), { pass, kind, factorId, sessionId: null });

describe("a sent code", () => {
  test("goes to her own number with its end, and is nowhere to be read", async () => {
    const { person, number, knock, letters } = await katherine();
    const pass = await knock();
    await prepareAnswer(aloud(house.stranger()), { pass, kind: "sms", factorId: null, sessionId: null });
    const [letter, ...more] = await letters();
    expect(more).toEqual([]);
    expect(letter).toMatchObject({ to: number, channel: "sms", kind: "code.login", facts: { minutes: 5 } });
    const code = await lastCode(house.ctx, person.userId);
    expect(code).toMatch(/^[0-9]{6}$/);
    const rows = [
      await house.db.letter.findMany({ where: { userId: person.userId }, omit: { seq: true } }),
      await house.db.oneTimeCode.findMany({ where: { userId: person.userId } }),
      await house.db.securityEvent.findMany({ where: { subjectId: person.userId }, omit: { id: true } }),
      house.logged(),
    ];
    expect(house.logged().join("")).toContain("code.posted");
    for (const hidden of [code, number]) expect(JSON.stringify(rows)).not.toContain(hidden);
  });

  test("fifty at once for one challenge are one message", async () => {
    const { knock, letters } = await katherine();
    const pass = await knock();
    const sent = await Promise.allSettled(Array.from({ length: 50 }, () => send(pass)));
    expect(sent.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await letters()).toHaveLength(1);
  });

  test("may be asked for again a minute after the last one, three times in all, and each of them is good", async () => {
    const { person, knock, letters } = await katherine();
    const pass = await knock();
    await send(pass);
    const first = await lastCode(house.ctx, person.userId);
    house.clock.move(seconds(59));
    const refusal = await refusalOf(send(pass));
    expect([refusal.id, refusal.more.retryAt]).toEqual(["post.too_soon", new Date(house.clock.now().getTime() + 1000)]);
    expect(await readSent(pass)).toMatchObject({ mayAskAgain: true, againAt: refusal.more.retryAt });
    house.clock.move(seconds(1));
    expect(await readSent(pass)).toMatchObject({ mayAskAgain: true, againAt: null });
    await send(pass);
    house.clock.move(seconds(60));
    await send(pass);
    house.clock.move(seconds(60));
    const over = await refusalOf(send(pass));
    expect([over.id, over.more.retryAt]).toEqual(["post.no_more", undefined]); // the login is over long before the window is
    expect(await readSent(pass)).toMatchObject({ mayAskAgain: false });
    expect(await letters()).toHaveLength(3);
    expect((await answer(house.stranger(), pass, "sms", first)).userId).toBe(person.userId);
  });

  test("does not refund the tries that were used up", async () => {
    const { person, knock } = await katherine();
    const pass = await knock();
    await send(pass);
    for (let wrong = 0; wrong < 4; wrong += 1)
      expect(await refused(answer(house.stranger(), pass, "sms", "000000"))).toBe("sms.wrong_code");
    house.clock.move(seconds(60));
    await send(pass);
    expect(await refused(answer(house.stranger(), pass, "sms", "000000"))).toBe("sms.wrong_code");
    const code = await lastCode(house.ctx, person.userId);
    expect(await refused(answer(house.stranger(), pass, "sms", code))).toBe("challenge.expired");
  });

  test("is good for five minutes", async () => {
    const { person, knock } = await katherine();
    const pass = await knock();
    await send(pass);
    house.clock.move(minutes(5));
    expect(await refused(answer(house.stranger(), pass, "sms", await lastCode(house.ctx, person.userId)))).toBe(
      "sms.wrong_code",
    );
  });

  test("is good for its own challenge, kind and purpose, and no other", async () => {
    const { person, knock } = await katherine();
    await withAddress(house.ctx, person, "email", "katherine@mail.example.test");
    const [mine, other] = [await knock(), await knock()];
    await send(mine);
    const code = await lastCode(house.ctx, person.userId);
    expect(await refused(answer(house.stranger(), other, "sms", code))).toBe("sms.wrong_code");
    expect(await refused(answer(house.stranger(), mine, "email", `${code}00`))).toBe("email.wrong_code");
    await house.db.oneTimeCode.updateMany({ where: { userId: person.userId }, data: { purpose: "step_up:sms" } });
    expect(await refused(answer(house.stranger(), mine, "sms", code))).toBe("sms.wrong_code");
    await house.db.oneTimeCode.updateMany({
      where: { userId: person.userId },
      data: { purpose: "login:sms", challengeId: other.challengeId },
    });
    expect(await refused(answer(house.stranger(), other, "sms", code))).toBe("sms.wrong_code");
  });

  test("of a number that was removed meanwhile opens nothing", async () => {
    const { person, factorId, knock } = await katherine();
    await withTotp(house.ctx, person);
    const pass = await knock();
    await send(pass);
    await house.db.factor.delete({ where: { id: factorId } });
    expect(await refused(answer(house.stranger(), pass, "sms", await lastCode(house.ctx, person.userId)))).toBe(
      "sms.wrong_code",
    );
  });
});

describe("where it goes", () => {
  test("is the address used last, or another one of hers; never one of somebody else's", async () => {
    const { person, number, knock, letters } = await katherine();
    const { factorId: foreign } = await katherine();
    const secondId = await withAddress(house.ctx, person, "sms", "+12025559999");
    await house.db.factor.update({ where: { id: secondId }, data: { lastUsedAt: house.clock.now() } });
    const pass = await knock();
    expect(await refused(send(pass, "sms", foreign))).toBe("post.nothing_sent");
    await send(pass);
    expect((await letters()).map(({ to }) => to)).toEqual(["+12025559999"]);
    const view = await readSent(pass);
    expect(view).toMatchObject({ sentTo: "+1 ••• 999" });
    expect(view?.addresses.map(({ to }) => to)).toEqual([`+1 ••• ${number.slice(-3)}`, "+1 ••• 999"]);
  });

  test("is nowhere when the way is not hers, the challenge is over, or nothing needs to be sent", async () => {
    const { person, knock, letters } = await katherine();
    await withTotp(house.ctx, person);
    const pass = await knock();
    expect(await refused(send(pass, "email"))).toBe("post.nothing_sent");
    expect(await send(pass, "totp")).toBe("totp");
    expect(await refused(send({ ...pass, tokenId: "another" }))).toBe("challenge.expired");
    house.clock.move(minutes(6));
    expect(await refused(send(pass))).toBe("challenge.expired");
    expect(await letters()).toEqual([]);
  });

  test("coming back to a way sends nothing again", async () => {
    const { knock, letters } = await katherine();
    const pass = await knock();
    const enter = () =>
      prepareAnswer(house.stranger(), { pass, kind: null, factorId: null, sessionId: null, onlyFirst: true });
    expect([await enter(), await enter()]).toEqual(["sms", "sms"]);
    house.clock.move(minutes(2));
    await enter();
    expect(await letters()).toHaveLength(1);
  });
});

test("a fault of ours while sending refunds everything", async () => {
  const { person, knock } = await katherine();
  const pass = await knock();
  await house.db.$executeRaw`ALTER TABLE letters ADD CONSTRAINT broken CHECK (kind <> 'code.login') NOT VALID`;
  try {
    await expect(send(pass)).rejects.toThrow();
  } finally {
    await house.db.$executeRaw`ALTER TABLE letters DROP CONSTRAINT broken`;
  }
  expect(
    await house.db.bucket.count({
      where: { key: { startsWith: "send." }, fails: { gt: 0 }, updatedAt: house.clock.now() },
    }),
  ).toBe(0);
  await send(pass);
  expect(await eventNames(house.ctx, person.userId)).toContain("code.posted");
});
