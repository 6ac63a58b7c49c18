import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { showProgress } from "@/lib/cli/progress";
import type { Terminal } from "@/lib/cli/terminal";

const clock = { at: 0 };
let lines: string[];
let drawn: string[];

beforeEach(() => {
  clock.at = 0;
  [lines, drawn] = [[], []];
  vi.spyOn(performance, "now").mockImplementation(() => clock.at);
});
afterEach(() => vi.restoreAllMocks());

const terminal = (isWatched: boolean): Terminal => ({
  out: () => undefined,
  err: (text) => void lines.push(text),
  ask: async () => null,
  isAttended: false,
  redraw: isWatched ? (text) => void drawn.push(text) : null,
  bytes: () => process.stdout,
  lost: async () => null,
});

/** Work of twenty seconds that says ten times a second how far it is. */
function work(isWatched: boolean, flags = {}) {
  const progress = showProgress({ terminal: terminal(isWatched), typed: { positionals: [], flags } }, "Backing up");
  for (; clock.at < 20_000; clock.at += 100) progress.at(clock.at / 20_000);
  progress.end();
}

test("where nobody watches it is a line every five seconds, the first after two", () => {
  work(false);
  expect(lines).toEqual([
    "Backing up: 10 %, about 18 s left",
    "Backing up: 35 %, about 13 s left",
    "Backing up: 60 %, about 8 s left",
    "Backing up: 85 %, about 3 s left",
  ]);
});

test("on a terminal it is a bar that is cleared away at the end", () => {
  work(true);
  expect(lines).toEqual([]);
  expect(drawn[0]).toBe(`##${"-".repeat(22)} Backing up: 10 %, about 18 s left`);
  expect(drawn.at(-1)).toBe("");
  expect(drawn.length).toBeGreaterThan(50);
});

test("short work, and work for programs, says nothing", () => {
  work(false, { json: true });
  const progress = showProgress({ terminal: terminal(true), typed: { positionals: [], flags: {} } }, "Backing up");
  progress.at(0.5);
  progress.end();
  expect([...lines, ...drawn]).toEqual([]);
});
