import { expect, test } from "vitest";
import { freeName } from "@/lib/factors/label";

test.each([
  ["App", [], "App"],
  ["App", ["Work"], "App"],
  ["App", ["App"], "App 2"],
  ["App", ["App", "App 2"], "App 3"],
  ["App", ["App 2", "App"], "App 3"],
  ["应用", ["应用"], "应用 2"],
])("%s beside %j is called %s", (name, taken, free) => expect(freeName(name, taken)).toBe(free));
