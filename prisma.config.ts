import { defineConfig } from "prisma/config";

/** For Prisma's own command line only; the portal applies its migrations itself at every start. */
export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
  ...(process.env.DATABASE_URL ? { datasource: { url: process.env.DATABASE_URL } } : {}),
});
