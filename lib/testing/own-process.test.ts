import { expect, test } from "vitest";
import { runProgram } from "@/lib/testing/own-process";

test("a program that has ended leaves nothing with the process that started it", async () => {
  const before = process.listenerCount("exit");
  const { heard, ended } = await runProgram(`console.log("here");`);
  await heard("here");
  expect(await ended).toBe(0);
  expect(process.listenerCount("exit")).toBe(before);
});
