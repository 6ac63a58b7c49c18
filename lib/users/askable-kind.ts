import { config } from "@/lib/config/config";
import { askedNames } from "@/lib/config/passkey-settings";
import { Prisma } from "@/lib/db/client";

/** What stands behind the word of a kind whose factor nobody can be asked for any more. */
const givenUp = " (name given up)";

/**
 * The word that a factor's row `f` counts under, as a part of a statement: its kind; or, where it is bound to a name that the portal has given up, a word that is no kind of this portal's. So it is held,
 * nobody gets past a door as if they had none, and it is neither asked for nor stands for one that is demanded, as one of a kind that is switched off.
 */
export const askableKind = (): Prisma.Sql =>
  Prisma.sql`CASE WHEN f.data->>'rpId' <> ALL(${names()}::text[]) THEN f.kind || ${givenUp} ELSE f.kind END`;

/** Is a factor bound to no name, or to one that the portal still answers for? Pure but for the configuration. */
export function isAskable({ data }: { readonly data: unknown }): boolean {
  const name: unknown = typeof data === "object" && data !== null && "rpId" in data ? data.rpId : undefined;
  return typeof name !== "string" || names().includes(name);
}

/** The same word of a factor that was read. */
export const askableKindOf = (factor: { readonly kind: string; readonly data: unknown }): string =>
  isAskable(factor) ? factor.kind : `${factor.kind}${givenUp}`;

const names = (): string[] => [...askedNames(config().relyingParty)];
