import pg from "pg";
import { driverSettings } from "@/lib/db/driver-settings";

/**
 * What a server answers to somebody with our password. `busy`: it lives and says "later", because every connection is taken or it is
 * starting or stopping. `refused`: it answers and will never let us in. `silent`: nobody answered, which proves nothing about it.
 */
export type Knock =
  | { readonly kind: "in"; readonly version: string; readonly reason: "" }
  | { readonly kind: "busy" | "refused" | "silent"; readonly reason: string };

/** PostgreSQL, appendix A: too many connections, cannot connect now, shutting down. */
const laterCodes = new Set(["53300", "57P03", "57P01", "57P02"]);

/** Connects with our password and leaves again, within three seconds. Never throws. */
export async function knock(url: string): Promise<Knock> {
  const client = new pg.Client({ ...driverSettings(url), connectionTimeoutMillis: 3_000, query_timeout: 3_000 });
  client.on("error", () => undefined); // a server that dies meanwhile is answered by the query's own failure
  try {
    await client.connect();
    const { rows } = await client.query<{ server_version: string }>("SHOW server_version");
    return { kind: "in", version: rows[0]?.server_version ?? "", reason: "" };
  } catch (fault) {
    return { kind: kindOf(fault), reason: fault instanceof Error ? fault.message : String(fault) };
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** The server's own codes have five characters; Node's are words, and say only that nobody was reached. */
function kindOf(fault: unknown): "busy" | "refused" | "silent" {
  const code = fault instanceof Error && "code" in fault ? String(fault.code) : "";
  if (laterCodes.has(code)) return "busy";
  return /^[0-9A-Z]{5}$/.test(code) && fault instanceof pg.DatabaseError ? "refused" : "silent";
}
