import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { afterAll, beforeAll, expect, test } from "vitest";
import { compare } from "@/lib/testing/hostile/compare";
import { heldLongest } from "@/lib/testing/hostile/own-portal";

/**
 * A house that reads most bodies at once. One costs it 90 ms of work, one keeps it waiting for something else, longer than a busy machine
 * does, and one does so at its sixth time alone.
 */
const program = `
  const worked = () => process.cpuUsage().user + process.cpuUsage().system;
  const work = () => { for (const before = worked(); worked() < before + 90_000; ); };
  const wait = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
  const readers = { work, wait, sixth: () => { seen += 1; if (seen === 6) wait(); } };
  let seen = 0;
  const house = require("node:http").createServer((req, res) => {
    readers[req.headers["x-body"]]?.();
    res.end("read");
  });
  house.listen(0, "127.0.0.1", () => process.stdout.write(String(house.address().port)));`;

let house: ChildProcess;
let port: number;

beforeAll(async () => {
  house = spawn(process.execPath, ["--import", "./scripts/longest-hold.mjs", "--eval", program], {
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  if (house.stdout === null) throw new Error("It has an output.");
  port = Number(String((await once(house.stdout, "data"))[0]));
});
afterAll(() => house.kill());

const shot = (name: string) => ({
  name,
  method: "POST",
  path: "/",
  headers: { "x-body": name },
  body: Buffer.from("x"),
});
const others = ["one", "two", "three", "four"].map(shot);

function measured(hostile: typeof others) {
  const url = `http://127.0.0.1:${port}`;
  const stop = async () => void house.kill();
  const portal = { url, port, healthPort: port, heldLongest: () => heldLongest(house), stop };
  return compare(portal, { good: others, hostile }, 20);
}

test("one body among others that costs the house much work makes its door red", async () => {
  const { good, hostile, isFine } = await measured([...others, shot("work")]);
  expect(isFine).toBe(false);
  if (process.platform !== "linux") return; // elsewhere the system does not count work by thread
  expect(hostile.held).toBeGreaterThan(80);
  expect(good.held).toBeLessThan(80);
}, 60_000);

test("so does one that keeps the house waiting for something else, and it is named", async () => {
  expect(await measured([...others, shot("wait")])).toMatchObject({ isFine: false, slow: "wait" });
}, 60_000);

test("a wait that does not come again was not the body's", async () => {
  expect(await measured([...others, shot("sixth")])).toMatchObject({ isFine: true, slow: null });
}, 60_000);
