import { expect, test } from "vitest";
import type { Ctx } from "@/lib/context/context";
import { minutes } from "@/lib/kernel/duration";
import { networksOf } from "@/lib/kernel/networks";
import { counter, openHouse, refusalOf, refused } from "@/lib/testing/story";
import { testContext } from "@/lib/testing/test-context";
import { bucketKey } from "@/lib/throttle/bucket";
import { consumeAddress } from "@/lib/throttle/consume-address";
import { refundWindowTry } from "@/lib/throttle/windows/store";

const house = openHouse();
const from = (ip: string): Ctx => testContext({ db: house.db, clock: house.clock, ip });

async function consume(times: number, ip: (index: number) => string): Promise<void> {
  for (let index = 0; index < times; index += 1) await consumeAddress(from(ip(index)));
}

test.each([
  ["192.0.2.7", "192.0.2.7", "192.0.2.0/24"],
  ["::ffff:192.0.2.7", "192.0.2.7", "192.0.2.0/24"],
  ["::ffff:2c37:424d", "44.55.66.77", "44.55.66.0/24"],
  ["0:0:0:0:0:FFFF:c000:0207", "192.0.2.7", "192.0.2.0/24"],
  ["64:ff9b::192.0.2.7", "192.0.2.7", "192.0.2.0/24"],
  ["64:ff9b::c000:207", "192.0.2.7", "192.0.2.0/24"],
  ["2001:db8:7:1::1", "2001:db8:7:1::/64", "2001:db8:7::/48"],
  ["2001:0DB8:0007:0001:ffff:0:0:9", "2001:db8:7:1::/64", "2001:db8:7::/48"],
  ["::1", "0:0:0:0::/64", "0:0:0::/48"],
  ["fe80::1%eth0", "fe80:0:0:0::/64", "fe80:0:0::/48"],
  ["not an address", "unknown", "unknown"],
])("%s is counted as %s within %s", (ip, near, wide) => expect(networksOf(ip)).toEqual({ near, wide }));

test("thirty in five minutes, then a wait that ends with the window", async () => {
  await consume(30, () => "198.51.100.1");
  const refusal = await refusalOf(consumeAddress(from("198.51.100.1")));
  expect(refusal).toMatchObject({
    id: "throttle.too_many",
    more: { retryAt: new Date(house.clock.now().getTime() + minutes(5)) },
  });
  house.clock.move(minutes(5));
  await consumeAddress(from("198.51.100.1"));
});

test("an IPv6 attacker gains nothing by moving within their /64", async () => {
  await consume(30, (index) => `2001:db8:8:1::${index.toString(16)}`);
  expect(await refused(consumeAddress(from("2001:db8:8:1:ffff::1")))).toBe("throttle.too_many");
  await consumeAddress(from("2001:db8:8:2::1"));
});

test("nor by moving within a /24: its three hundred are shared", async () => {
  await consume(300, (index) => `203.0.113.${index % 250}`);
  expect(await refused(consumeAddress(from("203.0.113.251")))).toBe("throttle.too_many");
  expect(await counter(house.ctx, bucketKey("address.near", "203.0.113.251"))).toMatchObject({ fails: 0 });
});

test("an address that is refused does not use up what its neighbours share", async () => {
  await consume(30, () => "192.0.2.77");
  for (let time = 0; time < 10; time += 1) await refused(consumeAddress(from("192.0.2.77")));
  expect((await counter(house.ctx, bucketKey("address.wide", "192.0.2.0/24"))).fails).toBe(30);
});

const noted = (ip: string) => house.db.securityEvent.findMany({ where: { ip, name: "login.throttled" } });

test("of a flood from one address one refusal is recorded for each window, and no name", async () => {
  const ip = "198.51.100.90";
  await consume(30, () => ip);
  expect(await noted(ip)).toEqual([]);
  await Promise.allSettled(Array.from({ length: 40 }, () => consumeAddress(from(ip))));
  for (let time = 0; time < 5; time += 1) await refused(consumeAddress(from(ip)));
  expect(await noted(ip)).toMatchObject([
    { result: "refused", subjectId: null, actorId: null, meta: { lane: "address" } },
  ]);
  house.clock.move(minutes(5));
  await Promise.allSettled(Array.from({ length: 45 }, () => consumeAddress(from(ip))));
  expect(await noted(ip)).toHaveLength(2);
});

test("nor does a flood within a /24 write more than one row for it, while its full addresses are refunded", async () => {
  await consume(300, (index) => `192.0.3.${index % 10}`);
  for (let round = 0; round < 3; round += 1)
    await Promise.allSettled(Array.from({ length: 40 }, (_, index) => consumeAddress(from(`192.0.3.${index + 5}`))));
  const rows = await house.db.securityEvent.count({ where: { ip: { startsWith: "192.0.3." } } });
  expect(rows).toBe(6); // five addresses that are full themselves, and the network once
});

test("a try that is refunded does not take the note with it", async () => {
  const ip = "198.51.100.91";
  await consume(30, () => ip);
  await refused(consumeAddress(from(ip)));
  await refundWindowTry(house.ctx, bucketKey("address.near", ip));
  await consumeAddress(from(ip));
  await refused(consumeAddress(from(ip)));
  expect(await noted(ip)).toHaveLength(1);
});

test("fifty at once are counted one by one", async () => {
  const outcomes = await Promise.allSettled(Array.from({ length: 50 }, () => consumeAddress(from("198.51.100.50"))));
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(30);
});
