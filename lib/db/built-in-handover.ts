import { giveAll, ownerOf } from "@/lib/db/built-in-files";
import type { Place } from "@/lib/db/built-in-place-names";
import { findPostmaster } from "@/lib/db/built-in-postmaster";

/** A backup of another machine brings that machine's account along; PostgreSQL only opens what belongs to its own. */
export async function handToAccount(place: Place, say: (line: string) => void): Promise<void> {
  const { account } = place;
  if (account === null || (await ownerOf(place.cluster)) === account.uid) return;
  if ((await findPostmaster(place)) !== null) return; // it runs as that other account: then the files are right
  say(`Giving the files of the database to the account ${account.name}…`);
  for (const folder of [place.cluster, place.sockets, place.logs]) await giveAll(folder, account);
}
