import { config } from "@/lib/config/config";
import { askedNames } from "@/lib/config/passkey-settings";
import { Prisma } from "@/lib/db/client";

/** What stands behind the word of a kind whose factor nobody can be asked for any more, and of one that a browser made by itself and that has not served yet. */
const [givenUp, unasked] = [" (name given up)", " (nobody was asked)"];

/**
 * The word that a factor's row `f` counts under, as a part of a statement: its kind; or a word that is no kind of this portal's, where it is bound to a name that the portal has given up, or where a browser made it
 * without a dialogue and its person has not used it. So it is held, nobody gets past a door as if they had none, and it neither is asked for nor stands for one that is demanded, as one of a kind that is switched off.
 */
export const askableKind = (): Prisma.Sql =>
  Prisma.sql`CASE WHEN f.data->>'rpId' <> ALL(${names()}::text[]) THEN f.kind || ${givenUp} WHEN ${isUnaskedRow} THEN f.kind || ${unasked} ELSE f.kind END`;

/** The same for a login, whose second step a factor that nobody was asked about may be. */
export const answerableKind = (): Prisma.Sql =>
  Prisma.sql`CASE WHEN f.data->>'rpId' <> ALL(${names()}::text[]) THEN f.kind || ${givenUp} ELSE f.kind END`;

/** Was the row `f` made without a dialogue, and has it not served behind a password with its person verified? */
export const isUnaskedRow: Prisma.Sql = Prisma.sql`COALESCE(f.data ? 'unasked', false)`;

type Remembered = { readonly data: unknown };

/** May a login ask for this factor? Not where it is bound to a name that the portal no longer answers for. Pure but for the configuration. */
export function isAnswerable(factor: Remembered): boolean {
  const name = nameOf(factor);
  return name === null || names().includes(name);
}

/** Is this factor bound to today's name of the portal, or to none? False of a former one's, also while a login may still ask for it. */
export function isOfToday(factor: Remembered): boolean {
  const name = nameOf(factor);
  return name === null || name === config().relyingParty?.id;
}

/** The name of the portal's that a factor is bound to; null where its kind knows none. */
function nameOf({ data }: Remembered): string | null {
  const name: unknown = typeof data === "object" && data !== null && "rpId" in data ? data.rpId : null;
  return typeof name === "string" ? name : null;
}

/** Does this factor stand for its kind: as the strongest that somebody has, as a fresh proof, as one that is demanded? */
export const isAskable = (factor: Remembered): boolean => isAnswerable(factor) && !isUnasked(factor);

const isUnasked = ({ data }: Remembered): boolean => typeof data === "object" && data !== null && "unasked" in data;

/** The word of `askableKind` of a factor that was read. */
export function askableKindOf(factor: Remembered & { readonly kind: string }): string {
  if (!isAnswerable(factor)) return `${factor.kind}${givenUp}`;
  return isUnasked(factor) ? `${factor.kind}${unasked}` : factor.kind;
}

const names = (): string[] => [...askedNames(config().relyingParty)];
