/**
 * Every table of the schema, and whether a backup holds its rows. Left out is what is true of the moment only: who lives on this database, whose turn it
 * is, which backups were made; and what the migrations write by themselves. A new table has to be decided; a test compares with the schema.
 */
export const tables = {
  users: "kept",
  sessions: "kept",
  factors: "kept",
  recovery_codes: "kept",
  one_time_codes: "kept",
  spent_answers: "kept",
  one_time_links: "kept",
  challenges: "kept",
  devices: "kept",
  security_events: "kept",
  event_seals: "kept",
  buckets: "kept",
  letters: "kept",
  channel_proofs: "kept",
  apps: "kept",
  password_keys: "kept",
  key_checks: "kept",
  index_keys: "kept",
  finished_steps: "kept",
  first_run: "kept",
  notice_addresses: "kept",
  contact_proofs: "kept",
  email_changes: "kept",
  pending_changes: "kept",
  unlocks: "kept",
  restores: "kept",
  turns: "left out",
  portals: "left out",
  backups: "left out",
  migration_floors: "left out",
} as const satisfies Readonly<Record<string, "kept" | "left out">>;

export type TableName = keyof typeof tables;

/** The tables whose rows a backup holds. */
export const keptTables: readonly string[] = Object.entries(tables).flatMap(([name, fate]) =>
  fate === "kept" ? [name] : [],
);

/** Every table that is the portal's, Prisma's book of migrations too. */
export const ourTables: readonly string[] = [...Object.keys(tables), "_prisma_migrations"];
