import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { LongFirst } from "./lib/testing/vitest-order.ts";

export default defineConfig({
  resolve: { alias: { "@": fileURLToPath(new URL(".", import.meta.url)) } },
  envDir: false, // tests have settings of their own: an operator's .env is none of them
  test: {
    environment: "node",
    isolate: false, // half the time of a file went into loading the same modules again; `vitest-each.ts` clears what they share
    sequence: { sequencer: LongFirst },
    maxWorkers: 4, // by itself one less than there are cores: most tests wait for the database
    include: ["{lib,app,components,scripts,prisma}/**/*.test.{ts,tsx}"],
    globalSetup: ["lib/testing/vitest-server.ts"],
    setupFiles: ["lib/testing/vitest-each.ts"],
    testTimeout: 60_000, // ends what hangs; on a machine that is slow or busy the longest take three times as long
    hookTimeout: 120_000,
    restoreMocks: true,
    expect: { poll: { timeout: 10_000 } }, // one second by itself, for which a busy machine stands still at any moment; see `until`
  },
});
