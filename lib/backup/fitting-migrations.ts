import type { About } from "@/lib/backup/manifest";
import { refusal } from "@/lib/backup/refusal";
import type { Migration } from "@/lib/db/migration-files";

/** Our migrations, parted by a backup: those on whose schema it was made, and those that came later. */
export type Parted = { readonly before: readonly Migration[]; readonly after: readonly Migration[] };

/**
 * Parts `ours` by what a backup was made on. Throws a refusal where this version does not know a migration of it, or knows another one of that name: its rows
 * would not mean here what they meant there.
 */
export function partMigrations({ migrations, version }: About, ours: readonly Migration[]): Parted {
  const known = new Map(ours.map(({ name, checksum }) => [name, checksum]));
  const strange = migrations.find(({ name, checksum }) => known.get(name) !== checksum);
  if (strange !== undefined)
    throw refusal(
      "backup.newer_version",
      `This backup was made by version ${version}, whose migration ${strange.name} this version does not have. Restore it with that version or a newer one: git checkout VERSION`,
    );
  const had = new Set(migrations.map(({ name }) => name));
  return { before: ours.filter(({ name }) => had.has(name)), after: ours.filter(({ name }) => !had.has(name)) };
}
