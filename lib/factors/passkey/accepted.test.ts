import { expect, test } from "vitest";
import { acceptedPasskeys } from "@/lib/factors/passkey/accepted";
import { passkeySettings, withPasskey } from "@/lib/testing/passkeys";
import { openHouse } from "@/lib/testing/story";
import { makePerson } from "@/lib/testing/test-context";

const house = openHouse(passkeySettings);

test("whatever keeps somebody's passkeys is told which are good; after a restore nothing until the operator vouches for it, or newer ones would be dropped", async () => {
  const person = await makePerson(house.ctx);
  const [kept, other] = [
    await withPasskey(house.ctx, person),
    await withPasskey(house.ctx, person, { rpId: "old.test" }),
  ];
  const told = async () => JSON.parse((await acceptedPasskeys(house.ctx, person))?.accepted ?? "null");
  expect(await told()).toMatchObject({ rpId: "localhost", allAcceptedCredentialIds: [kept.id] });
  expect(JSON.stringify(await told())).not.toContain(other.id);
  const called = { name: person.email, displayName: person.email };
  expect(JSON.parse((await acceptedPasskeys(house.ctx, person))?.details ?? "null")).toMatchObject(called);
  const now = house.clock.now();
  await house.db.restore.create({ data: { id: "r", restoredAt: now, setBackTo: now, version: "1" } });
  expect(await acceptedPasskeys(house.ctx, person)).toBeNull();
  await house.db.restore.updateMany({ data: { vouchedAt: now } });
  expect(await told()).toMatchObject({ allAcceptedCredentialIds: [kept.id] });
  await house.db.restore.create({ data: { id: "s", restoredAt: now, setBackTo: now, version: "1" } });
  expect(await acceptedPasskeys(house.ctx, person), "the word was about an earlier restore").toBeNull();
  await house.db.restore.deleteMany();
});

test("nor is it told anything while one of them cannot be read: a passkey that is not named is dropped, and no repair brings it back", async () => {
  const person = await makePerson(house.ctx);
  const [sound, damaged] = [await withPasskey(house.ctx, person), await withPasskey(house.ctx, person)];
  const secretOf = async () => (await house.db.factor.findFirst({ where: { id: damaged.factorId } }))?.secret ?? null;
  const secret = await secretOf();
  const store = (text: string | null) =>
    house.db.factor.updateMany({ where: { id: damaged.factorId }, data: { secret: text } });
  await store(`${secret?.slice(0, -4)}AAAA`);
  expect(await acceptedPasskeys(house.ctx, person)).toBeNull();
  await store(secret);
  const { accepted = "" } = (await acceptedPasskeys(house.ctx, person)) ?? {};
  expect([sound, damaged].map(({ id }) => accepted.includes(id))).toEqual([true, true]);
});
