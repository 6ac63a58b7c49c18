import { availableParallelism } from "node:os";
import { expect, test } from "vitest";
import type { Ctx } from "@/lib/context/context";
import { takePlace } from "@/lib/crypto/hashing-gate";
import { networksOf } from "@/lib/kernel/networks";
import { logInWithPassword } from "@/lib/login/log-in-with-password";
import { policy } from "@/lib/policy/policy";
import { sendingSettings } from "@/lib/testing/letters";
import { costOf } from "@/lib/testing/statements/count";
import { counter, knock, openHouse, refused } from "@/lib/testing/story";
import { makePerson, openSessionFor, type TestPerson } from "@/lib/testing/test-context";
import { bucketKey } from "@/lib/throttle/bucket";
import { consumeAddress } from "@/lib/throttle/consume-address";

const house = openHouse(sendingSettings);
const strangersKey = (person: TestPerson) => bucketKey("password.strangers", person.userId);
const wrong = { password: "not the password at all" };

/** Somebody with a known device, and what its window has counted. */
async function known() {
  const ada = await makePerson(house.ctx);
  const { deviceToken } = await openSessionFor(house.ctx, ada);
  const { id } = await house.db.device.findFirstOrThrow({ where: { userId: ada.userId } });
  const counted = async () => (await counter(house.ctx, bucketKey("login.device", id))).fails;
  return { ada, deviceToken, counted };
}

/** What the two windows of a visitor's address have counted. */
async function countedAt(ctx: Ctx): Promise<number[]> {
  const { near, wide } = networksOf(ctx.visitor.ip);
  const keys = [bucketKey("address.near", near), bucketKey("address.wide", wide)];
  return Promise.all(keys.map(async (key) => (await counter(house.ctx, key)).fails));
}

/** Runs `work` while every place at the hashing table and every seat in its waiting room is taken. */
async function inFullHouse(work: () => Promise<void>): Promise<void> {
  const count = 2 * availableParallelism() + policy.password.waitingRoom;
  const places = Array.from({ length: count }, () => takePlace(house.ctx.now));
  await work();
  for (const place of places) (await place).leave();
}

test("a full house costs neither the visitor's address nor a known device a try, and asks the database nothing", async () => {
  const { ada, deviceToken, counted } = await known();
  const visitor = house.stranger();
  await inFullHouse(async () => {
    for (const token of [null, deviceToken]) {
      const cost = await costOf(async () =>
        expect(await refused(knock(visitor, ada, { deviceToken: token }))).toBe("hash.busy"),
      );
      expect(cost).toEqual({ roundTrips: 0, commits: 0 });
    }
  });
  expect(await countedAt(visitor)).toEqual([0, 0]);
  expect(await counted()).toBe(0);
});

test("a house that fills up while somebody knocks costs them no try either", async () => {
  const { ada, deviceToken, counted } = await known();
  const visitor = house.stranger();
  for (const token of [null, deviceToken]) {
    const typed = { identifier: ada.email, password: ada.password, deviceToken: token, returnTo: "/security" };
    const outcome = refused(logInWithPassword(visitor, typed)); // it has looked, and asks the database now
    await inFullHouse(async () => expect(await outcome).toBe("hash.busy"));
  }
  expect(await countedAt(visitor)).toEqual([0, 0]);
  expect(await counted()).toBe(0);
});

test("a fault of ours refunds what was consumed at the door, a wrong password does not", async () => {
  const { ada, deviceToken, counted } = await known();
  const visitor = house.stranger();
  const fault = () => Promise.reject(new Error("the key is gone"));
  for (const token of [null, deviceToken]) {
    const typed = { identifier: ada.email, password: fault, deviceToken: token, returnTo: "/security" };
    await expect(logInWithPassword(visitor, typed)).rejects.toThrow("the key is gone");
  }
  expect([await countedAt(visitor), await counted()]).toEqual([[0, 0], 0]);
  for (const token of [null, deviceToken]) await refused(knock(visitor, ada, { ...wrong, deviceToken: token }));
  expect([await countedAt(visitor), await counted()]).toEqual([[1, 1], 1]);
});

test("a known device that is used up, at a full address, adds nothing to the strangers' wait", async () => {
  const { ada, deviceToken } = await known();
  for (let time = 0; time < 10; time += 1) await refused(knock(house.stranger(), ada, { ...wrong, deviceToken }));
  const visitor = house.stranger();
  for (let time = 0; time < 30; time += 1) await consumeAddress(visitor);
  expect(await refused(knock(visitor, ada, { deviceToken }))).toBe("throttle.too_many");
  expect(await counter(house.ctx, strangersKey(ada))).toMatchObject({ fails: 0, blockedUntil: null });
});

test("a fault of ours after a wrong password was judged refunds nothing; one after a right one does", async () => {
  const ada = await makePerson(house.ctx);
  for (let time = 0; time < 4; time += 1) await refused(knock(house.stranger(), ada, wrong));
  const [visitor, owner] = [house.stranger(), house.stranger()];
  await house.db
    .$executeRaw`ALTER TABLE security_events ADD CONSTRAINT broken CHECK (name <> 'login.password_accepted') NOT VALID`;
  await house.db.$executeRaw`ALTER TABLE letters ADD CONSTRAINT broken CHECK (kind <> 'password.waits') NOT VALID`;
  try {
    await expect(knock(visitor, ada, wrong)).rejects.toThrow("broken");
    await expect(knock(owner, await makePerson(house.ctx))).rejects.toThrow("broken");
  } finally {
    await house.db.$executeRaw`ALTER TABLE letters DROP CONSTRAINT broken`;
    await house.db.$executeRaw`ALTER TABLE security_events DROP CONSTRAINT broken`;
  }
  expect(await countedAt(visitor)).toEqual([1, 1]);
  expect(await countedAt(owner)).toEqual([0, 0]);
  expect(await counter(house.ctx, strangersKey(ada))).toMatchObject({ fails: 5 });
});
