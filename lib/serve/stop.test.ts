import { afterEach, expect, test } from "vitest";
import { type OwnProcess, runProgram } from "@/lib/testing/own-process";

/** A server and a database's stand-in, held the way the portal holds its own. Some signals make it stumble. */
const portal = `
  import { createServer } from "node:http";
  import { stopOnSignals } from "@/lib/serve/stop";
  const server = createServer((_, res) => res.end("here"));
  const afterwards = [
    () => { throw new Error("a step that fails"); },
    () => void process.stderr.write("database stopped\\n"),
  ];
  stopOnSignals({ isStopping: false, servers: [server], afterwards }, (line) => process.stdout.write(line + "\\n"));
  process.on("uncaughtException", (fault) => console.error("louder", fault.message));
  process.on("SIGUSR2", () => { throw Object.assign(new RangeError("code 123456\\n    at 123456"), { code: "E_TEST" }); });
  process.on("SIGALRM", () => void Promise.reject(new Error("code 123456")));
  process.on("SIGWINCH", () => process.stdout.write("still here\\n"));
  server.listen(0, "127.0.0.1", () => process.stderr.write("ready\\n"));
`;

let running: OwnProcess | null = null;
afterEach(() => running?.child.kill("SIGKILL"));

async function started(): Promise<OwnProcess> {
  running = await runProgram(portal);
  await running.heard("ready");
  return running;
}

test("a signal stops it in order, past a step that fails, and the exit code is 0", async () => {
  const { child, ended, said } = await started();
  child.kill("SIGTERM");
  expect(await ended).toBe(0);
  expect(said.out).toContain("Stopping…");
  expect(said.out).toContain('"event":"stop.step_failed"');
  expect(said.err).toContain("database stopped");
});

test("it stops in the same order when nobody reads its lines any more, as with `npm start | head`", async () => {
  const { child, ended, said, heard } = await started();
  child.stdout?.destroy();
  child.kill("SIGTERM");
  await heard("database stopped");
  expect(await ended).toBe(0);
  expect(said.err).not.toContain("EPIPE");
});

test("a fault that nobody caught ends it in order with exit code 1, and its words are told to nobody", async () => {
  const { child, ended, said } = await started();
  child.kill("SIGUSR2");
  expect(await ended).toBe(1);
  const [line] = said.out.split("\n").filter((each) => each.includes("process.uncaught_exception"));
  expect(JSON.parse(line ?? "")).toMatchObject({ level: "error", fault: "RangeError", code: "E_TEST", message: null });
  expect(said.err).toContain("database stopped");
  expect(said.out + said.err).not.toMatch(/123456|louder/);
});

test("a rejection that nobody awaited is logged, and the portal stays", async () => {
  const { child, ended, said, heard } = await started();
  child.kill("SIGALRM");
  await heard('"event":"process.unhandled_rejection"');
  child.kill("SIGWINCH");
  await heard("still here");
  expect(child.exitCode).toBeNull();
  child.kill("SIGTERM");
  expect(await ended).toBe(0);
  expect(said.out + said.err).not.toContain("123456");
});
