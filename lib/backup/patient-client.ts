import type pg from "pg";
import { connectAlone } from "@/lib/db/driver-settings";

/** None of these ends a long copy, whoever has set them: the server, the database or its account. Not every server knows all of them. */
const limits = ["statement_timeout", "transaction_timeout", "idle_in_transaction_session_timeout", "lock_timeout"];

/** One connection of its own to `url`, without limits of time, closed at the end whatever comes: an open transaction is rolled back with it. */
export async function withPatientClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = await connectAlone(url, { connectionTimeoutMillis: 10_000 });
  try {
    await client.query("SELECT set_config(name, '0', false) FROM pg_settings WHERE name = ANY($1)", [limits]);
    return await work(client);
  } finally {
    await client.end().catch(() => undefined); // lost meanwhile: the query that ran has said so
  }
}
