import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { isOlder, ownVersion, portalVersion, readVersion, type Version } from "@/lib/kernel/version";

const numbers = (text: string): Version => readVersion(text) ?? [-1, -1, -1];

test("three numbers are a version, and nothing else is", () => {
  expect(readVersion("0.10.0")).toEqual([0, 10, 0]);
  const rubbish = [
    "",
    "1",
    "1.2",
    "1.2.3.4",
    "v1.2.3",
    "1.2.3-beta.1",
    "1.2.3+x",
    "01.2.3",
    "1.2.x",
    " 1.2.3",
    "1.2.3\n",
  ];
  for (const text of [...rubbish, "１.2.3", "1.2.-3", "1e3.0.0", "9999999.0.0"])
    expect(readVersion(text), text).toBeNull();
});

test("numbers are compared as numbers, the first that differs decides", () => {
  const rising = ["0.0.0", "0.1.99", "0.2.0", "0.9.9", "0.10.0", "1.0.0", "1.0.10", "2.0.0", "10.0.0"];
  for (const [at, one] of rising.entries())
    for (const [place, other] of rising.entries())
      expect(isOlder(numbers(one), numbers(other)), `${one} before ${other}`).toBe(at < place);
});

test("the code knows its own version, and the lock file says the same", () => {
  const read = (name: string) => JSON.parse(readFileSync(join(process.cwd(), name), "utf8"));
  const lock = read("package-lock.json");
  expect(portalVersion).toBe(read("package.json").version);
  expect([lock.version, lock.packages[""].version]).toEqual([portalVersion, portalVersion]);
  expect(ownVersion()).toEqual(readVersion(portalVersion));
});
