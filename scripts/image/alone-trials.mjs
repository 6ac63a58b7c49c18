import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { bundle } from "../bundle.mjs";
import { root } from "../run-step.mjs";
import { fileBefore } from "./build-trials.mjs";
import { openForms } from "./forms.mjs";
import {
  blockOf,
  logIn,
  mustBeBare,
  mustBeIn,
  mustHaveEndedWell,
  owner,
  runLine,
  setUp,
  stopAsSaid,
  timedStop,
  untilReady,
} from "./house.mjs";

/** How long a stop may take, in seconds. */
export const stopsWithin = { idle: 3, underLoad: 15 };

/** The one container that these trials are about: how it is run, and who is signed in there. */
const house = { line: "", port: 0, origin: "", session: null };

export async function runAlone(workshop) {
  Object.assign(house, await runLine());
  await workshop.shell(house.line);
  await untilReady(workshop);
  const said = await workshop.shell(`${blockOf("docker logs sallyport")} 2>&1`);
  await mustBeBare(workshop);
  await setUp(house.origin, said);
  house.session = await logIn(house.origin);
  await mustBeIn(house.session);
}

/** The image's own question, asked where the container is. */
export async function isHealthy({ shell, attempt }) {
  const asked = JSON.parse(
    await shell("podman image inspect --format '{{json .HealthCheck.Test}}' localhost/sallyport"),
  );
  const ask = (port) =>
    attempt(
      `docker exec ${port} sallyport ${asked
        .slice(1)
        .map((word) => `'${word}'`)
        .join(" ")}`,
    );
  const [well, ill] = [await ask(""), await ask("--env HEALTH_PORT=1")];
  if (well.code !== 0 || ill.code !== 1)
    throw new Error(`it ended with ${well.code}, and with ${ill.code} where nobody listens`);
}

export async function answersFilesBefore() {
  const { status, text } = await openForms(house.origin).ask(`/${fileBefore}`);
  if (status !== 200 || !text.includes("// before")) throw new Error(`it answered ${status}`);
}

export async function commandsWork({ shell }) {
  const people = await shell(blockOf("docker exec sallyport /app/portal people list"));
  if (!people.includes(owner.email)) throw new Error(`people list says: ${people}`);
  await shell(blockOf("docker exec sallyport /app/portal backup -"));
}

export async function stopsIdle(workshop) {
  const seconds = await timedStop(workshop);
  if (seconds > stopsWithin.idle) throw new Error(`it took ${seconds.toFixed(1)} s`);
  return `${seconds.toFixed(1)} s`;
}

/** In a new container with the same volume. */
export async function keepsData(workshop) {
  await workshop.shell("docker rm sallyport");
  await workshop.shell(house.line);
  const said = await untilReady(workshop);
  if (said.includes("/setup?link=")) throw new Error("it begins anew");
  await mustBeIn(house.session);
  await mustBeIn(await logIn(house.origin));
}

/** The page's own line, which waits for the end. */
async function stopsAsSaid(workshop) {
  await stopAsSaid(workshop);
  await mustHaveEndedWell(workshop);
}

export async function stopsUnderLoad(workshop) {
  await bundle(["lib/testing/visitors.ts"]);
  const { visitUntilClosed } = await import(join(root, ".sallyport", "visitors.mjs"));
  const { origin, port } = house;
  const form = { origin, host: new URL(origin).host, "content-type": "application/x-www-form-urlencoded" };
  const kinds = [
    { path: "/login", headers: { host: form.host, accept: "text/html" } },
    { method: "POST", path: "/login", headers: form, body: `identifier=${"x".repeat(2_000)}` },
    { path: "/favicon.svg", headers: { host: form.host } },
  ];
  const visiting = visitUntilClosed({ port, visitors: 36, asked: (nth) => kinds[nth % kinds.length] });
  await pause(2_000);
  const seconds = await timedStop(workshop);
  const { answers, lost } = await visiting;
  const count = Object.values(answers).reduce((sum, more) => sum + more, 0);
  if (lost.length > 0) throw new Error(`${lost.length} of ${count} requests were lost: ${lost[0]}`);
  if (seconds > stopsWithin.underLoad) throw new Error(`it took ${seconds.toFixed(1)} s`);
  return `${seconds.toFixed(1)} s, ${count} requests answered, none lost`;
}

/** Whoever had an account logs in, and reads first that it was set back. */
export async function bringsBack(workshop) {
  await workshop.shell(blockOf("for command in"));
  await workshop.shell("docker rm sallyport");
  await workshop.shell(house.line.replace("sallyport:/data", "sallyport-restored:/data"));
  const said = await untilReady(workshop);
  if (said.includes("/setup?link=")) throw new Error("it printed a set-up link");
  await logIn(house.origin);
  await stopsAsSaid(workshop);
  await workshop.shell("docker rm sallyport");
}
