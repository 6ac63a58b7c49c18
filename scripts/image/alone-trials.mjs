import { fileBefore } from "./build-trials.mjs";
import { openForms } from "./forms.mjs";
import {
  blockOf,
  logIn,
  mustBeBare,
  mustBeIn,
  mustHaveEndedWell,
  mustKeepData,
  owner,
  runLine,
  setUp,
  stopAsSaid,
  stopIdle,
  untilReady,
} from "./house.mjs";
import { stopUnderLoad } from "./under-load.mjs";

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

export const stopsIdle = (workshop) => stopIdle(workshop, "sallyport");

/** In a new container with the same volume. */
export const keepsData = (workshop) => mustKeepData(workshop, house, "sallyport");

/** The page's own line, which waits for the end. */
async function stopsAsSaid(workshop) {
  await stopAsSaid(workshop);
  await mustHaveEndedWell(workshop);
}

export const stopsUnderLoad = (workshop) => stopUnderLoad(workshop, house, "sallyport");

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
