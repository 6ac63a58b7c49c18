import { setTimeout as pause } from "node:timers/promises";
import { dropForeign } from "./foreign-settings.mjs";
import { giveUp, say } from "./say.mjs";

const patience = 60_000;

/**
 * Does the database at `url` hold anything that was sealed with somebody's keys? Waits up to a minute for one that starts after us, and
 * ends the command when it cannot be asked: keys that are made in the dark might be the wrong ones.
 */
export async function holdsSealedData(url) {
  let hasTold = false;
  for (const start = performance.now(); ; await pause(2_000)) {
    try {
      return await hasKeyChecks(url);
    } catch (fault) {
      if (performance.now() - start > patience || isNo(fault)) {
        giveUp(
          `The database of DATABASE_URL cannot be asked whether it holds accounts (${fault.message || fault.code}). PORTAL_KEYS is not set, ` +
            "and new keys are written only where nothing was sealed with others. Bring PORTAL_KEYS back, or make the database reachable, and try again.",
        );
      }
      if (!hasTold) say("Waiting for the database…");
      hasTold = true;
    }
  }
}

async function hasKeyChecks(url) {
  dropForeign();
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000, query_timeout: 5_000 });
  client.on("error", () => undefined); // the query that it cuts off says so
  try {
    await client.connect();
    const { rows } = await client.query("SELECT to_regclass('public.key_checks') IS NOT NULL AS known");
    if (!rows[0].known) return false;
    return (await client.query("SELECT 1 FROM public.key_checks LIMIT 1")).rows.length > 0;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** A server that answers "you may not" (PostgreSQL's codes of class 28 and 3D) will not change its mind within a minute. */
const isNo = ({ code }) => /^(?:28|3D)...$/.test(code ?? "");
