import { expect, test } from "vitest";
import { days, hours, minutes } from "@/lib/kernel/duration";
import { throttleRules } from "@/lib/policy/throttle-rules";
import { openHouse, refused } from "@/lib/testing/story";
import { bucketKey } from "@/lib/throttle/bucket";
import { consumeTry, refusal } from "@/lib/throttle/consume-try";
import { consumeWaitingTry } from "@/lib/throttle/waiting/store";

const house = openHouse();

const wait = throttleRules["password.strangers"];

/** One try, of a window or of a counter that waits; throws what says until when it is closed. */
async function once(name: "password.strangers" | "address.near", subject: string): Promise<void> {
  if (name === "address.near") return void (await consumeTry(house.ctx, name, subject));
  const key = bucketKey(name, subject);
  if ((await consumeWaitingTry(house.ctx, key, wait)) === null) throw await refusal(house.ctx, name, key);
}

async function consume(name: "password.strangers" | "address.near", subject: string, times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) await once(name, subject);
}

test("a wait that was set while the clock was a month ahead holds nobody once it is right again", async () => {
  house.clock.move(days(30));
  await consume("password.strangers", "ada", 5);
  house.clock.move(-days(30));
  await consume("password.strangers", "ada", 1);
  expect(await refused(once("password.strangers", "ada"))).toBe("throttle.too_many");
});

test("a window that was filled while the clock was a month ahead holds nobody once it is right again", async () => {
  house.clock.move(days(30));
  await consume("address.near", "ada", 30);
  house.clock.move(-days(30));
  await consume("address.near", "ada", 30);
  expect(await refused(once("address.near", "ada"))).toBe("throttle.too_many");
});

test("a clock that runs a little behind another portal's lifts neither wait nor window", async () => {
  await consume("password.strangers", "grace", 5);
  await consume("address.near", "grace", 30);
  house.clock.move(-minutes(4));
  expect(await refused(once("password.strangers", "grace"))).toBe("throttle.too_many");
  expect(await refused(once("address.near", "grace"))).toBe("throttle.too_many");
  house.clock.move(hours(1));
});
