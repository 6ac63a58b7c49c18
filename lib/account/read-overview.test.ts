import { afterEach, expect, test } from "vitest";
import { comingDemand, readOverview } from "@/lib/account/read-overview";
import { listPeople } from "@/lib/operator/list-people";
import type { Demand } from "@/lib/policy/second-factor";
import { openHouse } from "@/lib/testing/story";
import { makePerson, openSessionFor, withTotp } from "@/lib/testing/test-context";
import { setSettings } from "@/lib/testing/test-settings";

const house = openHouse();
const spring = new Date("2030-03-01T00:00:00.000Z");
const asking: Demand = {
  isDemanded: false,
  from: spring,
  kinds: ["totp"],
  count: 1,
  emailCounts: false,
  strength: "any",
};

afterEach(() => setSettings({ SECOND_FACTOR_FROM: "" }));

test.each([
  ["nothing bound yet", asking, {}, { from: spring, count: 1, missing: 1 }],
  ["enough bound already", asking, { totp: 1 }, null],
  ["an address that does not count", asking, { email: 1 }, { from: spring, count: 1, missing: 1 }],
  ["one of two", { ...asking, count: 2 }, { sms: 1 }, { from: spring, count: 2, missing: 1 }],
  ["demanded already", { ...asking, isDemanded: true, from: null }, {}, null],
  ["never demanded", { ...asking, from: null }, {}, null],
] as const)("what is told before the day: %s", (_, demand, held, coming) =>
  expect(comingDemand(demand, held)).toEqual(coming),
);

test("the day is told until the person has what it asks for", async () => {
  setSettings({ SECOND_FACTOR_FROM: "2030-03-01" });
  const barbara = await makePerson(house.ctx, { isAdmin: true });
  const read = async () => readOverview(house.ctx, (await openSessionFor(house.ctx, barbara)).actor);
  expect(await read()).toMatchObject({ coming: { from: spring, missing: 1 }, held: {}, onOffer: ["totp"] });
  await withTotp(house.ctx, barbara);
  expect(await read()).toMatchObject({ coming: null, held: { totp: 1 } });
});

test("the list of people says who owes what, before the day nobody does", async () => {
  const [barbara, ada] = [await makePerson(house.ctx, { isAdmin: true }), await makePerson(house.ctx)];
  const owing = async () => {
    const people = await listPeople(house.ctx);
    return [barbara, ada].map(({ userId }) => people.find((one) => one.userId === userId)?.owes);
  };
  expect(await owing()).toEqual([1, 0]);
  setSettings({ SECOND_FACTOR_FROM: "2030-03-01" });
  expect(await owing()).toEqual([0, 0]);
});
