import { get } from "node:http";
import { connect } from "node:net";
import { afterEach, expect, test } from "vitest";
import { type OwnProcess, runProgram } from "@/lib/testing/own-process";
import { until } from "@/lib/testing/until";
import { visitUntilClosed } from "@/lib/testing/visitors";

/** A server and a database's stand-in, held the way the portal holds its own. Some signals make it stumble. */
const portal = `
  import { createServer } from "node:http";
  import { url } from "node:inspector";
  import { stopOnSignals } from "@/lib/serve/stop";
  import { doorOf } from "@/lib/serve/drain";
  import { makeGate } from "@/lib/serve/gate";
  import { setTimeout as pause } from "node:timers/promises";
  const running = { isStopping: false, isServing: true, door: null, afterwards: [], health: null };
  const gate = makeGate();
  const server = createServer(async (req, res) => {
    if (req.url === "/slow") {
      while (!running.isStopping) await pause(20);
      await pause(1_000);
    }
    if (req.url === "/slower") await pause(60_000);
    for await (const _ of req);
    await gate.pass(async () => {
      await pause(5);
      if (running.isStopping) res.setHeader("connection", "close");
      res.end("here");
    });
  });
  const health = createServer((_, res) => res.writeHead(running.isStopping ? 503 : 200).end());
  running.door = doorOf(server, gate);
  running.afterwards.push(() => { throw new Error("a step that fails"); }, async () => {
    const watched = await fetch("http://127.0.0.1:" + health.address().port).then(({ status }) => status, () => "closed");
    process.stderr.write("database stopped, health says " + watched + "\\n");
  });
  stopOnSignals(running, (line) => process.stdout.write(line + "\\n"));
  process.on("uncaughtException", (fault) => console.error("louder", fault.message));
  process.on("SIGUSR2", () => { throw Object.assign(new RangeError("code 123456\\n    at 123456"), { code: "E_TEST" }); });
  process.on("SIGURG", () => void Promise.reject(new Error("code 123456")));
  process.on("SIGWINCH", () => process.stdout.write("still here, inspector " + (url() ?? "shut") + "\\n"));
  health.listen(0, "127.0.0.1", () => server.listen(0, "127.0.0.1", () =>
    process.stderr.write("ready " + server.address().port + " " + health.address().port + "\\n")));
`;

let running: OwnProcess | null = null;
afterEach(() => running?.child.kill("SIGKILL"));

async function started(): Promise<OwnProcess & { readonly ports: { readonly door: number; readonly health: number } }> {
  running = await runProgram(portal);
  await running.heard("ready");
  const [, door, health] = /ready (\d+) (\d+)/.exec(running.said.err) ?? [];
  return { ...running, ports: { door: Number(door), health: Number(health) } };
}

/** The status of an answer on a line of its own. */
function statusAt(port: number, path = "/"): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asked = get({ port, path, host: "127.0.0.1", agent: false }, (got) => {
      got.resume().once("end", () => resolve(got.statusCode));
    });
    asked.once("error", reject);
  });
}

test("a signal stops it in order, past a step that fails, and the exit code is 0", async () => {
  const { child, ended, said } = await started();
  child.kill("SIGTERM");
  expect(await ended).toBe(0);
  expect(said.out).toContain("Stopping…");
  expect(said.out).toContain('"event":"stop.step_failed"');
  expect(said.err).toContain("database stopped, health says 503"); // its port closes last
});

test("36 visitors at a time lose nothing, those watching read first that nobody should come any more", async () => {
  const { child, ended, ports } = await started();
  const visiting = visitUntilClosed({
    port: ports.door,
    visitors: 36,
    asked: (nth) => ({ path: "/", ...(nth % 3 === 0 && { method: "POST", body: "x".repeat(60_000) }) }),
  });
  await until(async () => expect(await statusAt(ports.door)).toBe(200));
  child.kill("SIGTERM");
  await until(async () => expect(await statusAt(ports.health)).toBe(503));
  expect(await statusAt(ports.door)).toBe(200);
  const { answers, lost } = await visiting;
  expect([lost, Object.keys(answers)]).toEqual([[], ["200"]]);
  expect(await ended).toBe(0);
});

test("a request under way gets its answer, a line on which nothing was said holds nobody up", async () => {
  const { child, ended, ports } = await started();
  const silent = connect(ports.door, "127.0.0.1");
  const slow = statusAt(ports.door, "/slow");
  await until(async () => expect(await statusAt(ports.door)).toBe(200));
  const begun = performance.now();
  child.kill("SIGTERM");
  expect([await slow, await ended]).toEqual([200, 0]);
  expect(performance.now() - begun).toBeLessThan(8_000);
  silent.destroy();
});

test("the same press told twice, by the terminal and by npm, is one; a later one cuts off what is under way", async () => {
  const { child, ended, ports } = await started();
  const cut = statusAt(ports.door, "/slower").catch(() => "cut off");
  const slow = statusAt(ports.door, "/slower").catch(() => "cut off");
  await until(async () => expect(await statusAt(ports.door)).toBe(200));
  for (const _ of "xx") child.kill("SIGINT");
  await until(async () => expect(await statusAt(ports.health)).toBe(503));
  expect(await statusAt(ports.door)).toBe(200);
  const later = setInterval(() => child.kill("SIGTERM"), 1_200);
  await ended;
  clearInterval(later);
  expect([await cut, await slow, await ended]).toEqual(["cut off", "cut off", 0]);
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

test("a rejection that nobody awaited, and what logrotate sends, are logged; the portal stays, opens no inspector, and stops in order by Ctrl-\\", async () => {
  const { child, ended, said, heard } = await started();
  child.kill("SIGURG");
  await heard('"event":"process.unhandled_rejection"');
  child.kill("SIGUSR1");
  await heard('"event":"process.signal_ignored","signal":"SIGUSR1"');
  child.kill("SIGWINCH");
  await heard("still here, inspector shut");
  expect(child.exitCode).toBeNull();
  child.kill("SIGQUIT");
  expect(await ended).toBe(0);
  expect(said.err).toContain("database stopped");
  expect(said.out + said.err).not.toContain("123456");
});
