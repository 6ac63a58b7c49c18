import "@/lib/testing/cheap-hashing";
import { afterEach, beforeEach, expect, type MockInstance, vi } from "vitest";

import { forgetSettings } from "@/lib/testing/test-settings";

forgetSettings();

/** Vitest's setup for every file: a test that makes the code complain aloud has failed, whatever it asserted. */
let complaints: MockInstance<typeof console.error>;

beforeEach(() => {
  complaints = vi.spyOn(console, "error").mockImplementation(() => undefined);
});

afterEach(() => {
  const calls = complaints.mock.calls;
  complaints.mockRestore();
  globalThis.sallyportTally = undefined; // or what one test counts, all that follow would be counted by
  expect(calls, "console.error was called").toEqual([]);
});
