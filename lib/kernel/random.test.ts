import { expect, test } from "vitest";
import { systemRandom } from "@/lib/kernel/random";

test("the name of a row can be given to a command: it never begins like an option", () => {
  const ids = Array.from({ length: 2_000 }, () => systemRandom.id()); // one in sixty-four would
  expect(ids.filter((id) => !/^[A-Za-z0-9_][\w-]{21}$/.test(id))).toEqual([]);
  expect(new Set(ids).size).toBe(2_000);
});
