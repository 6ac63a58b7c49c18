import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Ctx } from "@/lib/context/context";
import { database } from "@/lib/db/client";
import { systemClock } from "@/lib/kernel/clock";
import { aNotice, bothChannels } from "@/lib/letters/letters.kit";
import { queueLetters } from "@/lib/letters/queue-letters";
import { beginWork } from "@/lib/serve/housework";
import { neverMeasured } from "@/lib/testing/never-measured";
import { openHouse } from "@/lib/testing/story";
import { testContext } from "@/lib/testing/test-context";
import { setSettings } from "@/lib/testing/test-settings";
import { until } from "@/lib/testing/until";

const house = openHouse(bothChannels);
const now = (): Ctx => testContext({ db: house.db, clock: systemClock });
const waiting = () => house.db.letter.count({ where: { parkedAt: null } });

beforeEach(() => setSettings({ ...bothChannels, DATABASE_URL: house.url }));
afterEach(async () => {
  globalThis.sallyportClock = undefined;
  await database().$disconnect();
});

test("no letter is given up by a portal whose hour cannot be trusted", async () => {
  await queueLetters(now(), [aNotice(1, { userId: null, expiresAt: now().now })]);
  globalThis.sallyportClock = neverMeasured();
  const asked = vi.spyOn(globalThis.sallyportClock, "mayDecide");
  const end = beginWork(now, null);
  await until(() => expect(asked.mock.calls.length).toBeGreaterThan(2));
  expect(await waiting()).toBe(1);
  globalThis.sallyportClock = undefined;
  await until(async () => expect(await waiting()).toBe(0));
  await end();
});
