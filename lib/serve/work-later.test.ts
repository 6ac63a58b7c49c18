import { setTimeout as pause } from "node:timers/promises";
import { afterEach, expect, test, vi } from "vitest";
import { seconds } from "@/lib/kernel/duration";
import { workLater } from "@/lib/serve/work-later";

afterEach(() => vi.restoreAllMocks());

/** Work that notes what became of it. */
function aWork() {
  const seen: string[] = [];
  const begin = async () => {
    seen.push("begun");
    return async () => void seen.push("ended");
  };
  return { seen, begin };
}

test("it begins after its wait, and ends once", async () => {
  const { seen, begin } = aWork();
  const work = workLater(begin, seconds(0));
  await pause(20);
  expect(seen).toEqual(["begun"]);
  await work.end();
  expect(seen).toEqual(["begun", "ended"]);
  expect(work.isWell()).toBe(true);
});

test("what is ended before its wait is over never begins, and is no fault", async () => {
  const told = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  const { seen, begin } = aWork();
  const work = workLater(begin, seconds(60));
  await work.end();
  expect([seen, work.isWell(), told.mock.calls]).toEqual([[], true, []]);
});

test("what is ended while it begins is ended when it has begun", async () => {
  const { seen, begin } = aWork();
  let go = () => {};
  const loaded = new Promise<void>((resolve) => {
    go = resolve;
  });
  const work = workLater(() => loaded.then(begin), seconds(0));
  await pause(20);
  const ended = work.end();
  go();
  await ended;
  expect(seen).toEqual(["begun", "ended"]);
});

test("what cannot begin is told, and the portal is not ready", async () => {
  const lines: string[] = [];
  for (const way of [process.stdout, process.stderr])
    vi.spyOn(way, "write").mockImplementation((text) => lines.push(String(text)) > 0);
  const work = workLater(() => Promise.reject(new Error("no such file")), seconds(0));
  await pause(20);
  expect(work.isWell()).toBe(false);
  expect(lines.join("")).toContain("work.not_begun");
  await work.end();
});
