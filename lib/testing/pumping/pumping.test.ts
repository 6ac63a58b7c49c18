import { expect, test } from "vitest";
import { sendingSettings } from "@/lib/testing/letters";
import { figuresOf } from "@/lib/testing/pumping/budgets";
import { pump } from "@/lib/testing/pumping/run-pumping";
import { leastGap, mostInWindow } from "@/lib/testing/pumping/windows";
import { monday } from "@/lib/testing/test-context";
import { setSettings } from "@/lib/testing/test-settings";

const hour = 3_600_000;

test.each([
  [[], 0],
  [[0], 1],
  [[0, 1, 2], 3],
  [[0, hour, 2 * hour], 1],
  [[0, hour - 1, hour, hour + 1], 2],
  [[0.9, 0.95, 1.1, 1.15].map((hours) => hours * hour), 2], // a refused request may have begun the first window
  [[0.2, 0.95, 1.1, 1.15, 1.3].map((hours) => hours * hour), 3],
])("%j is at most %i an hour", (times, most) => expect(mostInWindow(times, hour, 0)).toBe(most));

test("the least gap is between neighbours", () => {
  expect([leastGap([0, 90, 150]), leastGap([7]), leastGap([])]).toEqual([60, Infinity, Infinity]);
});

test("eleven messages to one block are seen, and so are four numbers of one account", () => {
  setSettings(sendingSettings);
  const letter = { ip: "192.0.2.1", step: "step", isBound: false, at: monday.getTime(), userId: "eve" };
  const sent = Array.from({ length: 11 }, (_, n) => ({ ...letter, to: `+1202555${1000 + n}` }));
  const most = new Map(figuresOf(sent, monday).map(({ name, most }) => [name, most]));
  expect([most.get("send.block"), most.get("send.claims"), most.get("send.claimed")]).toEqual([11, 11, 1]);
});

test.each([
  ["a house with a hundred and sixty messages a day", 160],
  ["a house whose day has no end", 1_000_000],
])(
  "a day of pumping: %s stays inside every budget, and owners get theirs",
  async (_name, perDay) => {
    const { mistakes, figures, promises } = await pump(300, perDay);
    expect(mistakes).toEqual([]);
    expect(promises).toHaveLength(4);
    expect(figures.filter(({ full }) => full > 0).map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        "send.account_day",
        "send.bound_day",
        ...(perDay === 160 ? ["the day of the house"] : []),
      ]),
    );
  },
  120_000,
);
