import { afterAll, beforeAll, expect, test } from "vitest";
import { rawOf } from "@/lib/db/client";
import { systemClock } from "@/lib/kernel/clock";
import { later, milliseconds } from "@/lib/kernel/duration";
import { measureSkew } from "@/lib/portals/clock-skew";
import { testHouse } from "@/lib/testing/test-context";

let house: Awaited<ReturnType<typeof testHouse>>;
beforeAll(async () => {
  house = await testHouse();
});
afterAll(() => house.close());

test.each([0, 3_000, 31_000, -90_000])(
  "a clock that is %i ms ahead of the database's is found to be",
  async (ahead) => {
    const clock = { now: () => later(systemClock.now(), milliseconds(ahead)) };
    const found = await measureSkew(rawOf(house.db), clock);
    expect(Math.abs((found ?? Number.NaN) - ahead)).toBeLessThan(1_500);
  },
);
