import type { RawCtx } from "@/lib/context/context";
import { later } from "@/lib/kernel/duration";
import { clientTraits } from "@/lib/policy/clients";
import { kindOfAmr } from "@/lib/policy/kinds";
import { policy } from "@/lib/policy/policy";
import type { FactorKind } from "@/lib/policy/traits";
import { trustAmr } from "@/lib/policy/trust";
import {
  type AppPlace,
  type AppSessions,
  countOtherSessions,
  findLiveSessionOf,
  type LiveSession,
  listAppSessions,
  listEveryLiveSession,
  listLiveSessions,
} from "@/lib/sessions/listing/store";

/** A live session as its owner sees it. */
export type SessionView = Omit<LiveSession, "amr"> & {
  /** It is the one that asks. */
  readonly isThis: boolean;
  /** What was proven at its login, in that order. */
  readonly proofs: readonly FactorKind[];
  /** A trusted browser stood for its second step. */
  readonly isByTrust: boolean;
  /** When it ends if nobody uses it any more; never after `expiresAt`. */
  readonly idleEnd: Date;
};

type Asking = { readonly userId: string; readonly sessionId: string };

/** The live sessions of one client, the acting one first, then the last used. */
export async function listSessions(ctx: RawCtx, asking: Asking, clientId: string): Promise<readonly SessionView[]> {
  const rows = await listLiveSessions(ctx, asking.userId, clientId);
  const views = rows.map((row) => viewOf(row, asking));
  return [...views.filter(({ isThis }) => isThis), ...views.filter(({ isThis }) => !isThis)];
}

/** At how many places they are logged in besides the acting one, apps included. */
export const countOthers = (ctx: RawCtx, { userId, sessionId }: Asking): Promise<number> =>
  countOtherSessions(ctx, userId, sessionId);

const appsPerPage = 50;

/** A page of the apps that somebody is logged in through. `last`: where the next page goes on; null: there is none. */
export type AppsPage = { readonly apps: readonly AppSessions[]; readonly last: AppPlace | null };

/** The apps that the person is logged in through, the last used first, so many at a time. */
export async function listApps(ctx: RawCtx, userId: string, after: AppPlace | null): Promise<AppsPage> {
  const found = await listAppSessions(ctx, userId, { after, limit: appsPerPage + 1 });
  const apps = found.slice(0, appsPerPage);
  return { apps, last: found.length > appsPerPage ? (apps.at(-1) ?? null) : null };
}

/** So many sessions of one person an operator is shown at most. */
const mostListed = 500;

/** The live sessions of somebody through every client, the last used first. `isWhole`: there are no more. */
export async function listEverySession(
  ctx: RawCtx,
  userId: string,
): Promise<{ readonly sessions: readonly SessionView[]; readonly isWhole: boolean }> {
  const rows = await listEveryLiveSession(ctx, userId, mostListed + 1);
  const sessions = rows.slice(0, mostListed).map((row) => viewOf(row, { userId, sessionId: "" }));
  return { sessions, isWhole: rows.length <= mostListed };
}

/** One of the person's live sessions; null for anybody else's, and for one that is over. */
export async function findSessionView(ctx: RawCtx, asking: Asking, id: string): Promise<SessionView | null> {
  const row = await findLiveSessionOf(ctx, asking.userId, id);
  return row && viewOf(row, asking);
}

function viewOf({ amr, ...row }: LiveSession, { sessionId }: Asking): SessionView {
  const idleLimit = row.isShared ? policy.session.sharedIdle : clientTraits(row.clientId).idleLimit;
  const idleEnd = idleLimit === null ? row.expiresAt : later(row.lastSeenAt, idleLimit);
  return {
    ...row,
    isThis: row.id === sessionId,
    proofs: amr.flatMap((word) => kindOfAmr(word) ?? []),
    isByTrust: amr.includes(trustAmr),
    idleEnd: idleEnd < row.expiresAt ? idleEnd : row.expiresAt,
  };
}
