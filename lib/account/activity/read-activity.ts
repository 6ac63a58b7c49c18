import { type ActivityFilter, isShown } from "@/lib/account/activity/sentences";
import { type ActivityPlace, type ActivityRow, listActivity } from "@/lib/account/activity/store";
import type { RawCtx } from "@/lib/context/context";
import { kindOfAmr } from "@/lib/policy/kinds";
import type { FactorKind } from "@/lib/policy/traits";

/** A line of the activity page. Of a login: `session` names the session that it opened, `proofs` are what opened it. */
export type ActivityLine = Omit<ActivityRow, "sessionRef"> & {
  readonly proofs: readonly FactorKind[];
  readonly session: string | null;
};

/** `older`: the word in an address that leads on; `activityQuery` reads it. */
export type Activity = { readonly lines: readonly ActivityLine[]; readonly older: string | null };

/** So many events are read, since a flood of them is one line; of lines a page has only so many, for each costs time to draw. */
const [eventsPerPage, linesPerPage] = [100, 25];

type Asked = { readonly userId: string; readonly filter: ActivityFilter; readonly before: ActivityPlace | null };

/** A page of what happened to somebody's account, the newest first. Reading it writes nothing. */
export async function readActivity(ctx: RawCtx, asked: Asked): Promise<Activity> {
  const wide = await listActivity(ctx, { ...asked, read: eventsPerPage });
  const { rows, last } =
    wide.rows.length > linesPerPage ? await listActivity(ctx, { ...asked, read: linesPerPage }) : wide;
  const lines = rows
    .filter(({ name }) => isShown(name))
    .map(({ sessionRef, ...row }) => ({
      ...row,
      proofs: proofsIn(row.meta),
      session: row.name === "session.opened" ? sessionRef : null,
    }));
  return { lines, older: last && `${last.at.getTime()}-${last.id}` };
}

/** Events keep them as one text, a word each. */
const proofsIn = ({ amr }: ActivityRow["meta"]): FactorKind[] =>
  typeof amr === "string" ? amr.split(" ").flatMap((word) => kindOfAmr(word) ?? []) : [];
