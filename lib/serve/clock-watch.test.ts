import { beforeEach, expect, test } from "vitest";
import { makeClockWatch } from "@/lib/serve/clock-watch";
import { linesOf } from "@/lib/testing/doors";

/** Three clocks in milliseconds: this machine's, its stopwatch, and the database's; `answer`: what a measurement says instead. */
const at = { wall: 0, steady: 0, database: 0, asked: 0, answer: (): Promise<number | null> | null => null };
const start = Date.UTC(2026, 10, 28);

beforeEach(() => Object.assign(at, { wall: start, steady: 0, database: start, asked: 0, answer: () => null }));

const clocks = {
  wall: () => at.wall,
  steady: () => at.steady,
  measure: async () => {
    at.asked += 1;
    return at.answer() ?? at.wall - at.database;
  },
};

/** Time passes for all three. */
function pass(milliseconds: number) {
  at.wall += milliseconds;
  at.steady += milliseconds;
  at.database += milliseconds;
}

/** A watch that has measured once, as a portal's has when it opens. */
async function begun() {
  const watch = makeClockWatch(clocks);
  expect(watch.mayDecide()).toBe(false); // the hour is not known yet
  await watch.tick();
  return watch;
}

test("clocks that agree: everything is decided, nothing is logged, and who is told measures nothing", async () => {
  const lines = [linesOf("clock.apart"), linesOf("clock.jumped"), linesOf("clock.agrees")];
  const watch = await begun();
  for (let second = 0; second < 60; second += 1) {
    pass(1_000);
    if (second % 5 === 0) watch.noteSkew(at.wall - at.database);
    expect(watch.mayDecide()).toBe(true);
    await watch.tick();
  }
  expect(at.asked).toBe(1);
  expect(lines.flatMap((read) => read())).toEqual([]);
});

test("where nobody tells the distance, the watch measures every few seconds", async () => {
  const watch = await begun();
  for (let second = 0; second < 60; second += 1) {
    pass(1_000);
    await watch.tick();
  }
  expect(at.asked).toBeGreaterThan(7);
  expect(at.asked).toBeLessThan(12);
});

test("a clock that jumps by 3 s: it goes on deciding, with one warning a minute", async () => {
  const lines = linesOf("clock.apart");
  const watch = await begun();
  at.wall += 3_000;
  for (let second = 0; second < 59; second += 1) {
    pass(1_000);
    expect(watch.mayDecide()).toBe(true);
    watch.noteSkew(at.wall - at.database);
  }
  expect(lines()).toMatchObject([{ level: "warning", seconds: 3, serving: true }]);
  pass(2_000);
  watch.noteSkew(3_000);
  expect(lines()).toHaveLength(2);
});

test.each([31_000, 90_000, -31_000, -90_000])(
  "a clock that jumps by %i ms: nothing is decided from the next request on, until it is back",
  async (jump) => {
    const [jumped, apart, agrees] = [linesOf("clock.jumped"), linesOf("clock.apart"), linesOf("clock.agrees")];
    const watch = await begun();
    at.wall += jump;
    for (let second = 0; second < 90; second += 1) {
      expect(watch.mayDecide()).toBe(false);
      await watch.tick();
      pass(1_000);
    }
    expect(jumped()).toMatchObject([{ level: "warning", seconds: jump / 1_000 }]);
    expect(apart()).toMatchObject([{ level: "error", seconds: jump / 1_000, serving: false }, { level: "error" }]);
    at.wall -= jump;
    expect(watch.mayDecide()).toBe(false); // the way back is a jump too
    await watch.tick();
    expect(watch.mayDecide()).toBe(true);
    expect(agrees()).toMatchObject([{ level: "info", seconds: 0 }]);
  },
);

test("a machine that slept, whose clock is right when it wakes, is served again with the first measurement", async () => {
  const watch = await begun();
  at.wall += 3_600_000;
  at.database += 3_600_000;
  expect(watch.mayDecide()).toBe(false);
  await watch.tick();
  expect(watch.mayDecide()).toBe(true);
  expect(at.asked).toBe(2);
});

test("a clock that was set by 10 s stays shut until both agree, not only until they are near", async () => {
  const watch = await begun();
  at.wall += 10_000;
  await watch.tick();
  expect(watch.mayDecide()).toBe(false);
  for (at.database += 7_000; at.wall - at.database > 2_000; at.wall -= 100) {
    await watch.tick();
    expect(watch.mayDecide()).toBe(false);
  }
  await watch.tick();
  expect(watch.mayDecide()).toBe(true);
});

test("a clock that drifts off in small steps is no jump, and is shut out at 30 s from the database's", async () => {
  const jumped = linesOf("clock.jumped");
  const watch = await begun();
  for (let seconds = 1; seconds <= 40; seconds += 1) {
    at.wall += 1_000;
    watch.noteSkew(at.wall - at.database);
    expect(watch.mayDecide()).toBe(seconds <= 30);
  }
  expect(jumped()).toEqual([]);
});

test("a measurement that was under way when the clock jumped opens nothing", async () => {
  const watch = await begun();
  at.wall += 31_000;
  expect(watch.mayDecide()).toBe(false); // its measurement is under way
  let answer = (_: number) => {};
  at.answer = () =>
    new Promise((resolve) => {
      answer = resolve;
    });
  await watch.tick();
  at.wall -= 31_000;
  watch.mayDecide();
  const asked = watch.tick();
  at.wall += 31_000; // and there it is again, while the database still says "equal"
  answer(0);
  await asked;
  expect(watch.mayDecide()).toBe(false);
});

test("what others have measured shuts and does not open: it may be older than the jump", async () => {
  const watch = await begun();
  watch.noteSkew(-31_000);
  expect(watch.mayDecide()).toBe(false);
  watch.noteSkew(0);
  expect(watch.mayDecide()).toBe(false);
  await watch.tick();
  expect(watch.mayDecide()).toBe(true);
});

test("a database that does not answer leaves things as they are", async () => {
  const watch = await begun();
  at.answer = () => Promise.reject(new Error("away"));
  pass(60_000);
  await watch.tick();
  expect(watch.mayDecide()).toBe(true);
  at.wall += 31_000;
  await watch.tick();
  at.wall -= 31_000;
  await watch.tick();
  expect(watch.mayDecide()).toBe(false); // nobody has said yet that they agree
});
