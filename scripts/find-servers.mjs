import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { run } from "./run-step.mjs";
import { say } from "./say.mjs";

/** What some tests put before the portal or its database: the program, which is also Debian's package, and what is not tried without it. */
const servers = {
  haproxy: "two portals behind one address, one of them killed",
  pgbouncer: "the portal behind a pooler",
};

/**
 * Looks for these programs and tries to install what is missing, as root on Debian where nothing starts a server by itself: on a machine with services, its
 * owner decides. Says in one line what is left out. Never fails: a test without its program is skipped, and counted.
 */
export async function findOrInstallServers() {
  const missing = Object.keys(servers).filter((name) => !isThere(name));
  const mayInstall = process.getuid?.() === 0 && existsSync("/usr/bin/apt-get") && !existsSync("/run/systemd/system");
  if (missing.length > 0 && mayInstall) await installFromDebian(missing);
  const left = missing.filter((name) => !isThere(name));
  if (left.length === 0) return;
  const without = left.map((name) => `${name} (${servers[name]})`).join(", ");
  say(`Skipped for want of a program: ${without}. Get them with "apt-get install ${left.join(" ")}".`);
}

const isThere = (name) =>
  [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin"].some((folder) => existsSync(join(folder, name)));

async function installFromDebian(packages) {
  say(`Installing ${packages.join(" and ")} for the tests that need them…`);
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  const patient = ["-o", "DPkg::Lock::Timeout=60"]; // another installation may be at work
  await run("apt-get", ["update"], { env, timeout: 120_000 });
  await run("apt-get", [...patient, "install", "-y", "--no-install-recommends", ...packages], {
    env,
    timeout: 180_000,
  });
}
