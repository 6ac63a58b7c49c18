import { describe, expect, test } from "vitest";
import * as z from "zod";
import { noticeNewDevice } from "@/lib/notices/notice-new-device";
import { noticeWrongStep } from "@/lib/notices/notice-wrong-step";
import { askForChange } from "@/lib/pending/ask-for-change";
import { portalClient } from "@/lib/policy/clients";
import { policy } from "@/lib/policy/policy";
import { lettersOf, sendingSettings } from "@/lib/testing/letters";
import { atSecondDoor, openHouse } from "@/lib/testing/story";
import { makePerson, openSessionFor, withAddress } from "@/lib/testing/test-context";

const house = openHouse(sendingSettings);
const shape = z.object({ link: z.string() });

/** Somebody whose login e-mail an operator typed, and nobody has ever used a link or code there. */
async function typedByOperator() {
  const person = await makePerson(house.ctx);
  await house.db.user.update({ where: { id: person.userId }, data: { emailConfirmedAt: null } });
  return person;
}

/** Where letters of a kind went, and whether each had a link to press. */
async function links(userId: string, kind: string) {
  const letters = (await lettersOf(house.ctx, userId)).filter((one) => one.kind === kind);
  return Object.fromEntries(letters.map(({ to, facts }) => [to, shape.parse(facts).link !== ""]));
}

describe("a stranger in the mailbox that an operator mistyped", () => {
  test("hears of a change that waits and has no link to stop it; the address that was proven has one", async () => {
    const person = await typedByOperator();
    await withAddress(house.ctx, person, "email", "proven@mail.example.test");
    await withAddress(house.ctx, person, "sms", "+12025550177");
    const { actor } = await openSessionFor(house.ctx, person);
    await askForChange(house.ctx, actor, "data.download", {});
    expect(await links(person.userId, "change.waits")).toEqual({
      [person.email]: false,
      "proven@mail.example.test": true,
      "+12025550177": true,
    });
  });

  test("leaves the text message without a word of a link where no mailbox has one", async () => {
    const person = await typedByOperator();
    await withAddress(house.ctx, person, "sms", "+12025550178");
    const { actor } = await openSessionFor(house.ctx, person);
    await askForChange(house.ctx, actor, "data.download", {});
    expect(await links(person.userId, "change.waits")).toEqual({ [person.email]: false, "+12025550178": false });
  });

  test.each([
    ["device.new", noticeOfDevice],
    ["second_step.wrong", noticeOfSteps],
  ])("hears of the alarm %s and cannot close the account; whoever proved to read there can", async (kind, alarm) => {
    const [person, proven] = [await typedByOperator(), await makePerson(house.ctx)];
    for (const { userId } of [person, proven]) for (let time = 0; time < 2; time += 1) await alarm(userId);
    expect(await links(person.userId, kind)).toEqual({ [person.email]: false });
    expect(await links(person.userId, "digest")).toEqual({ [person.email]: false });
    expect(await links(proven.userId, kind)).toEqual({ [proven.email]: true });
    expect(await links(proven.userId, "digest")).toEqual({ [proven.email]: true });
    expect(await house.db.oneTimeLink.count({ where: { userId: person.userId } })).toBe(0);
  });
});

async function noticeOfDevice(userId: string): Promise<void> {
  const claimed = { userId, isKnownDevice: false, hadLogin: true, clientId: portalClient, readBefore: null };
  await noticeNewDevice(house.ctx, { ...claimed, challengeId: house.ctx.random.id() });
}

async function noticeOfSteps(userId: string): Promise<void> {
  const { challengeId } = await atSecondDoor(house.ctx, userId);
  const attemptsLeft = policy.challenge.judgedTries - policy.notice.wrongSteps;
  await house.db.challenge.update({ where: { id: challengeId }, data: { attemptsLeft } });
  await noticeWrongStep(house.ctx, { userId, challengeId, keys: [] });
}
