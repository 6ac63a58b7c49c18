import { expect, test } from "vitest";
import { containAccount } from "@/lib/account/contain-account";
import { readAlarm } from "@/lib/account/read-alarm";
import { minutes } from "@/lib/kernel/duration";
import { newAlarmLink } from "@/lib/links/alarm-link";
import { lettersOf, sendingSettings } from "@/lib/testing/letters";
import { openHouse } from "@/lib/testing/story";
import { makePerson, type TestPerson, withTotp } from "@/lib/testing/test-context";
import { withAddress } from "@/lib/testing/with-address";

const house = openHouse(sendingSettings);

async function alarmOf({ userId }: TestPerson): Promise<string> {
  house.clock.move(minutes(1)); // what the account has is older than what the alarm is about
  const link = await newAlarmLink(house.ctx, { kind: "device.new", userId, challengeId: null });
  return link.split("/").at(-1) ?? "";
}

/** What the page said beforehand, where the press then led, and whether a letter with a link was written. */
async function saidAndDone({ userId }: TestPerson, token: string) {
  const view = await readAlarm(house.ctx, token);
  const { wayBack } = await containAccount(house.stranger(), { token });
  const hasLetter = (await lettersOf(house.ctx, userId)).some(({ kind }) => kind === "reset.link");
  return { said: view.state === "open" ? view.wayBack : view.state, done: wayBack, hasLetter };
}

const byLetter = (way: "letter" | "letter_alone") => ({ said: way, done: way, hasLetter: true });
const byOperator = { said: "administrators", done: "administrators", hasLetter: false } as const;

test("without a second factor the way back is a letter, and the page says so", async () => {
  const person = await makePerson(house.ctx);
  expect(await saidAndDone(person, await alarmOf(person))).toEqual(byLetter("letter_alone"));
});

test("with an app the second step is still asked", async () => {
  const person = await makePerson(house.ctx);
  await withTotp(house.ctx, person);
  expect(await saidAndDone(person, await alarmOf(person))).toEqual(byLetter("letter"));
});

test("where the mailbox would be both doors it ends at whoever runs the portal, and that is said before the press", async () => {
  const person = await makePerson(house.ctx);
  await withAddress(house.ctx, person.userId, "email", "own@example.test");
  expect(await saidAndDone(person, await alarmOf(person))).toEqual(byOperator);
});

test("a thief who has bound a phone of their own meanwhile gains nothing by it: it counts for no way back", async () => {
  const person = await makePerson(house.ctx);
  const token = await alarmOf(person);
  await withTotp(house.ctx, person, "A thief's phone");
  expect(await saidAndDone(person, token)).toEqual(byOperator);
});
