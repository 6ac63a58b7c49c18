import { expect, test } from "vitest";
import { toldApart } from "@/lib/kernel/told-apart";

const laptop = { name: "Chrome on Linux", longer: "Chrome on Linux, last used just now" };
const attic = { name: "Chrome on Linux", longer: "Chrome on Linux, last used 3 days ago" };
const phone = { name: "Safari on iPhone", longer: "Safari on iPhone, last used just now" };

test.each([
  ["nothing", [], []],
  ["one of a kind keeps its short name", [laptop, phone], [laptop.name, phone.name]],
  ["several of one name say more", [laptop, phone, attic], [laptop.longer, phone.name, attic.longer]],
  [
    "what is alike even then is counted",
    [laptop, attic, laptop, laptop],
    [laptop.longer, attic.longer, `${laptop.longer} (2)`, `${laptop.longer} (3)`],
  ],
])("%s", (_, things, names) => {
  expect(toldApart(things)).toEqual(names);
});
