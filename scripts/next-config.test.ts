import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readActionsKey } from "@/lib/config/values";

const keyOf = (env: Record<string, string>) => {
  const source = `await import("./next.config.js"); console.log(process.env.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY);`;
  const { status, stdout } = spawnSync(process.execPath, ["--input-type=module", "-e", source], {
    cwd: process.cwd(),
    env: { PATH: process.env.PATH, NODE_ENV: "test", ...env },
    encoding: "utf8",
  });
  return { status, key: stdout.trim() };
};

test("every build has one key, so that forms live over an upgrade, unless the operator sets one", () => {
  const { status, key } = keyOf({});
  expect({ status, bytes: Buffer.from(key, "base64").toString() }).toEqual({
    status: 0,
    bytes: "Sallyport: no action closes over",
  });
  expect(readActionsKey(key).ok).toBe(true);
  expect(keyOf({ NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: "mine" })).toEqual({ status: 0, key: "mine" });
});

test("the path of the build's key may have white space around it, as for every other reader", async () => {
  const folder = await mkdtemp(join(tmpdir(), "next-config-"));
  try {
    await writeFile(join(folder, "key"), "a-key\n");
    const env = { NEXT_SERVER_ACTIONS_ENCRYPTION_KEY_FILE: ` ${join(folder, "key")} \n` };
    expect(keyOf(env)).toEqual({ status: 0, key: "a-key" });
  } finally {
    await rm(folder, { recursive: true });
  }
});
