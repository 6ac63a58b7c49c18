import { expect, test } from "vitest";
import { late } from "@/lib/kernel/late";

test("a late part is loaded once, and not before it is needed", async () => {
  let loads = 0;
  const part = late(async () => {
    loads += 1;
    return { name: "part" };
  });
  expect(loads).toBe(0);
  const both = await Promise.all([part(), part()]);
  expect(await part()).toBe(both[0]);
  expect(both[1]).toBe(both[0]);
  expect(loads).toBe(1);
});

test("what could not be loaded is tried again", async () => {
  const tries = [Promise.reject(new Error("no such file")), Promise.resolve("part")];
  const part = late(() => tries.shift() ?? Promise.reject(new Error("asked once too often")));
  await expect(part()).rejects.toThrow("no such file");
  expect(await part()).toBe("part");
});
