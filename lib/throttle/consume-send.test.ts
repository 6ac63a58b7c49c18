import { describe, expect, test } from "vitest";
import { days, hours, minutes } from "@/lib/kernel/duration";
import { sendingSettings } from "@/lib/testing/letters";
import { openHouse, refused } from "@/lib/testing/story";
import { consumeSend } from "@/lib/throttle/consume-send";
import type { Sending } from "@/lib/throttle/send-windows";

const house = openHouse({ ...sendingSettings, SMS_PER_DAY: "80" });
let steps = 0;

/** One code for a step of its own, from an address that nobody used before. */
function sending(changes: Partial<Sending> = {}): Sending {
  steps += 1;
  const plain = {
    userId: `person ${steps}`,
    channel: "sms",
    address: `number ${steps}`,
    block: `block ${steps}`,
  } as const;
  return { ...plain, step: `step ${steps}`, isBound: false, deviceId: null, ...changes };
}
const send = (changes: Partial<Sending> = {}, ctx = house.stranger()) => consumeSend(ctx, sending(changes));
const tomorrow = () => house.clock.move(days(2));

async function untilRefused(changes: () => Partial<Sending>, ctx?: Parameters<typeof consumeSend>[0]): Promise<number> {
  for (let sent = 0; sent < 100; sent += 1) {
    const outcome = await send(changes(), ctx).catch((error: unknown) => error);
    if (outcome instanceof Error) return sent;
  }
  return 100;
}

describe("a stranger who says that addresses are theirs", () => {
  test("gets three codes an hour to one address, from however many accounts", async () => {
    tomorrow();
    expect(await untilRefused(() => ({ address: "hers" }))).toBe(3);
    house.clock.move(hours(1));
    expect(await untilRefused(() => ({ address: "hers" }))).toBe(2);
    tomorrow();
    expect(await untilRefused(() => ({ address: "hers" }))).toBe(3);
  });

  test("gets three addresses a day for one account, and may ask again for each", async () => {
    tomorrow();
    for (const address of ["a", "b", "c"]) await send({ userId: "eve", address });
    expect(await refused(send({ userId: "eve", address: "d" }))).toBe("post.too_many");
    await send({ userId: "eve", address: "a" });
    house.clock.move(hours(2));
    expect(await refused(send({ userId: "eve", address: "e" }))).toBe("post.too_many");
  });

  test("gets five codes an hour and ten a day for one account", async () => {
    tomorrow();
    const account = () => ({ userId: "eve", isBound: true });
    expect(await untilRefused(account)).toBe(5);
    house.clock.move(hours(1));
    expect(await untilRefused(account)).toBe(5);
    house.clock.move(hours(1));
    expect(await untilRefused(account)).toBe(0);
  });

  test("gets ten numbers of one block a day, and twenty an hour from one network", async () => {
    tomorrow();
    expect(await untilRefused(() => ({ block: "one" }))).toBe(10);
    tomorrow();
    const here = house.stranger();
    expect(await untilRefused(() => ({}), here)).toBe(20);
  });

  test("uses up half of the day's budget of the house, and the rest is for bound addresses", async () => {
    tomorrow();
    expect(await untilRefused(() => ({}))).toBe(40);
    expect(await untilRefused(() => ({ isBound: true }))).toBe(40);
    const events = await house.db.securityEvent.findMany({ where: { name: "send.budget_spent" } });
    expect(events.map(({ meta }) => meta)).toEqual([{ channel: "sms" }, { channel: "sms" }]);
  });
});

test("what strangers claim uses up nothing of what the owner of a bound number needs", async () => {
  tomorrow();
  await untilRefused(() => ({ address: "grace's" }));
  expect(await untilRefused(() => ({ address: "grace's", isBound: true, userId: "grace" }))).toBe(5);
});

describe("an owner on a known device", () => {
  const grace = { userId: "grace", address: "grace's", isBound: true, deviceId: "her laptop" } as const;

  test("has two codes a day that nobody else can use up", async () => {
    tomorrow();
    await untilRefused(() => ({ isBound: true, userId: "grace", address: "grace's" }));
    await untilRefused(() => ({ isBound: true }));
    expect(await untilRefused(() => grace)).toBe(2);
    expect(await refused(send({ ...grace, deviceId: null }))).toBe("post.too_many");
  });

  test("uses them only when nothing else is left", async () => {
    tomorrow();
    expect(await untilRefused(() => grace)).toBe(7);
  });
});

test("a refused one costs nothing anywhere", async () => {
  tomorrow();
  await untilRefused(() => ({ address: "hers" }));
  const before = await house.db.bucket.findMany({ where: { fails: { gt: 0 } }, select: { key: true, fails: true } });
  await send({ userId: "mallory", address: "hers", step: "mallory's" }).catch(() => null);
  const after = await house.db.bucket.findMany({ where: { fails: { gt: 0 } }, select: { key: true, fails: true } });
  expect(new Set(after.map(({ key, fails }) => `${key} ${fails}`))).toEqual(
    new Set(before.map(({ key, fails }) => `${key} ${fails}`)),
  );
  house.clock.move(minutes(1));
});

test("mails and messages have budgets of their own", async () => {
  tomorrow();
  await untilRefused(() => ({ userId: "eve", isBound: true }));
  await send({ userId: "eve", isBound: true, channel: "mail" });
});

test("the last one of the day, asked for by twenty at once, goes to one", async () => {
  tomorrow();
  for (let sent = 0; sent < 39; sent += 1) await send();
  const visitors = Array.from({ length: 20 }, () => house.stranger());
  const outcomes = await Promise.allSettled(visitors.map((visitor) => send({}, visitor)));
  expect(outcomes.filter(({ status }) => status === "fulfilled").length).toBeLessThanOrEqual(1);
});
