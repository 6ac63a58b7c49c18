import { expect, test } from "vitest";
import { readApiWays, readApiWaysBegun } from "@/lib/challenge/read-api-ways";
import { readChallenge } from "@/lib/challenge/read-challenge";
import { minutes } from "@/lib/kernel/duration";
import type { FactorKind } from "@/lib/policy/traits";
import { sendingSettings } from "@/lib/testing/letters";
import { knock, openHouse } from "@/lib/testing/story";
import { makePerson, type TestPerson, withAddress, withRecoveryCodes, withTotp } from "@/lib/testing/test-context";
import { setSettings } from "@/lib/testing/test-settings";

const house = openHouse(sendingSettings);

async function katherine(): Promise<TestPerson> {
  const person = await makePerson(house.ctx);
  await withTotp(house.ctx, person);
  await withRecoveryCodes(house.ctx, person);
  return person;
}

const useNow = async ({ userId }: TestPerson, kind: FactorKind) => {
  house.clock.move(minutes(1));
  await house.db.factor.updateMany({ where: { userId, kind }, data: { lastUsedAt: house.clock.now() } });
};

const close = async ({ userId }: TestPerson, kind: FactorKind) => {
  const [windowStart, updatedAt] = [house.clock.now(), house.clock.now()];
  await house.db.bucket.create({
    data: { key: `factor.${kind}:${userId}`, fails: 0, orphans: 90, windowStart, updatedAt },
  });
};

/** Where the first door leads, and what the page of the second one would ask for first. An app is told the same as if it asked again. */
async function waysFor(person: TestPerson) {
  const begun = await knock(house.stranger(), person);
  const { pass, first, maySend } = begun;
  const told = await readApiWaysBegun(house.ctx, { ...begun, app: { demands: false } });
  expect(told).toEqual(await readApiWays(house.ctx, pass));
  return { first, maySend, asked: (await readChallenge(house.ctx, pass))?.options[0] };
}

test("the first door leads to the way that was used last", async () => {
  const person = await katherine();
  await withAddress(house.ctx, person, "sms", "+12015550123");
  expect(await waysFor(person)).toEqual({ first: "totp", maySend: false, asked: "totp" });
  await useNow(person, "sms");
  expect(await waysFor(person)).toEqual({ first: "sms", maySend: true, asked: "sms" });
  await useNow(person, "totp");
  expect(await waysFor(person)).toEqual({ first: "totp", maySend: false, asked: "totp" });
});

test("to none that is closed to this browser, while another one is open", async () => {
  const person = await katherine();
  await withAddress(house.ctx, person, "sms", "+12015550124");
  await useNow(person, "totp");
  await close(person, "totp");
  expect(await waysFor(person)).toEqual({ first: "sms", maySend: true, asked: "sms" });
});

test("to none that cannot be asked for at present", async () => {
  const person = await katherine();
  await withAddress(house.ctx, person, "sms", "+12015550125");
  await useNow(person, "sms");
  setSettings({ ...sendingSettings, SECOND_FACTOR_KINDS: "totp,email" });
  expect(await waysFor(person)).toEqual({ first: "totp", maySend: false, asked: "totp" });
  setSettings(sendingSettings);
});

test("where the count does not tell, the page decides: recovery codes alone, or the account's own address", async () => {
  const person = await katherine();
  await close(person, "totp");
  expect(await waysFor(person)).toEqual({ first: null, maySend: false, asked: "recovery" });
  const ada = await makePerson(house.ctx);
  await withAddress(house.ctx, ada, "sms", "+12015550126");
  setSettings({ ...sendingSettings, SECOND_FACTOR_KINDS: "totp,email", SMS_ENABLED: "false" });
  expect(await waysFor(ada)).toEqual({ first: null, maySend: true, asked: "email" });
  setSettings(sendingSettings);
});

test("to none at all when nothing is held", async () => {
  expect(await knock(house.stranger(), await makePerson(house.ctx))).toMatchObject({ next: "claim", first: null });
});
