import { expect, test } from "vitest";
import { isReadableState } from "@/lib/serve/router-state";

const reads = (state: unknown) =>
  isReadableState({ "next-router-state-tree": encodeURIComponent(JSON.stringify(state)) });
const leaf = ["__PAGE__", {}, null, null, 0];

test.each([
  ["of the login page", ["", { children: ["login", { children: leaf }] }, null, null, 16]],
  [
    "of a page with a value in its path",
    ["", { children: [["factor", "totp", "d", null], { children: leaf }, ["/a", "?"], "refetch"] }],
  ],
  ["of a catch-all", ["", { children: [["path", "a/b", "oc", ["x"]], {}] }]],
])("the state %s is read", (_, state) => expect(reads(state)).toBe(true));

test("a request that says nothing of it passes", () => expect(isReadableState({})).toBe(true));

test.each([
  ...["garbage", "%", "", "%5B%5D", "null", "5", '["",{}], ["",{}]'],
  '{"0":"","1":{}}',
  "[5,{}]",
  '["",[]]',
  '["",{"children":5}]',
  '["",{},"x"]',
  '["",{},null,"again"]',
  '["",{},null,null,"0"]',
  ...['["",{},null,null,0,"",1]', '[["a","b","x",null],{}]', `${'["",{"a":'.repeat(500)}["",{}]${"}]".repeat(500)}`],
])("%j is no state", (text) => {
  expect(isReadableState({ "next-router-state-tree": text })).toBe(false);
});
