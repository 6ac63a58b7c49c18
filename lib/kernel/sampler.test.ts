import { expect, test } from "vitest";
import { fixedClock } from "@/lib/kernel/clock";
import { days, minutes, seconds } from "@/lib/kernel/duration";
import { sampler } from "@/lib/kernel/sampler";

test("a hundred thousand of a kind are told three times a minute, and their number is kept", () => {
  const clock = fixedClock(new Date("2026-01-01T00:00:00Z"));
  const sample = sampler({ most: 3, every: minutes(1) });
  const told = Array.from({ length: 100_000 }, () => sample("odd", clock.now())).filter((each) => each !== null);
  expect(told).toEqual([{ leftOut: 0 }, { leftOut: 0 }, { leftOut: 0 }]);
  clock.move(seconds(59));
  expect(sample("odd", clock.now())).toBeNull();
  expect(sample("other", clock.now())).toEqual({ leftOut: 0 });
  clock.move(seconds(1));
  expect(sample("odd", clock.now())).toEqual({ leftOut: 99_998 });
  clock.move(minutes(5));
  expect(sample("odd", clock.now())).toEqual({ leftOut: 0 });
});

test("a hundred thousand kinds are kept as a thousand, and every window anew", () => {
  const clock = fixedClock(new Date("2026-01-01T00:00:00Z"));
  const sample = sampler({ most: 1, every: minutes(1) });
  const tell = (prefix: string) =>
    Array.from({ length: 100_000 }, (_, index) => sample(`${prefix}${index}`, clock.now())).filter(Boolean).length;
  expect(tell("a")).toBeLessThanOrEqual(1_001);
  clock.move(minutes(1));
  expect(sample("b", clock.now())).toEqual({ leftOut: 0 });
  expect(tell("c")).toBeGreaterThan(900);
});

test("a clock that was days ahead keeps nothing silent once it is right", () => {
  const clock = fixedClock(new Date("2026-01-01T00:00:00Z"));
  const sample = sampler({ most: 1, every: minutes(1) });
  clock.move(days(8));
  for (let index = 0; index < 1_000; index += 1) sample(`odd${index}`, clock.now());
  expect(sample("odd0", clock.now())).toBeNull();
  clock.move(-days(8));
  expect(sample("odd0", clock.now())).toEqual({ leftOut: 0 });
  expect(sample("new", clock.now())).toEqual({ leftOut: 0 });
  expect(sample("newer", clock.now())).toEqual({ leftOut: 0 });
});
