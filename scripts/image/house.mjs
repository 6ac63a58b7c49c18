import { existsSync, readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { freePort } from "../bench/portal.mjs";
import { blocksOf, filledIn } from "../drill/page-blocks.mjs";
import { openForms } from "./forms.mjs";

export const page = "docs/container.md";

/** How long a stop may take, in seconds. */
export const stopsWithin = { idle: 3, underLoad: 15 };

export const owner = { email: "owner@example.test", password: "a passphrase for the image" };

/** The one block of the page that begins so. */
export function blockOf(beginning) {
  const found = blocksOf(page).filter((block) => block.startsWith(beginning));
  if (found.length !== 1) throw new Error(`${page} has ${found.length} blocks that begin with ${beginning}`);
  return found[0];
}

/** A secret as the page mounts it: by itself, because nobody but its owner may enter the folder. */
export const secretFile = (name) => `--volume "$PWD/secrets/${name}:/run/secrets/${name}:ro"`;

/** The page's first line of the block that builds and runs, and the rest of it. */
export function buildAndRun() {
  const [build, ...run] = blockOf("docker build --tag").split("\n");
  return { build, run: run.join("\n") };
}

/** The page's line that runs a container, on ports of this machine that are free, and without a second factor, which is not what is tried here. Out: it, and the portal's address. */
export async function runLine(name = "sallyport", image = "sallyport", more = "") {
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const [line] = filledIn([buildAndRun().run], {
    "--publish 127.0.0.1:3000:3000": `--env PORT=${port} --env HEALTH_PORT=${await freePort()} ${more}`,
    "https://login.example.test": origin,
    "172.17.0.1": "127.0.0.1",
    "--restart unless-stopped": "--env SECOND_FACTOR=off",
    "--name sallyport": `--name ${name}`,
    "sallyport:/data": `${name}:/data`,
  });
  return { line: line.replace(/\n {2}sallyport$/, `\n  ${image}`), port, origin };
}

/** What it has said when it is ready. */
export async function untilReady({ shell }, name = "sallyport") {
  for (const start = performance.now(); performance.now() - start < 120_000; await pause(250)) {
    const said = await shell(`docker logs ${name} 2>&1`);
    if (said.includes("Sallyport is ready")) return said;
    const state = await shell(`docker inspect --format '{{.State.Status}}' ${name}`);
    if (state.includes("exited")) throw new Error(`it ended: ${said}`);
  }
  throw new Error("it was not ready within two minutes");
}

/** The account, the capabilities and the file system that the process has, as Linux tells it. */
export async function mustBeBare({ shell }, name = "sallyport") {
  const pid = (await shell(`docker inspect --format '{{.State.Pid}}' ${name}`)).trim();
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  for (const line of ["Uid:\t10001\t10001\t10001\t10001", "CapEff:\t0000000000000000", "NoNewPrivs:\t1"])
    if (!status.includes(line)) throw new Error(`its process has no ${line}`);
  const root = readFileSync(`/proc/${pid}/mountinfo`, "utf8")
    .split("\n")
    .find((line) => line.split(" ")[4] === "/");
  if (!root?.split(" ")[5].split(",").includes("ro")) throw new Error("its own files can be written");
}

/** Makes the first administrator by the link that the portal has printed. */
export async function setUp(origin, said) {
  const link = /\/setup\?link=\S+/.exec(said)?.[0];
  if (link === undefined) throw new Error(`it printed no set-up link: ${said}`);
  await openForms(origin).submit(link, { email: owner.email, username: "", password: owner.password });
}

/** Logs in by the form, as a browser without scripts does. Out: the browser. */
export async function logIn(origin) {
  const browser = openForms(origin);
  const to = await browser.submit("/login", { identifier: owner.email, password: owner.password });
  if (!to.includes("/security")) throw new Error(`the login led to ${to}`);
  return browser;
}

export async function mustBeIn(browser) {
  const { status, to } = await browser.ask("/security");
  if (status !== 200) throw new Error(`/security answered ${status} ${to}`);
}

/** Stops it as the page says. */
export async function stopAsSaid({ shell }, name = "sallyport") {
  await shell(blockOf("docker stop").replace("sallyport", name));
}

/** From the signal, which `docker stop` would send, to the end of its process, in seconds: what podman needs for itself is not the portal's. */
export async function timedStop(workshop, name = "sallyport") {
  const pid = Number(await workshop.shell(`docker inspect --format '{{.State.Pid}}' ${name}`));
  const begun = performance.now();
  process.kill(pid, "SIGTERM");
  while (isRunning(pid)) await pause(20);
  const seconds = (performance.now() - begun) / 1000;
  await mustHaveEndedWell(workshop, name);
  return seconds;
}

/** Stops it while nobody is there. Out: how long that took. */
export async function stopIdle(workshop, name) {
  const seconds = await timedStop(workshop, name);
  if (seconds > stopsWithin.idle) throw new Error(`it took ${seconds.toFixed(1)} s`);
  return `${seconds.toFixed(1)} s`;
}

/** A new container, run by the same line in the place of one that was stopped, is the same house: whoever was signed in still is, and logs in. `session`: the browser of somebody who was. */
export async function mustKeepData(workshop, { line, origin, session }, name) {
  await workshop.shell(`docker rm ${name}`);
  await workshop.shell(line);
  const said = await untilReady(workshop, name);
  if (said.includes("/setup?link=")) throw new Error("it begins anew");
  await mustBeIn(session);
  await mustBeIn(await logIn(origin));
}

const isRunning = (pid) => existsSync(`/proc/${pid}`);

/** By itself, and not because somebody lost patience. */
export async function mustHaveEndedWell({ shell }, name = "sallyport") {
  const code = (await shell(`docker wait ${name}`)).trim().split("\n").at(-1);
  if (code !== "0") throw new Error(`its exit code is ${code}`);
}
