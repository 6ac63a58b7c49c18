import { expect, test } from "vitest";
import { throttleRules } from "@/lib/policy/throttle-rules";
import { openHouse, refusalOf } from "@/lib/testing/story";
import { consumeTry } from "@/lib/throttle/consume-try";

const house = openHouse();

test.each(["bindable.challenge", "change.asked"] as const)(
  "%s is one login's: whoever has used it up is told to log in again, and no number of minutes",
  async (name) => {
    const { limit } = throttleRules[name];
    for (let time = 0; time < limit; time += 1) await consumeTry(house.ctx, name, "one");
    const { id, more } = await refusalOf(consumeTry(house.ctx, name, "one"));
    expect([id, more.retryAt]).toEqual(["throttle.start_over", undefined]);
    await consumeTry(house.ctx, name, "the next");
  },
);
