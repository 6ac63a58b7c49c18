import { join } from "node:path";
import pg from "pg";
import { processOfDatabase } from "./houses.mjs";
import { kinds } from "./kinds.mjs";
import { startSecond } from "./portal.mjs";
import { runLoad } from "./run-load.mjs";

const cast = 3000; // whoever acts, in a small house and in a large one; the others of a large one are only there

/** What a person leaves behind, table by table: the columns that must differ from person to person. */
const rows = {
  users: ["id", "email"],
  factors: ["id", "user_id"],
  sessions: ["id", "token_hash", "user_id", "challenge_id"],
  challenges: ["id", "user_id"],
  security_events: ["id", "subject_id"],
};

/**
 * A portal with `people` people, on a database server of its own, under the address of `house`, whose copy it runs from. Out: a house whose cast goes round,
 * and how to close it.
 */
export async function openTwin(folder, house, { name, people }) {
  const dataDir = join(folder, "data", name);
  const { startBuiltIn } = await house.load("built-in.mjs");
  const database = await startBuiltIn({ root: folder, dataDir, say: () => undefined });
  const second = await startSecond(folder, database.url, house.portal.origin);
  const { ctx, close } = house.people.openBench(database.url);
  const persons = await house.people.makeBenchPeople(ctx, cast);
  const twin = { ...house, portal: second, postgres: processOfDatabase(dataDir), ctx, persons, at: 0 };
  await house.people.openSessions(ctx, persons.slice(0, 1));
  await fill(database.url, persons[0].id, people - cast);
  await runTwin(twin, { kind: "verify", count: 600, clients: 16 });
  await runTwin(twin, { kind: "security", count: 400, clients: 16 });
  const end = async () => {
    await close();
    await second.stop();
    await database.stop();
  };
  return Object.assign(twin, { close: end });
}

/** Runs a load by the next people of the cast: whoever has answered is asked again a minute later, when their code is another. */
export function runTwin(twin, { kind, count, clients }) {
  const needed = kinds[kind].people(count);
  const persons = Array.from({ length: needed }, (_, n) => twin.persons[(twin.at + n) % cast]);
  if (needed === count) twin.at = (twin.at + needed) % cast;
  return runLoad(kind, twin, { persons, count, clients });
}

/** Copies one person and all that they left `count` times, with names of their own. */
async function fill(url, userId, count) {
  if (count <= 0) return;
  for (const [table, own] of Object.entries(rows)) {
    const owner = own.find((column) => ["user_id", "subject_id"].includes(column)) ?? "id";
    const differing = own.map((column) => `'${column}', ${expressionFor(table, column)}`).join(", ");
    const { rowCount } = await inDatabase(
      url,
      `INSERT INTO ${table} SELECT made.*
       FROM (SELECT * FROM ${table} WHERE ${owner} = $1 LIMIT 1) AS one, generate_series(1, $2::int) AS n,
         jsonb_populate_record(NULL::${table}, to_jsonb(one) || jsonb_build_object(${differing})) AS made`,
      [userId, count],
    );
    if (rowCount !== count) throw new Error(`The house could not be filled: ${rowCount} rows of ${count} in ${table}.`);
  }
  await inDatabase(url, "VACUUM ANALYZE");
}

function expressionFor(table, column) {
  if (table === "security_events" && column === "id") return "nextval(pg_get_serial_sequence('security_events', 'id'))";
  if (column === "email") return "'filler-' || n || '@example.test'";
  const whose = ["user_id", "subject_id"].includes(column) ? "users" : column === "id" ? table : column;
  return `'filler-${whose}-' || n`;
}

async function inDatabase(url, statement, values) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query(statement, values);
  } finally {
    await client.end();
  }
}
