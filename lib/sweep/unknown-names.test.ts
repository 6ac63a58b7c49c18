import { expect, test } from "vitest";
import { days, hours } from "@/lib/kernel/duration";
import { consumePasswordTry, passwordCounter } from "@/lib/login/password-counter";
import { sweep } from "@/lib/sweep/sweep";
import { openHouse, refusalOf } from "@/lib/testing/story";
import { makePerson } from "@/lib/testing/test-context";
import { findAccount } from "@/lib/users/store";

const house = openHouse();

test("after days of quiet and a sweep, a name that nobody has waits exactly as an account does", async () => {
  const { userId, email } = await makePerson(house.ctx);
  const known = passwordCounter(await findAccount(house.ctx, userId), email, null);
  const unknown = passwordCounter(null, "nobody@example.test", null);
  for (const counter of [known, unknown]) {
    for (let time = 0; time < 8; time += 1) {
      await consumePasswordTry(house.ctx, counter);
      if (time > 3) house.clock.move(hours(1));
    }
  }
  house.clock.move(days(2));
  expect((await sweep(house.ctx)).counters).toBe(0);
  const waits: (Date | undefined)[] = [];
  for (const counter of [known, unknown]) {
    await consumePasswordTry(house.ctx, counter);
    waits.push((await refusalOf(consumePasswordTry(house.ctx, counter))).more.retryAt);
  }
  expect(waits[1]).toEqual(waits[0]);
  house.clock.move(days(8));
  expect((await sweep(house.ctx)).counters).toBe(2); // the counter, and what stands for the account
});
