import { join } from "node:path";
import { isDatabaseFault } from "@/lib/db/database-fault";
import { pendingMigrations } from "@/lib/db/migrate";
import { betweenMistake } from "@/lib/db/pooler";
import { type Finding, fault, hint, splitSentence, warning } from "@/lib/doctor/finding";
import type { Look, Opened } from "@/lib/doctor/house";
import { postgresLines } from "@/lib/doctor/known-holes";
import { countLiving } from "@/lib/doctor/store";
import { codesOf, layersOf } from "@/lib/kernel/fault-layers";
import { doctorRules } from "@/lib/policy/doctor-rules";

/** Is there a database that lets us in? */
export const lookAtDoor: Look = ({ database }) => {
  switch (database.kind) {
    case "open":
      return [];
    case "away":
      return [unreachable(database.fault)];
    case "busy":
      return [
        warning(
          "database.busy",
          "The built-in database runs, but lets nobody in just now: it is starting, stopping or recovering.",
          "Wait a minute and ask again; if it stays so, see the newest file of its logs in the data folder (postgres/logs).",
        ),
      ];
    case "at rest":
      return [
        fault(
          "database.at_rest",
          "The built-in database does not run, and no portal with it: nobody can log in.",
          "Start the portal: npm start; if it ends again, its last lines say why.",
        ),
      ];
    case "none":
      return [
        hint(
          "database.none",
          "There is no database here yet: no portal was ever started with this data folder.",
          "Start it: npm start; or bring a backup back before that (docs/nights/disk-died.md).",
        ),
      ];
    case "unnamed":
      return []; // the mistake in the settings is told already
  }
};

/** What PostgreSQL (appendix A) and the network say, each with what an operator can do. */
const cures: Readonly<Record<string, readonly [why: string, cure: string]>> = {
  ECONNREFUSED: ["nothing listens there", "Start the database server, or correct host and port in DATABASE_URL."],
  ENOTFOUND: [
    "nobody knows that host",
    "Correct the host in DATABASE_URL, or see why this machine's DNS does not answer.",
  ],
  EAI_AGAIN: [
    "nobody knows that host just now",
    "See why this machine's DNS does not answer; the portal waits for it by itself.",
  ],
  ETIMEDOUT: [
    "nobody answers in time",
    "See whether a firewall stands between, and whether the database's machine runs.",
  ],
  EHOSTUNREACH: [
    "no way leads there",
    "See whether the database's machine runs, and whether this one has its network.",
  ],
  ENOENT: ["its socket is not there", "Start the database server, or correct the socket's folder in DATABASE_URL."],
  "28P01": [
    "it does not take that password",
    "Correct the password in DATABASE_URL (signs such as % or # are written %25, %23), or set it anew: ALTER ROLE … PASSWORD …",
  ],
  "28000": [
    "it does not let that account in from here",
    "Let pg_hba.conf of the database admit the account from this machine, with TLS if it asks for it (?sslmode=verify-full).",
  ],
  "3D000": [
    "there is no database of that name",
    "Correct the name in DATABASE_URL, or make it: CREATE DATABASE … OWNER …",
  ],
  "53300": [
    "it has no connection free",
    "Raise max_connections of the server, or lower DATABASE_POOL in every portal.",
  ],
  "57P03": [
    "it is starting, stopping or recovering",
    "Wait a minute and ask again; the portal waits for it by itself.",
  ],
};

const otherCure = "See whether the database runs, and try the address of DATABASE_URL with psql from this machine.";

/** The code alone: a message may quote the account, the host or the database. */
function unreachable(thrown: unknown): Finding {
  const codes = layersOf(thrown).flatMap(codesOf);
  const code = codes.find((each) => Object.hasOwn(cures, each));
  const [why, cure] = (code && cures[code]) || [
    isDatabaseFault(thrown) ? "nobody answers in time" : "its answer is not understood",
    otherCure,
  ];
  const shown = code ?? codes[0];
  return fault(
    "database.unreachable",
    `The database of DATABASE_URL cannot be reached: ${why}${shown ? ` (${shown})` : ""}.`,
    cure,
  );
}

/** Is it too old, or one with known holes? */
function ofVersion(version: number, isBuiltIn: boolean): Finding[] {
  const found: Finding[] = [];
  const major = Math.floor(version / 10_000);
  const fixed = postgresLines[major];
  if (major < 15)
    found.push(
      fault(
        "database.old",
        `The database is PostgreSQL ${major}; the portal needs 15 or newer.`,
        "Move it to a newer server: back up, and restore there (docs/nights/disk-died.md).",
      ),
    );
  if (fixed !== undefined && version < fixed)
    found.push(
      warning(
        "database.hole",
        `PostgreSQL ${major}.${version % 10_000} has known holes that ${major}.${fixed % 10_000} does not have (security releases of February 2026).`,
        isBuiltIn
          ? "Take the newest version of the portal: its PostgreSQL comes with it."
          : "Install the newest minor version of the server; the data stay as they are.",
      ),
    );
  return found;
}

/** What the server says about itself. */
export const lookAtServer: Look<Opened> = ({ database }) => {
  const { server, isBuiltIn } = database;
  const found = ofVersion(server.version, isBuiltIn);
  if (server.isReadOnly)
    found.push(
      fault(
        "database.read_only",
        "The database takes no writes: it is a standby, or default_transaction_read_only is on.",
        "Point DATABASE_URL at the primary (?host= may list several with target_session_attrs at the pooler), or turn default_transaction_read_only off.",
      ),
    );
  if (server.forgets.length > 0)
    found.push(
      warning(
        "database.forgets",
        `The database may forget after a crash what it has said to be stored: ${server.forgets.join(", ")} is off, and a spent code would be good again.`,
        `Turn it on for the server, the database and the account: ALTER SYSTEM SET ${server.forgets[0]} = on; SELECT pg_reload_conf();`,
      ),
    );
  return found;
};

/** Are there connections for everybody? Behind a pooler of transactions DATABASE_POOL counts those to the pooler, and how many it takes from the server is its own matter. */
export const lookAtConnections: Look<Opened> = async ({ config, database }) => {
  const { server, ctx, url, directUrl, isBuiltIn } = database;
  const isPooled = !isBuiltIn && (directUrl !== url || !config.namedStatements);
  const portals = Math.max(1, await countLiving(ctx));
  if (isPooled || portals * config.databasePool + doctorRules.spare <= server.connections) return [];
  return [
    warning(
      "database.connections",
      `${portals} × DATABASE_POOL=${config.databasePool} is more than the ${server.connections} connections that the server gives.`,
      "Lower DATABASE_POOL in every portal, or raise max_connections of the server.",
    ),
  ];
};

/** What lies between, and are the tables today's? */
export const lookAtTables: Look<Opened> = async ({ root, config, database }) => {
  const { url, directUrl, isBuiltIn } = database;
  const found: Finding[] = [];
  if (!isBuiltIn) {
    const mistake = await betweenMistake({ url, directUrl, named: config.namedStatements });
    if (mistake !== null) {
      const { what, cure } = splitSentence(mistake, otherCure);
      found.push(fault("database.way", what, cure));
    }
  }
  try {
    const pending = await pendingMigrations(directUrl, join(root, "prisma", "migrations"));
    if (pending.length > 0)
      found.push(
        warning(
          "migrations.pending",
          `The database is older than this folder: it lacks ${pending.length === 1 ? "a migration" : `${pending.length} migrations`}, and commands refuse until then.`,
          "Stop the portal and start it again: npm start brings the database up to date.",
        ),
      );
  } catch (thrown) {
    if (isDatabaseFault(thrown) || !(thrown instanceof Error)) throw thrown;
    const { what, cure } = splitSentence(
      thrown.message,
      "Restore the backup from before (docs/nights/wrong-command.md).",
    );
    found.push(fault("migrations.unusable", what, cure));
  }
  return found;
};
