import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { becomeOwner, ownersOf } from "@/scripts/one-owner.mjs";

const folder = () => mkdtempSync(join(tmpdir(), "sallyport-owner-"));

test("the second start learns where the first one answers", async () => {
  const data = folder();
  const first = await becomeOwner(data, "http://localhost:1");
  expect(first.kind).toBe("ours");
  expect(await becomeOwner(data, "http://localhost:2")).toEqual({ kind: "taken", by: "http://localhost:1" });
  if (first.kind === "ours") first.release();
  expect((await becomeOwner(data, "http://localhost:3")).kind).toBe("ours");
});

test("an owner says something else from a moment on, and whoever asks stands in nobody's way", async () => {
  const data = folder();
  expect(await ownersOf(join(data, "nobody was here"))).toEqual([]);
  const owner = await becomeOwner(data, "preparing");
  expect(await ownersOf(data)).toEqual(["preparing"]);
  if (owner.kind === "ours") owner.say("http://localhost:1");
  expect(await ownersOf(data)).toEqual(["http://localhost:1"]);
  expect(readdirSync(data)).toHaveLength(1);
  if (owner.kind === "ours") owner.release();
  expect(await ownersOf(data)).toEqual([]);
});

test("two folders do not know each other", async () => {
  expect((await becomeOwner(folder(), "a")).kind).toBe("ours");
  expect((await becomeOwner(folder(), "b")).kind).toBe("ours");
});

test("of twenty at once exactly one wins, in fifty rounds", async () => {
  for (let round = 0; round < 50; round += 1) {
    const data = folder();
    const locks = await Promise.all(
      Array.from({ length: 20 }, (_, each) => becomeOwner(data, `http://localhost:${each}`)),
    );
    expect(locks.filter(({ kind }) => kind === "ours")).toHaveLength(1);
    for (const lock of locks) if (lock.kind === "ours") lock.release();
  }
});

test("what a killed process left behind is recognised and cleared", async () => {
  const data = folder();
  const first = await becomeOwner(data, "x");
  if (first.kind === "ours") first.release();
  const listen = `require("net").createServer().listen(${JSON.stringify(join(data, "aaaa.s"))}, () => process.kill(process.pid, "SIGKILL"))`;
  await new Promise((resolve) => spawn(process.execPath, ["-e", listen]).once("exit", resolve));
  expect(readdirSync(data)).toEqual(["aaaa.s"]);
  const lock = await becomeOwner(data, "y");
  expect(lock.kind).toBe("ours");
  expect(readdirSync(data)).not.toContain("aaaa.s");
  if (lock.kind === "ours") lock.release();
});

test("a folder whose path is too long for a socket has one owner all the same", async () => {
  const data = join(folder(), "x".repeat(200));
  const first = await becomeOwner(data, "http://localhost:1");
  expect(first.kind).toBe("ours");
  expect(await becomeOwner(data, "http://localhost:2")).toEqual({ kind: "taken", by: "http://localhost:1" });
  if (first.kind === "ours") first.release();
  expect(readdirSync(data)).toEqual([]);
});

test("who listens and cannot be heard is not dead: a full queue, a socket that is not ours", async () => {
  const data = folder();
  const stopped = join(data, "0000.s");
  const listen = `require("net").createServer().listen(${JSON.stringify(stopped)}, () => { require("fs").writeSync(1, "listening"); process.kill(process.pid, "SIGSTOP"); })`;
  const wedged = spawn(process.execPath, ["-e", listen], { stdio: ["ignore", "pipe", "inherit"] });
  // The file is there before anybody listens at it: only the process's own word says when.
  await once(wedged.stdout, "data");
  const lock = await becomeOwner(data, "x");
  expect(lock).toEqual({ kind: "taken", by: "(it does not answer)" });
  expect(existsSync(stopped)).toBe(true);
  expect(await ownersOf(data)).toEqual(["(it does not answer)"]);
  wedged.kill("SIGKILL");
});
