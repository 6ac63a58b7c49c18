import { expect, test } from "vitest";
import { shapesOf } from "@/lib/serve/route-shape";

const shapeOf = shapesOf(["/", "/security", "/security/factors/[id]", "/security/factors/new", "/welcome/[token]"]);

test.each([
  ["/", "/"],
  ["/security", "/security"],
  ["/security/factors/new", "/security/factors/new"],
  ["/security/factors/017f", "/security/factors/[id]"],
  ["/welcome/a-secret-token", "/welcome/[token]"],
  ["/welcome", null],
  ["/welcome/", null],
  ["/welcome/a/b", null],
  ["/Security", null],
  ["/wp-login.php", null],
  ["", null],
])("the path %j leads to %j", (path, shape) => {
  expect(shapeOf(path)).toBe(shape);
});
