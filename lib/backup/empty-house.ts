import type pg from "pg";
import { dropTables, isInhabited, listPublicTables } from "@/lib/backup/copy/store";
import { refusal } from "@/lib/backup/refusal";
import type { RawCtx } from "@/lib/context/context";
import { listLiving } from "@/lib/portals/store";
import { takeTurn } from "@/lib/turns/store";

/**
 * Makes room for a backup, inside the transaction that brings it back: an unused house goes with all its tables. Refuses where anybody has an account or an app,
 * where a portal lives, and where tables lie that are not ours. Of a portal that begins at the same moment one waits for the other: its first beat is
 * written in the same turn.
 */
export async function emptyHouse(client: pg.Client, tx: RawCtx): Promise<void> {
  const { ours, foreign } = await listPublicTables(client);
  const [stranger] = foreign;
  if (stranger !== undefined)
    throw refusal(
      "restore.foreign_tables",
      `The database holds a table ${stranger}, which is not the portal's. Nothing was changed. Restore into an empty database of the portal's own.`,
    );
  if (ours.includes("turns")) await takeTurn(tx, "portals");
  if (ours.includes("portals")) await refuseLiving(tx);
  if (await isInhabited(client, ours))
    throw refusal(
      "restore.full_house",
      "People or apps live in this database already, and they would be gone. Nothing was changed. Restore into an empty database; to go back to a backup, move this one away first (docs/nights/wrong-command.md).",
    );
  await dropTables(client, ours);
}

async function refuseLiving(tx: RawCtx): Promise<void> {
  const [living] = await listLiving(tx, null);
  if (living === undefined) return;
  throw refusal(
    "restore.living_portal",
    `The portal ${living.name} lives on this database. Nothing was changed. Stop it, wait half a minute, and try again.`,
  );
}
