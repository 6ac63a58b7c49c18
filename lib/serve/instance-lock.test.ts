import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { aCommand, takeInstanceLock, takePortalLock } from "@/lib/serve/instance-lock";

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

test("a folder whose path is too long for a socket has one owner all the same", async () => {
  const data = join(folder(), "x".repeat(200));
  const first = await takeInstanceLock(data, "http://localhost:1");
  expect(first.kind).toBe("ours");
  expect(await takeInstanceLock(data, "http://localhost:2")).toEqual({ kind: "taken", by: "http://localhost:1" });
  if (first.kind === "ours") first.release();
  expect(readdirSync(join(data, "lock"))).toEqual([]);
});

test("who listens and cannot be heard is not dead: a full queue, a socket that is not ours", async () => {
  const data = folder();
  mkdirSync(join(data, "lock"));
  const stopped = join(data, "lock", "0000.s");
  const listen = `require("net").createServer().listen(${JSON.stringify(stopped)}, () => { require("fs").writeSync(1, "listening"); process.kill(process.pid, "SIGSTOP"); })`;
  const wedged = spawn(process.execPath, ["-e", listen], { stdio: ["ignore", "pipe", "inherit"] });
  // The file is there before anybody listens at it: only the process's own word says when.
  await once(wedged.stdout, "data");
  const lock = await takeInstanceLock(data, "x");
  expect(lock).toEqual({ kind: "taken", by: "(it does not answer)" });
  expect(existsSync(stopped)).toBe(true);
  wedged.kill("SIGKILL");
});

test("a portal waits for a command that is about to let go", async () => {
  const data = folder();
  const command = await takeInstanceLock(data, aCommand);
  const said: string[] = [];
  const portal = takePortalLock(data, "http://localhost:1", (line) => {
    said.push(line);
    if (command.kind === "ours") command.release();
  });
  expect((await portal).kind).toBe("ours");
  expect(said).toEqual(["A command is working on the database here; waiting for it…"]);
});
