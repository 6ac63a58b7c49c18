import { spawn } from "node:child_process";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { root } from "../run-step.mjs";
import { ended, flagsOf, freePort } from "./portal.mjs";
import { cpuAlone, memoryOf } from "./process-cost.mjs";

/** As this process was started: whoever opens a cast takes its portal's settings over. */
const environment = { ...process.env };

/** The blank app of `folder`, as its build starts. Out: its process id, address and how to stop it. */
export async function startBlank(folder) {
  const port = await freePort();
  const child = spawn(process.execPath, [...flagsOf(root), "server.js"], blankGrounds(folder, port));
  await firstAnswer(child, port, "/");
  return { pid: child.pid, port, origin: `http://localhost:${port}`, stop: () => ended(child) };
}

/** How the blank app is started once more beside itself. */
export const blankStart = (folder) => ({
  path: "/",
  spawnAt: (port) => spawn(process.execPath, [...flagsOf(root), "server.js"], blankGrounds(folder, port)),
});

/** How the portal of a copy is started by `npm start`'s own line, everything being built; on its own database unless `databaseUrl` names another. */
export const portalStart = (copy, databaseUrl) => ({
  path: "/login",
  spawnAt: (port) =>
    spawn(process.execPath, [...flagsOf(copy), "scripts/start.mjs"], {
      cwd: copy,
      env: { ...environment, PORT: String(port), ...(databaseUrl ? { DATABASE_URL: databaseUrl } : {}) },
      stdio: "ignore",
    }),
});

/** One start. Out: milliseconds until the first 200, the CPU ms and the resident MiB of the process by then. */
export async function measureStart({ path, spawnAt }) {
  const port = await freePort();
  const begun = performance.now();
  const child = spawnAt(port);
  try {
    await firstAnswer(child, port, path);
    return { ms: performance.now() - begun, cpu: cpuAlone(child.pid), mib: memoryOf(child.pid) };
  } finally {
    await ended(child);
  }
}

/** Not more often: a portal that starts answers each of these with "later". Every 5 ms they were some twenty-five, two or three hundredths of its start; the blank app's port is shut until then. */
const betweenLooks = 20;

async function firstAnswer(child, port, path) {
  const asked = { redirect: "manual" };
  for (const deadline = performance.now() + 60_000; performance.now() < deadline; await pause(betweenLooks)) {
    if (child.exitCode !== null) throw new Error(`A start ended with code ${child.exitCode}.`);
    const status = await fetch(`http://localhost:${port}${path}`, asked).then(
      (answer) => answer.arrayBuffer().then(() => answer.status),
      () => 0,
    );
    if (status === 200) return;
  }
  throw new Error(`Nothing answered ${path} with 200 within a minute of a start.`);
}

const blankGrounds = (folder, port) => ({
  cwd: join(folder, ".next", "standalone"),
  env: { ...environment, NODE_ENV: "production", PORT: String(port), HOSTNAME: "127.0.0.1" },
  stdio: "ignore",
});
