import { expect, test } from "vitest";
import { containAccount } from "@/lib/account/contain-account";
import { readAlarm } from "@/lib/account/read-alarm";
import { newAlarmLink } from "@/lib/links/alarm-link";
import { sendingSettings } from "@/lib/testing/letters";
import { openHouse } from "@/lib/testing/story";
import { makePerson, type TestPerson, withTotp } from "@/lib/testing/test-context";
import { withAddress } from "@/lib/testing/with-address";

const house = openHouse(sendingSettings);

async function alarmOf({ userId }: TestPerson): Promise<string> {
  const link = await newAlarmLink(house.ctx, { kind: "device.new", userId, challengeId: null });
  return link?.split("/").at(-1) ?? "";
}

/** What the page said beforehand, and whether the press then gave a link. */
async function saidAndDone(token: string) {
  const view = await readAlarm(house.ctx, token);
  const { link } = await containAccount(house.stranger(), { token });
  return { said: view.state === "open" ? view.wayBack : view.state, gaveLink: link !== null };
}

test("without a second factor the way back is a new password, and the page says so", async () => {
  const person = await makePerson(house.ctx);
  expect(await saidAndDone(await alarmOf(person))).toEqual({ said: "link_alone", gaveLink: true });
});

test("with an app the second step is still asked", async () => {
  const person = await makePerson(house.ctx);
  await withTotp(house.ctx, person);
  expect(await saidAndDone(await alarmOf(person))).toEqual({ said: "link", gaveLink: true });
});

test("where the mailbox would be both doors it ends at whoever runs the portal, and that is said before the press", async () => {
  const person = await makePerson(house.ctx);
  await withAddress(house.ctx, person.userId, "email", "own@example.test");
  expect(await saidAndDone(await alarmOf(person))).toEqual({ said: "administrators", gaveLink: false });
});

test("also after factors were changed since the alarm", async () => {
  const person = await makePerson(house.ctx);
  const token = await alarmOf(person);
  await withTotp(house.ctx, person, "A thief's phone");
  expect(await saidAndDone(token)).toEqual({ said: "administrators", gaveLink: false });
});
