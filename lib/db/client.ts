import { PrismaPg } from "@prisma/adapter-pg";
import { config } from "@/lib/config/config";
import { Prisma, PrismaClient } from "@/lib/db/generated/client";

export { Prisma };
/** The database as the rooms see it: the client itself, or one open transaction. */
export type Db = PrismaClient | Prisma.TransactionClient;

/**
 * Moments go to the server without an offset, so its sessions must keep UTC: under a zone with summer time, an hour of moments would
 * come twice and another never, and what expired in it would live again.
 */
const inUtc = "-c TimeZone=UTC";

/** Opens a pool of at most `size` connections to `url`. Close it with `$disconnect`. */
export function openDatabase(url: string, size = 16): PrismaClient {
  const adapter = new PrismaPg(
    { connectionString: url, options: inUtc, max: size, connectionTimeoutMillis: 3_000, idleTimeoutMillis: 60_000 },
    { statementNameGenerator: ({ sql }) => nameOf(sql) },
  );
  return new PrismaClient({
    adapter,
    transactionOptions: { maxWait: 10_000, timeout: 10_000 },
    errorFormat: "minimal",
  });
}

const names = new Map<string, string>();
const mostNames = 500;

/**
 * A name for a statement's text: PostgreSQL then parses and plans it once per connection (half of a short statement's cost). Bounded,
 * because lists of many lengths make many texts; past the bound the name is empty and the statement is parsed each time.
 */
function nameOf(sql: string): string {
  const known = names.get(sql);
  if (known !== undefined || names.size >= mostNames) return known ?? "";
  const name = `s${names.size}`;
  names.set(sql, name);
  return name;
}

let opened: { readonly url: string; readonly client: PrismaClient } | null = null;

/** The process's one pool; another one when the database has moved. */
export function database(): PrismaClient {
  const { databaseUrl } = config();
  if (!databaseUrl) throw new Error("There is no database yet: it is started before the portal is.");
  if (opened?.url !== databaseUrl) {
    void opened?.client.$disconnect();
    opened = { url: databaseUrl, client: openDatabase(databaseUrl) };
  }
  return opened.client;
}
