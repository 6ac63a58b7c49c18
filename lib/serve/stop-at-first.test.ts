import { type ChildProcess, spawn } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { programText } from "@/lib/testing/own-process";
import { testSettings } from "@/lib/testing/test-settings";

let root: string;
let child: ChildProcess | null = null;

/** As much of a checkout as a start needs before it has its database. */
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "stop-at-first-"));
  await mkdir(join(root, ".next/standalone/files/_next/static"), { recursive: true });
  for (const name of ["node_modules", "prisma"]) await symlink(join(process.cwd(), name), join(root, name));
});
afterEach(async () => {
  child?.kill("SIGKILL");
  const base = await readFile(join(root, "data", "postgres.location"), "utf8").catch(() => null);
  if (base !== null) await rm(base.trim(), { recursive: true, force: true }); // root's lies elsewhere
  await rm(root, { recursive: true });
});

const program = (place: string) => `
  import { createServer } from "node:http";
  import { serve } from "@/lib/serve/serve";
  const probe = createServer().listen(0, "127.0.0.1", () => {
    process.env.PORT = String(probe.address().port);
    probe.close(() => serve({ root: ${JSON.stringify(place)}, keysAreFresh: true }));
  });
`;

/** Starts a portal and sends SIGTERM to it, or to its programs as well, while PostgreSQL makes the first database. */
async function stopped(toAll: boolean): Promise<{ code: number | null; said: string }> {
  const own = spawn(process.execPath, ["--input-type=module"], {
    detached: true, // a group of its own
    env: { PATH: process.env.PATH, ...testSettings, NODE_ENV: "production", DATA_DIR: "data" },
    stdio: "pipe",
  });
  child = own;
  let said = "";
  const hear = (piece: Buffer) => {
    const isMaking = !said.includes("Making") && String(piece).includes("Making the database");
    said += piece;
    if (isMaking) setTimeout(() => process.kill((toAll ? -1 : 1) * (own.pid ?? Number.NaN), "SIGTERM"), 100);
  };
  own.stdout.on("data", hear);
  own.stderr.on("data", hear);
  own.stdin.end(await programText(program(root)));
  const code = await new Promise<number | null>((resolve) => own.once("close", resolve));
  return { code, said };
}

test.each([
  ["the portal", false],
  ["the portal and its programs, as Ctrl-C and systemd send it", true],
])("a stop that %s hears while the first database is made is no fault", async (_, toAll) => {
  expect(await stopped(toAll)).toEqual({ code: 0, said: "Making the database (first start only)…\nStopping…\n" });
});
