import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";

test("the path of the build's key may have white space around it, as for every other reader", async () => {
  const folder = await mkdtemp(join(tmpdir(), "next-config-"));
  try {
    await writeFile(join(folder, "key"), "a-key\n");
    const source = `await import("./next.config.js"); console.log(process.env.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY);`;
    const { status, stdout } = spawnSync(process.execPath, ["--input-type=module", "-e", source], {
      cwd: process.cwd(),
      env: {
        PATH: process.env.PATH,
        NODE_ENV: "test",
        NEXT_SERVER_ACTIONS_ENCRYPTION_KEY_FILE: ` ${join(folder, "key")} \n`,
      },
      encoding: "utf8",
    });
    expect({ status, stdout }).toEqual({ status: 0, stdout: "a-key\n" });
  } finally {
    await rm(folder, { recursive: true });
  }
});
