import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ended, flagsOf, freePort, sendingEnv, servingProgram, startPortal } from "../bench/portal.mjs";
import { readEnv } from "../env-lines.mjs";
import { run } from "../run-step.mjs";
import { giveUp, say } from "../say.mjs";
import { alternate } from "./alternate.mjs";

/**
 * One PostgreSQL and two portals on it behind one address, each with an env file of its own (`keys`, `secrets`: the lists that both begin
 * with). Out: the portals, the address and port of the door, the context and makers for people, and how to close all of it.
 */
export async function openTwoPortals(copy, lists) {
  process.chdir(copy);
  const its = (path) => import(pathToFileURL(join(copy, path)).href);
  const sources = ["lib/testing/bench-people.ts", "lib/db/built-in.ts"];
  const { code, output } = await run(process.execPath, [join(copy, "scripts/bundle.mjs"), ...sources]);
  if (code !== 0) giveUp(output);
  Object.assign(process.env, settingsOf(lists));
  const { startBuiltIn } = await its(".sallyport/built-in.mjs");
  const database = await startBuiltIn({ root: copy, dataDir: join(copy, "data"), say: () => undefined });
  const end = (fault) => database.stop().finally(() => giveUp(String(fault?.stack ?? fault))); // it would outlive us
  for (const name of ["unhandledRejection", "uncaughtException", "SIGINT", "SIGTERM"]) process.once(name, end);
  process.env.DATABASE_URL = database.url;
  say("Building (about a minute)…");
  await (await startPortal(copy, { DATA_DIR: join(copy, "data", "builder") })).stop();
  const portals = [await aPortal(copy, "login-1"), await aPortal(copy, "login-2")];
  const door = await alternate(portals);
  const origin = `http://localhost:${door.port}`;
  for (const portal of portals) {
    Object.assign(portal.env, { APP_URL: origin, DATABASE_URL: database.url });
    portal.write(lists);
    portal.firstWords = await portal.start();
    await door.untilReady(portal.port);
  }
  Object.assign(process.env, { APP_URL: origin });
  const people = await its(".sallyport/bench-people.mjs");
  const { ctx, close } = people.openBench(database.url);
  const closeAll = async () => {
    await close();
    for (const portal of portals) await portal.stop();
    await door.close();
    await database.stop();
  };
  return { portals, door, portal: { port: door.port, origin }, people, ctx, close: closeAll };
}

const settingsOf = ({ keys, secrets }) => ({ PORTAL_KEYS: keys.join(","), AUTH_SECRET: secrets.join(",") });

/** One of the two: its env file, and how it is started and stopped as a supervisor does it. */
async function aPortal(copy, name) {
  const dataDir = join(copy, "data", name);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const [port, healthPort] = [await freePort(), await freePort()];
  const file = join(dataDir, "env");
  const env = { NODE_ENV: "production", TRUSTED_PROXIES: "127.0.0.1/32", ...sendingEnv };
  Object.assign(env, { PORT: String(port), HEALTH_PORT: String(healthPort), DATA_DIR: dataDir });
  const settings = () => ({ ...process.env, ...env, ...readEnv(readFileSync(file, "utf8")).values });
  let child = null;
  process.once("exit", () => child?.kill("SIGKILL"));
  let lines = [];
  return {
    name,
    port,
    healthPort,
    dataDir,
    env,
    calledByOthers: `${hostname()}:${port}`,
    write: (lists) => {
      const lines = Object.entries(settingsOf(lists)).map(([key, value]) => `${key}=${value}\n`);
      writeFileSync(file, lines.join(""), { mode: 0o600 });
    },
    /** What it said while it started. Resolves once it serves; rejects with that, and its exit code, when it ends before. */
    start: async () => {
      child = spawn(process.execPath, [...flagsOf(copy), "--input-type=module", "-e", servingProgram(copy)], {
        cwd: copy,
        env: settings(),
        stdio: ["ignore", "pipe", "pipe"],
      });
      const keep = (piece) => lines.push(...piece.split("\n").filter((line) => line.includes('"level":"')));
      for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", keep);
      return heard(child);
    },
    /** What it complained about since it was asked last. */
    complaints: () => {
      const bad = lines.filter((line) => /"level":"(?:warning|error|alarm)"/.test(line));
      lines = [];
      return bad;
    },
    stop: () => ended(child),
    command: (...words) => run(process.execPath, ["scripts/portal.mjs", ...words], { cwd: copy, env: settings() }),
  };
}

function heard(child) {
  return new Promise((resolve, reject) => {
    let said = "";
    const hear = (piece) => {
      said = `${said}${piece}`.slice(-8_000);
      if (said.includes("Stop it with Ctrl-C.")) resolve(said);
    };
    for (const stream of [child.stdout, child.stderr]) stream.on("data", hear);
    child.once("close", (code) => reject(Object.assign(new Error(said), { code })));
  });
}
