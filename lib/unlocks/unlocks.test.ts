import { expect, test } from "vitest";
import { readChallenge } from "@/lib/challenge/read-challenge";
import { minutes } from "@/lib/kernel/duration";
import { lettersOf, sendingSettings } from "@/lib/testing/letters";
import { answer } from "@/lib/testing/second-door";
import { counter, knock, openHouse, refused, wrongCode } from "@/lib/testing/story";
import { makePerson, openSessionFor, type TestPerson, withTotp } from "@/lib/testing/test-context";
import { bucketKey } from "@/lib/throttle/bucket";
import { openUnlockByCode, openUnlockByLink, readUnlock } from "@/lib/unlocks/open-unlock";
import { askedUnlock } from "@/lib/unlocks/unlocks.kit";

const house = openHouse(sendingSettings);
/** Strangers type wrong passwords until the counter makes everybody wait. */
async function besieged(person: TestPerson): Promise<void> {
  for (let guess = 0; guess < 5; guess += 1) await refused(knock(house.stranger(), person, { password: "no" }));
  expect(await refused(knock(house.stranger(), person))).toBe("throttle.too_many");
}

test("an owner who must wait types the letter's code where they asked, and is in with the password; the strangers still wait", async () => {
  const person = await makePerson(house.ctx);
  await besieged(person);
  const { waitToken, code } = await askedUnlock(house, person.email, person.userId);
  for (const none of [null, "unw_short", waitToken.replace("unw_", "unl_")])
    expect(await refused(openUnlockByCode(house.stranger(), { waitToken: none, code }))).toBe("unlock.not_asked");
  expect(await house.db.bucket.count({ where: { key: { startsWith: "links." } } })).toBe(0);
  await openUnlockByCode(house.stranger(), { waitToken, code });
  expect(await knock(house.stranger(), person, { unlockToken: waitToken })).toMatchObject({ next: "claim" });
  expect(await refused(knock(house.stranger(), person))).toBe("throttle.too_many");
  expect(await refused(openUnlockByCode(house.stranger(), { waitToken, code }))).toBe("unlock.wrong_code");
});

test("the link does the same in whichever browser its button is pressed, once; looking spends nothing", async () => {
  const person = await makePerson(house.ctx);
  await besieged(person);
  const { token, waitToken } = await askedUnlock(house, person.email, person.userId);
  for (let look = 0; look < 3; look += 1) expect(await readUnlock(house.ctx, token)).toBe(true);
  const own = await openUnlockByLink(house.stranger(), { token });
  expect(await readUnlock(house.ctx, token)).toBe(false);
  expect(await refused(openUnlockByLink(house.stranger(), { token }))).toBe("unlock.over");
  expect(await refused(knock(house.stranger(), person, { unlockToken: waitToken }))).toBe("throttle.too_many");
  expect(await knock(house.stranger(), person, { unlockToken: own })).toMatchObject({ next: "claim" });
});

test("a thief with the mailbox has ten judged tries at the password, and twenty a day; then they are a stranger like all", async () => {
  const person = await makePerson(house.ctx);
  await besieged(person);
  const judged = [];
  for (let letter = 0; letter < 3; letter += 1) {
    const { token } = await askedUnlock(house, person.email, person.userId);
    const unlockToken = await openUnlockByLink(house.stranger(), { token });
    for (let guess = 0; guess < 12; guess += 1)
      judged.push(await refused(knock(house.stranger(), person, { password: "no", unlockToken })));
  }
  expect(judged.filter((one) => one === "login.wrong")).toHaveLength(20);
  expect((await askedUnlock(house, person.email, person.userId)).to).toEqual([]);
});

test("a thief with the mailbox gains no try at a factor: for a binding that browser is a stranger, and no device becomes known by it", async () => {
  const person = await makePerson(house.ctx);
  const app = await withTotp(house.ctx, person);
  const { token } = await askedUnlock(house, person.email, person.userId);
  const unlockToken = await openUnlockByLink(house.stranger(), { token });
  const { pass, next } = await knock(house.stranger(), person, { unlockToken });
  expect(next).toBe("answer");
  await refused(answer(house.stranger(), pass, "totp", wrongCode(app.secret, house.ctx.now)));
  expect(await counter(house.ctx, bucketKey("factor.totp", person.userId))).toMatchObject({ fails: 1 });
  expect(await readChallenge(house.ctx, pass)).toMatchObject({ options: ["totp"] });
  expect(await house.db.device.count({ where: { userId: person.userId } })).toBe(0);
});

test("unknown and disabled names get the same answer and no letter; three letters an hour; five wrong codes are the end of one", async () => {
  const [person, disabled] = [await makePerson(house.ctx), await makePerson(house.ctx)];
  await house.db.user.update({ where: { id: disabled.userId }, data: { disabledAt: house.ctx.now } });
  const nobody = await askedUnlock(house, "nobody@example.test", person.userId);
  expect(await refused(openUnlockByCode(house.stranger(), { waitToken: nobody.waitToken, code: "12345678" }))).toBe(
    "unlock.wrong_code",
  );
  expect((await askedUnlock(house, disabled.email, disabled.userId)).to).toEqual([]);
  const first = await askedUnlock(house, person.email, person.userId);
  const wrong = first.code === "00000000" ? "11111111" : "00000000";
  for (let typo = 0; typo < 5; typo += 1)
    await refused(openUnlockByCode(house.stranger(), { waitToken: first.waitToken, code: wrong }));
  expect(await refused(openUnlockByCode(house.stranger(), first))).toBe("unlock.wrong_code");
  for (let more = 0; more < 3; more += 1) await askedUnlock(house, person.email, person.userId);
  expect((await lettersOf(house.ctx, person.userId)).filter(({ kind }) => kind === "unlock.link")).toHaveLength(3);
});

test("late, or when the account has moved, it opens nothing; a known device keeps its own counter beside it", async () => {
  const person = await makePerson(house.ctx);
  const late = await askedUnlock(house, person.email, person.userId);
  house.clock.move(minutes(10));
  expect(await refused(openUnlockByCode(house.stranger(), late))).toBe("unlock.wrong_code");
  const moved = await askedUnlock(house, person.email, person.userId);
  await house.db.user.update({ where: { id: person.userId }, data: { credentialVersion: { increment: 1 } } });
  expect(await refused(openUnlockByCode(house.stranger(), moved))).toBe("unlock.wrong_code");
  const { deviceToken } = await openSessionFor(house.ctx, person);
  const open = await askedUnlock(house, person.email, person.userId);
  await openUnlockByCode(house.stranger(), open);
  const known = { deviceToken, unlockToken: open.waitToken };
  const tries = () => house.db.bucket.count({ where: { key: { startsWith: "password.unlock:" } } });
  const before = await tries();
  expect(await refused(knock(house.stranger(), person, { ...known, password: "no" }))).toBe("login.wrong");
  expect(await tries()).toBe(before);
});
