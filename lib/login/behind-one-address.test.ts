import { describe, expect, test } from "vitest";
import { acceptInvitation } from "@/lib/account/accept-invitation";
import { containAccount } from "@/lib/account/contain-account";
import { startLogin } from "@/lib/challenge/start-login";
import type { Ctx } from "@/lib/context/context";
import { ensure } from "@/lib/kernel/assert";
import { minutes, seconds } from "@/lib/kernel/duration";
import { completeSetup } from "@/lib/setup/complete-setup";
import { counter, knock, openHouse, refused } from "@/lib/testing/story";
import { makePerson, openSessionFor, type TestPerson, testContext, withTotp } from "@/lib/testing/test-context";
import { bucketKey } from "@/lib/throttle/bucket";
import { type ConsumedAddress, consumeAddress } from "@/lib/throttle/consume-address";
import { consumeDeviceLogin } from "@/lib/throttle/consume-device-login";
import { findAccount } from "@/lib/users/store";

const house = openHouse();
const wrong = { password: "not the password at all" };
const from = (ip: string): Ctx => testContext({ db: house.db, clock: house.clock, ip });
const near = async (ip: string) => (await counter(house.ctx, bucketKey("address.near", ip))).fails;
const wide = async (network: string) => (await counter(house.ctx, bucketKey("address.wide", network))).fails;

/** So many tries from this address that end in no success, without the work of a password. */
async function strangersAt(ip: string, times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) await consumeAddress(from(ip));
}

/** The second half of a login that consumed a try of its address a while ago. */
async function openAfter({ userId }: TestPerson, address: ConsumedAddress): Promise<void> {
  const account = await findAccount(house.ctx, userId);
  ensure(account, "the person has an account");
  await startLogin(house.ctx, { account, amr: ["pwd"], deviceId: null, returnTo: "/security", address });
}

describe("a right password", () => {
  test("is refunded the one try that it consumed, near and wide: the thirty-first is let in like the first", async () => {
    const ip = "198.51.100.1";
    await strangersAt(ip, 29);
    for (let index = 0; index < 3; index += 1)
      expect((await knock(from(ip), await makePerson(house.ctx))).next).toBe("claim");
    expect([await near(ip), await wide("198.51.100.0/24")]).toEqual([29, 29]);
  });

  test("refunds nothing to a window that began after it", async () => {
    const ip = "198.51.102.1";
    const late = await makePerson(house.ctx);
    await strangersAt(ip, 3);
    const consumed = await consumeAddress(from(ip));
    house.clock.move(minutes(6));
    await strangersAt(ip, 2);
    await openAfter(late, consumed);
    expect([await near(ip), await wide("198.51.102.0/24")]).toEqual([2, 2]);
  });

  test("of one account is refunded ten in five minutes, however many there are", async () => {
    const ip = "198.51.103.1";
    const ada = await makePerson(house.ctx);
    for (let time = 0; time < 17; time += 1) await knock(from(ip), ada);
    expect(await near(ip)).toBe(7);
    house.clock.move(minutes(5));
    await knock(from(ip), ada);
    expect(await near(ip)).toBe(0);
  });
});

describe("a known device", () => {
  async function grace(): Promise<{ person: TestPerson; deviceToken: string | null }> {
    const person = await makePerson(house.ctx);
    await withTotp(house.ctx, person);
    return { person, deviceToken: (await openSessionFor(house.ctx, person)).deviceToken };
  }

  test("lets its owner in from the very address, and the network, that strangers have used up", async () => {
    const { person, deviceToken } = await grace();
    for (let host = 1; host <= 10; host += 1) await strangersAt(`203.0.113.${host}`, 30);
    expect(await refused(knock(from("203.0.113.1"), person))).toBe("throttle.too_many");
    expect(await refused(knock(from("203.0.113.99"), person))).toBe("throttle.too_many");
    for (const host of [1, 99])
      expect((await knock(from(`203.0.113.${host}`), person, { deviceToken })).next).toBe("answer");
    expect(await near("203.0.113.99")).toBe(0);
  });

  test("has thirty logins in five minutes of its own, which success does not reset", async () => {
    const { person, deviceToken } = await grace();
    const deviceId = (await house.db.device.findFirstOrThrow({ where: { userId: person.userId } })).id;
    for (let time = 0; time < 29; time += 1) {
      house.clock.move(seconds(5));
      await consumeDeviceLogin(house.ctx, { deviceId, userId: person.userId });
    }
    await knock(house.stranger(), person, { deviceToken });
    expect(await refused(knock(house.stranger(), person, { deviceToken }))).toBe("throttle.too_many");
    const event = { subjectId: person.userId, name: "login.throttled" };
    await refused(knock(house.stranger(), person, { deviceToken }));
    expect(await house.db.securityEvent.count({ where: event })).toBe(1);
    house.clock.move(minutes(5));
    expect((await knock(house.stranger(), person, { deviceToken })).next).toBe("answer");
  });

  test("that has used up its own tries is a stranger's, and consumes of its network", async () => {
    const { person, deviceToken } = await grace();
    const ip = "203.0.114.1";
    for (let time = 0; time < 10; time += 1) await refused(knock(from(ip), person, { ...wrong, deviceToken }));
    expect(await near(ip)).toBe(0);
    await refused(knock(from(ip), person, { ...wrong, deviceToken }));
    expect(await near(ip)).toBe(1);
  });

  test("of somebody else consumes like no device at all", async () => {
    const { deviceToken } = await grace();
    const other = await makePerson(house.ctx);
    const ip = "203.0.115.1";
    await refused(knock(from(ip), other, { ...wrong, deviceToken }));
    expect(await near(ip)).toBe(1);
  });
});

test("set-up, invitations and the alarm page have a window of their own", async () => {
  const ip = "203.0.116.1";
  await strangersAt(ip, 30);
  expect(await refused(knock(from(ip), await makePerson(house.ctx)))).toBe("throttle.too_many");
  expect(
    await refused(acceptInvitation(from(ip), { token: "inv_nothing", password: "nine slow ferries to nowhere" })),
  ).toBe("setup.link_over");
  expect(await refused(containAccount(from(ip), { token: "alm_nothing" }))).toBe("alarm.over");
  expect(
    await refused(
      completeSetup(from(ip), {
        token: "set_nothing",
        email: "a@example.test",
        username: "",
        password: "nine slow ferries",
      }),
    ),
  ).toBe("setup.link_over");
  for (let time = 0; time < 97; time += 1) await refused(containAccount(from(ip), { token: "alm_nothing" }));
  expect(
    await refused(acceptInvitation(from(ip), { token: "inv_nothing", password: "nine slow ferries to nowhere" })),
  ).toBe("throttle.too_many");
});

test("fifty right ones of one account at once, from one address: ten are refunded, none of it twice", async () => {
  const ip = "203.0.117.1";
  const ada = await makePerson(house.ctx);
  const outcomes = await Promise.allSettled(Array.from({ length: 50 }, () => knock(from(ip), ada)));
  const inside = outcomes.filter(({ status }) => status === "fulfilled").length;
  expect(await near(ip)).toBe(inside - 10);
  expect(await wide("203.0.117.0/24")).toBe(inside - 10);
});
