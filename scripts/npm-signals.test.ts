import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";

let checkout: string;

/** The commands as `package.json` has them, of programs that say who they are and, when they are told to stop, that they did. */
beforeAll(async () => {
  checkout = await mkdtemp(join(tmpdir(), "signals-"));
  await cp(join(process.cwd(), "package.json"), join(checkout, "package.json"));
  await mkdir(join(checkout, "scripts"));
  const program = `process.on("SIGTERM", () => { console.log("stopped"); process.exit(); });
    console.log("pid " + process.pid); setInterval(() => {}, 1000);`;
  for (const name of ["start", "dev", "portal", "test"])
    await writeFile(join(checkout, "scripts", `${name}.mjs`), program);
});
afterAll(() => rm(checkout, { recursive: true }));

test.concurrent.each(["start", "dev", "portal", "test"])(
  "whoever tells npm to stop has told `npm run %s`, and nothing is left behind",
  async (name) => {
    const child = spawn("npm", ["run", name], {
      cwd: checkout,
      env: { ...process.env, npm_config_update_notifier: "false" },
    });
    let said = "";
    const ended = once(child, "close"); // whoever is left behind would keep its output open
    await new Promise<void>((resolve) => {
      child.stdout.on("data", (piece) => {
        said += piece;
        if (/pid \d+\n/.test(said)) resolve();
      });
    });
    child.kill("SIGTERM");
    await Promise.race([ended, pause(20_000, undefined, { ref: false })]); // four npm at once take their time to end
    const pid = Number(/pid (\d+)/.exec(said)?.[1]);
    expect(() => process.kill(pid, 0)).toThrow("ESRCH");
    expect(said).toContain("stopped");
  },
);
