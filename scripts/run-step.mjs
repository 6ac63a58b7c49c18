import { spawn } from "node:child_process";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { withoutForeign } from "./foreign-settings.mjs";
import { stopSignals } from "./stop-signals.mjs";

/** The checkout. Every command works from here, wherever it was called. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * Runs a program in the checkout, or in `cwd`, and waits for it. `quiet`: its output is kept and returned, `loud`: it goes to the
 * terminal. `uid`, `gid`: as which account, where we are root. Signals that end us end it too. Returns { code, signal, output }: `signal` names what killed it, a program that
 * cannot start has code 127.
 */
export function run(program, args, { cwd = root, env = {}, quiet = true, timeout = 0, uid, gid } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd,
      env: { ...withoutForeign(process.env), ...env },
      stdio: ["ignore", quiet ? "pipe" : "inherit", quiet ? "pipe" : "inherit"],
      timeout,
      uid,
      gid,
    });
    let output = "";
    const hear = (piece) => {
      output = `${output}${piece}`.slice(-20_000);
    };
    child.stdout?.on("data", hear);
    child.stderr?.on("data", hear);
    const passOn = (name) => {
      child.kill(name);
      process.exitCode = 130;
      child.once("close", () => process.exit());
    };
    for (const name of stopSignals) process.on(name, passOn);
    const finish = (code, signal = null) => {
      for (const name of stopSignals) process.off(name, passOn);
      resolve({ code, signal, output: output.trim() });
    };
    child.once("error", (fault) => {
      output = fault.message;
      finish(127);
    });
    child.once("close", (code, signal) => finish(code ?? 1, signal));
  });
}

/**
 * Next reads `.env` and its relatives too, by other rules than ours (`#` cuts a value, `$` is expanded). This tells it that the environment
 * is complete already: the mark that it hands to its own child processes (@next/env).
 */
export const environmentIsComplete = { __NEXT_PROCESSED_ENV: "true" };

/** The same for a Node program that lies in a package: `nodeProgram("next/dist/bin/next")`. */
export function nodeProgram(path, args, { env = {}, ...options } = {}) {
  return run(process.execPath, [`node_modules/${path}`, ...args], {
    env: { ...environmentIsComplete, ...env },
    ...options,
  });
}
