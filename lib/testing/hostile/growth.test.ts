import { beforeAll, expect, test } from "vitest";
import { steepnessOf } from "@/lib/testing/hostile/growth";
import { readers } from "@/lib/testing/hostile/readers";
import { hostileTexts } from "@/lib/testing/hostile/texts";
import { setSettings } from "@/lib/testing/test-settings";

/** A quarter of the longest body: the fourfold is the whole of it. */
const quarter = 16_384;

beforeAll(() => setSettings());

test.each(readers)("four times the text costs $name about four times the time", async (reader) => {
  for (const { name, make } of hostileTexts) {
    const steep = await steepnessOf(reader, make, quarter);
    expect(steep, name).toBeNull();
  }
});

test.each([
  ["an expression that shares a run out", (text: string) => /^\s*a\s*\s*$/.test(text)],
  [
    "a walk through all for each of all",
    (text: string) => {
      let odd = 0;
      for (let at = 0; at < text.length ** 2; at += 1) odd += at & 1;
      return odd;
    },
  ],
])("%s is found out", async (_, read) => {
  const spaces = (length: number) => `a${" ".repeat(length)}x`;
  expect(await steepnessOf({ name: "bad", read }, spaces, quarter / 8)).not.toBeNull();
});
