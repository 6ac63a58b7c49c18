import type { Ctx } from "@/lib/context/context";
import { maskEmail } from "@/lib/kernel/mask";
import { openChange } from "@/lib/pending/open-change";
import { findOwner } from "@/lib/pending/standing/store";
import { vetoHash } from "@/lib/pending/veto-link";
import { isOwnId } from "@/lib/sessions/schema";
import { type ChangeRow, findChangeByHash, listWaitingOf, type SealedChange } from "@/lib/waiting/store";

/** A change that waits, as its owner sees it. */
export type WaitingView = Pick<ChangeRow, "id" | "kind" | "askedAt" | "ip" | "agent" | "waitHours" | "dueAt"> & {
  /** Which one, as its letters say: a factor's name, a masked address; "" for nothing, and for what cannot be read any more. */
  readonly detail: string;
  /** It was asked for in the session that looks. */
  readonly isOfThis: boolean;
};

type FoundOwner = Awaited<ReturnType<typeof findOwner>>;

type Looking = { readonly userId: string; readonly sessionId: string };

/** What waits for the acting person, the oldest first. */
export async function listOwnWaiting(ctx: Ctx, looking: Looking): Promise<readonly WaitingView[]> {
  return viewsOf(ctx, await listWaitingOf(ctx, looking.userId), looking);
}

/** One of them; null for anybody else's, for one that is over, and for what can be none. */
export async function findOwnWaiting(ctx: Ctx, looking: Looking, id: string): Promise<WaitingView | null> {
  const own = isOwnId(id) ? await listWaitingOf(ctx, looking.userId) : [];
  const [view] = await viewsOf(
    ctx,
    own.filter((one) => one.id === id),
    looking,
  );
  return view ?? null;
}

/** All of them are one account's, which is looked up once. */
async function viewsOf(ctx: Ctx, rows: readonly SealedChange[], looking: Looking): Promise<readonly WaitingView[]> {
  if (rows.length === 0) return [];
  const owner = await findOwner(ctx, looking.userId);
  return Promise.all(
    rows.map(async (row) => {
      const { id, kind, askedAt, ip, agent, waitHours, dueAt, askedIn } = row;
      const detail = await detailOf(ctx, row, owner);
      return { id, kind, detail, askedAt, ip, agent, waitHours, dueAt, isOfThis: askedIn === looking.sessionId };
    }),
  );
}

async function detailOf(ctx: Ctx, row: SealedChange, owner: FoundOwner): Promise<string> {
  const change = openChange(row);
  return change && owner ? change.detail(ctx, { ...owner, askedAt: row.askedAt, acting: null }) : "";
}

/** What the page behind a letter's link shows. The account is masked: a mail may be forwarded. */
export type VetoView =
  | (Pick<ChangeRow, "kind" | "askedAt" | "ip" | "agent" | "dueAt"> &
      Pick<WaitingView, "detail"> & { readonly state: "open"; readonly who: string })
  | { readonly state: "stopped" | "done" | "over" };

const overAs = { DONE: "done", VETOED: "stopped", SUPERSEDED: "over", REFUSED: "over" } as const;

/** What is behind a link of a letter. A GET asks this, however often: nothing is spent and nothing written. */
export async function readVeto(ctx: Ctx, token: unknown): Promise<VetoView> {
  const hash = vetoHash(token);
  const change = hash === null ? null : await findChangeByHash(ctx, hash);
  if (!change) return { state: "over" };
  if (change.state !== "WAITING") return { state: overAs[change.state] };
  const { kind, askedAt, ip, agent, dueAt, email } = change;
  const detail = await detailOf(ctx, change, await findOwner(ctx, change.userId));
  return { state: "open", kind, detail, askedAt, ip, agent, dueAt, who: maskEmail(email) };
}
