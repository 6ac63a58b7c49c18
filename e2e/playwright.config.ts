import { join } from "node:path";
import { defineConfig } from "@playwright/test";

const root = join(import.meta.dirname, "..");
const gallery = "accessibility.spec.ts";

/**
 * Browser stories against the production build. `npm test` builds first and names the browser in CHROMIUM_PATH; SHOTS=1
 * adds the photographer of `npm run shots`, CLUSTER_KILLS the play of `npm run cluster:failover`. One portal and one database serve the whole run (`support/global-setup.ts`).
 */
export default defineConfig({
  globalSetup: "./support/global-setup.ts",
  outputDir: join(root, "test-results"),
  fullyParallel: true,
  workers: 4, // see the projects: a story keeps a core busy, a screen of the gallery mostly waits
  retries: 0,
  forbidOnly: true,
  timeout: 90_000,
  expect: { timeout: 10_000 },
  projects: [
    // with the headless shell two cores still have room for a third
    { name: "stories", testDir: "./specs", testIgnore: gallery, workers: 3 },
    // A hundred screens, each only looked at: the browser's process need not begin anew for each. They wait for more than half of their time, as people on a
    // slow line do: one worker looks at them beside the stories, and all four once these are told.
    { name: "gallery", testDir: "./specs", testMatch: gallery, use: { reuseContext: true } },
    ...(process.env.CLUSTER_KILLS ? [{ name: "cluster", testDir: "./cluster" }] : []),
    ...(process.env.SHOTS === "1" ? [{ name: "shots", testDir: "./shots", testMatch: "*.shots.ts", workers: 3 }] : []),
  ],
  use: {
    locale: "en-GB",
    timezoneId: "UTC",
    viewport: { width: 1280, height: 900 },
    actionTimeout: 10_000,
    navigationTimeout: 15_000,
    trace: "off", // a tenth of a story's work; whoever looks for a fault adds `--trace retain-on-failure`
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
      args: [
        // in a container the sandbox cannot be set up by root; every page here is our own
        ...["--no-sandbox", "--disable-dev-shm-usage", "--disable-quic", "--no-first-run"],
        ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
      ],
    },
  },
});
