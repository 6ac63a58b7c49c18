import { type Portal, startPortal } from "@/e2e/support/portal";
import { testDatabase } from "@/lib/testing/test-database";

/** What a story may do with a portal of its own. `databaseUrl` reaches its database, whatever the portal was told. */
export type OwnPortal = Portal & { readonly databaseUrl: string };

type Wishes = {
  readonly settings?: Readonly<Record<string, string>>;
  /** Which address the portal is told for the database at `url`: the way to put something in between. */
  readonly databaseAddress?: (url: string) => string;
};

/** Runs `story` with a portal on an empty database, and takes both away again, however the story ends. */
export async function withOwnPortal(wishes: Wishes, story: (portal: OwnPortal) => Promise<void>): Promise<void> {
  const database = await testDatabase();
  try {
    const told = wishes.databaseAddress?.(database.url) ?? database.url;
    const portal = await startPortal(told, wishes.settings);
    try {
      await story({ ...portal, databaseUrl: database.url });
    } finally {
      await portal.stop();
    }
  } finally {
    await database.drop();
  }
}
