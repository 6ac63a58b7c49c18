import { expect, test } from "vitest";
import { days, hours, minutes } from "@/lib/kernel/duration";
import { openHouse, refused } from "@/lib/testing/story";
import { consumeTry } from "@/lib/throttle/consume-try";

const house = openHouse();

async function consume(name: "password.strangers" | "address.near", subject: string, times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) await consumeTry(house.ctx, name, subject);
}

test("a wait that was set while the clock was a month ahead holds nobody once it is right again", async () => {
  house.clock.move(days(30));
  await consume("password.strangers", "ada", 5);
  house.clock.move(-days(30));
  await consume("password.strangers", "ada", 1);
  expect(await refused(consumeTry(house.ctx, "password.strangers", "ada"))).toBe("throttle.too_many");
});

test("a window that was filled while the clock was a month ahead holds nobody once it is right again", async () => {
  house.clock.move(days(30));
  await consume("address.near", "ada", 30);
  house.clock.move(-days(30));
  await consume("address.near", "ada", 30);
  expect(await refused(consumeTry(house.ctx, "address.near", "ada"))).toBe("throttle.too_many");
});

test("a clock that runs a little behind another portal's lifts neither wait nor window", async () => {
  await consume("password.strangers", "grace", 5);
  await consume("address.near", "grace", 30);
  house.clock.move(-minutes(4));
  expect(await refused(consumeTry(house.ctx, "password.strangers", "grace"))).toBe("throttle.too_many");
  expect(await refused(consumeTry(house.ctx, "address.near", "grace"))).toBe("throttle.too_many");
  house.clock.move(hours(1));
});
