import { strangeWay } from "@/lib/doctor/planted/broken-ways.kit";
import { away, type Planting, server } from "@/lib/doctor/planted/planted.kit";
import { type TestDatabase, testDatabase } from "@/lib/testing/test-database";

let another: TestDatabase | null = null;

export const databaseFaults: Planting = {
  "a database whose server does not run": {
    id: "database.unreachable",
    level: "fault",
    what: /nothing listens there \(ECONNREFUSED\)/,
    cure: /Start the database server/,
    wrong: away("ECONNREFUSED"),
  },
  "a wrong password of the database": {
    id: "database.unreachable",
    level: "fault",
    what: /does not take that password \(28P01\)/,
    cure: /Correct the password/,
    wrong: away("28P01"),
  },
  "a built-in database that does not run": {
    id: "database.at_rest",
    level: "fault",
    what: /nobody can log in/,
    cure: /npm start/,
    wrong: { database: { kind: "at rest" } },
  },
  "a built-in database that lets nobody in": {
    id: "database.busy",
    level: "warning",
    what: /lets nobody in/,
    cure: /Wait a minute/,
    wrong: { database: { kind: "busy" } },
  },
  "a portal that was never started": {
    id: "database.none",
    level: "hint",
    what: /There is no database here yet/,
    cure: /npm start/,
    wrong: { database: { kind: "none" } },
  },
  "a standby": {
    id: "database.read_only",
    level: "fault",
    what: /takes no writes/,
    cure: /primary/,
    wrong: server({ isReadOnly: true }),
  },
  "a server that forgets": {
    id: "database.forgets",
    level: "warning",
    what: /synchronous_commit is off/,
    cure: /ALTER SYSTEM SET synchronous_commit = on/,
    wrong: server({ forgets: ["synchronous_commit"] }),
  },
  "a server that is too old": {
    id: "database.old",
    level: "fault",
    what: /PostgreSQL 14/,
    cure: /newer server/,
    wrong: server({ version: 140_020 }),
  },
  "a server with known holes": {
    id: "database.hole",
    level: "warning",
    what: /PostgreSQL 17\.4 has known holes that 17\.8/,
    cure: /PostgreSQL comes with it/,
    wrong: server({ version: 170_004 }),
  },
  "more connections than the server gives": {
    id: "database.connections",
    level: "warning",
    what: /DATABASE_POOL=20 is more than the 20 connections/,
    cure: /Lower DATABASE_POOL/,
    wrong: server({ connections: 20 }),
  },
  "a direct address of another house's database": {
    id: "database.way",
    level: "fault",
    what: /DATABASE_DIRECT_URL leads to another database/,
    cure: /Let both lead to one database/,
    plant: async () => {
      another = await testDatabase();
    },
    wrong: () => ({ database: (sound) => ({ ...sound, isBuiltIn: false, directUrl: another?.url ?? "" }) }),
    undo: async () => another?.drop(),
  },
  "something between that changes what the database is told": {
    id: "database.way",
    level: "fault",
    what: /answers in the time zone EST/,
    cure: /set DATABASE_URL past it/,
    ...strangeWay(),
  },
  "a database that goes away in the middle": {
    id: "database.lost",
    level: "fault",
    what: /stopped answering while the doctor looked at the tables/,
    cure: /connections free, and ask again/,
    wrong: { database: (sound) => ({ ...sound, directUrl: "postgresql://127.0.0.1:9/gone" }) },
  },
  "a database that lacks a migration": {
    id: "migrations.pending",
    level: "warning",
    what: /lacks a migration/,
    cure: /npm start/,
    plant: async (house) => {
      await house.ctx().db
        .$executeRaw`UPDATE _prisma_migrations SET rolled_back_at = now() WHERE migration_name = (SELECT max(migration_name) FROM _prisma_migrations)`;
    },
    undo: (house) => house.ctx().db.$executeRaw`UPDATE _prisma_migrations SET rolled_back_at = NULL`,
  },
  "a migration that failed half-way": {
    id: "migrations.unusable",
    level: "fault",
    what: /failed earlier and left the database half-way/,
    cure: /Restore the backup/,
    plant: async (house) => {
      await house.ctx().db
        .$executeRaw`INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ('x', 'x', '9999_half')`;
    },
    undo: (house) => house.ctx().db.$executeRaw`DELETE FROM _prisma_migrations WHERE id = 'x'`,
  },
};
