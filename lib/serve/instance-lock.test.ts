import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { takeInstanceLock } from "@/lib/serve/instance-lock";

const folder = () => mkdtempSync(join(tmpdir(), "sallyport-lock-"));

test("the second start learns where the first one answers", async () => {
  const data = folder();
  const first = await takeInstanceLock(data, "http://localhost:1");
  expect(first.kind).toBe("ours");
  expect(await takeInstanceLock(data, "http://localhost:2")).toEqual({ kind: "taken", by: "http://localhost:1" });
  if (first.kind === "ours") first.release();
  expect((await takeInstanceLock(data, "http://localhost:3")).kind).toBe("ours");
});

test("two checkouts do not know each other", async () => {
  expect((await takeInstanceLock(folder(), "a")).kind).toBe("ours");
  expect((await takeInstanceLock(folder(), "b")).kind).toBe("ours");
});

test("of twenty at once exactly one wins, in fifty rounds", async () => {
  for (let round = 0; round < 50; round += 1) {
    const data = folder();
    const locks = await Promise.all(
      Array.from({ length: 20 }, (_, each) => takeInstanceLock(data, `http://localhost:${each}`)),
    );
    expect(locks.filter(({ kind }) => kind === "ours")).toHaveLength(1);
    for (const lock of locks) if (lock.kind === "ours") lock.release();
  }
});

test("what a killed process left behind is recognised and cleared", async () => {
  const data = folder();
  const first = await takeInstanceLock(data, "x");
  if (first.kind === "ours") first.release();
  const listen = `require("net").createServer().listen(${JSON.stringify(join(data, "lock", "aaaa.s"))}, () => process.kill(process.pid, "SIGKILL"))`;
  await new Promise((resolve) => spawn(process.execPath, ["-e", listen]).once("exit", resolve));
  expect(readdirSync(join(data, "lock"))).toEqual(["aaaa.s"]);
  const lock = await takeInstanceLock(data, "y");
  expect(lock.kind).toBe("ours");
  expect(readdirSync(join(data, "lock"))).not.toContain("aaaa.s");
  if (lock.kind === "ours") lock.release();
});

test("a path too long for a socket is told, not tried", async () => {
  await expect(takeInstanceLock(join(folder(), "x".repeat(120)), "y")).rejects.toThrow("DATA_DIR is too long");
});
