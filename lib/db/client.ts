import { PrismaPg } from "@prisma/adapter-pg";
import { config } from "@/lib/config/config";
import { Prisma, PrismaClient } from "@/lib/db/generated/client";

export { Prisma };
/** The database as the rooms see it: the client itself, or one open transaction. */
export type Db = PrismaClient | Prisma.TransactionClient;

/** Opens a pool of at most `size` connections to `url`. Close it with `$disconnect`. */
export function openDatabase(url: string, size = 16): PrismaClient {
  const adapter = new PrismaPg({
    connectionString: url,
    max: size,
    connectionTimeoutMillis: 3_000,
    idleTimeoutMillis: 60_000,
  });
  return new PrismaClient({
    adapter,
    transactionOptions: { maxWait: 10_000, timeout: 10_000 },
    errorFormat: "minimal",
  });
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
