import { expect, test } from "vitest";
import { milliseconds } from "@/lib/kernel/duration";
import { ownTime } from "@/lib/serve/drain";

/** Keeps the thread, as a machine does that has no time for us. */
function starve(ms: number) {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

test("a wait of the process's own time lasts as long as it says where nobody takes any", async () => {
  const begun = performance.now();
  await ownTime(milliseconds(400));
  expect(performance.now() - begun).toBeGreaterThanOrEqual(390);
});

test("time that the process was not given does not count, up to half as long again", async () => {
  const [begun, waited] = [performance.now(), ownTime(milliseconds(1000))];
  starve(400);
  await waited;
  expect(performance.now() - begun).toBeGreaterThanOrEqual(1250);
});

test("however starved, it ends", async () => {
  const [begun, waited] = [performance.now(), ownTime(milliseconds(200))];
  starve(600);
  await waited;
  expect(performance.now() - begun).toBeLessThan(5000);
});
