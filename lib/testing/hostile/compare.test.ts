import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { afterAll, beforeAll, expect, test } from "vitest";
import { compare } from "@/lib/testing/hostile/compare";
import { heldLongest } from "@/lib/testing/hostile/own-portal";

/** A house that reads most bodies at once, and one as a careless reader does: with 120 ms of work. */
const program = `
  const careless = () => { for (const { user } = process.cpuUsage(); process.cpuUsage().user < user + 120_000; ); };
  const house = require("node:http").createServer((req, res) => {
    if (req.headers["x-body"] === "careless") careless();
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

test("one body among others that holds the house makes its door red, and is named", async () => {
  const { good, hostile, isFine } = await measured([...others, shot("careless")]);
  expect(isFine).toBe(false);
  expect(hostile.longest).toBeGreaterThan(100);
  expect(hostile.during).toBe("careless");
  if (process.platform !== "linux") return; // elsewhere the system does not count work by thread
  expect(hostile.held).toBeGreaterThan(100);
  expect(good.held).toBeLessThan(100);
});
