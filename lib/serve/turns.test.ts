import { setImmediate as settled } from "node:timers/promises";
import { afterEach, expect, test, vi } from "vitest";
import { makeTurns } from "@/lib/serve/turns";

/** A piece of work that ends when it is told to. */
function work(name: string, heard: string[]) {
  let [end, fail] = [() => {}, (_: Error) => {}];
  const done = new Promise<void>((resolve, reject) => {
    [end, fail] = [resolve, reject];
  });
  const run = () => {
    heard.push(name);
    return done;
  };
  return { run, end, fail };
}

afterEach(() => void vi.useRealTimers());

test("so many work at once, and the others begin in the order in which they came", async () => {
  const heard: string[] = [];
  const turns = makeTurns({ atOnce: 2, longestMs: 60_000 });
  const works = ["a", "b", "c", "d"].map((name) => work(name, heard));
  const all = works.map(({ run }) => turns.take(run));
  await settled();
  expect(heard).toEqual(["a", "b"]);
  works[1]?.end();
  await settled();
  expect(heard).toEqual(["a", "b", "c"]);
  works[0]?.end();
  await settled();
  expect(heard).toEqual(["a", "b", "c", "d"]);
  for (const { end } of works) end();
  await Promise.all(all);
});

test("whoever takes longer goes on beside the next, and gives no second place away when it ends", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }); // whoever comes next must not take longer, too, because the machine does
  const heard: string[] = [];
  const turns = makeTurns({ atOnce: 1, longestMs: 30 });
  const [slow, next, last] = [work("slow", heard), work("next", heard), work("last", heard)];
  const all = [turns.take(slow.run), turns.take(next.run)];
  vi.advanceTimersByTime(29);
  await settled();
  expect(heard).toEqual(["slow"]);
  vi.advanceTimersByTime(1);
  await settled();
  expect(heard).toEqual(["slow", "next"]);
  slow.end();
  all.push(turns.take(last.run));
  await settled();
  expect(heard).toEqual(["slow", "next"]);
  next.end();
  await settled();
  expect(heard).toEqual(["slow", "next", "last"]);
  last.end();
  await Promise.all(all);
});

test("what is thrown is thrown on, and the place is free", async () => {
  const heard: string[] = [];
  const turns = makeTurns({ atOnce: 1, longestMs: 60_000 });
  const [broken, next] = [work("broken", heard), work("next", heard)];
  const outcome = turns.take(broken.run).catch((fault: Error) => fault.message);
  const following = turns.take(next.run);
  broken.fail(new Error("it broke"));
  expect(await outcome).toBe("it broke");
  await settled();
  expect(heard).toEqual(["broken", "next"]);
  next.end();
  await following;
  const thrown = turns.take(() => {
    throw new Error("at once");
  });
  await expect(thrown).rejects.toThrow("at once");
  const after = work("after", heard);
  after.end();
  await turns.take(after.run);
  expect(heard.at(-1)).toBe("after");
});

test("ten thousand who wait are let in one after the other without a pause that grows", async () => {
  const turns = makeTurns({ atOnce: 1, longestMs: 60_000 });
  let done = 0;
  const begun = performance.now();
  await Promise.all(
    Array.from({ length: 10_000 }, () =>
      turns.take(async () => {
        done += 1;
      }),
    ),
  );
  expect(done).toBe(10_000);
  expect(performance.now() - begun).toBeLessThan(5000);
});
