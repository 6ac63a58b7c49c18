import { startTestServer } from "@/lib/testing/test-database";

/** Vitest's global setup: one server for the whole run. Returns what vitest calls at the end. */
export async function setup(): Promise<() => Promise<void>> {
  const { stop } = await startTestServer();
  return stop;
}
