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

type Looking = { readonly userId: string; readonly sessionId: string };

/** What waits for the acting person, the oldest first. */
export async function listOwnWaiting(ctx: Ctx, looking: Looking): Promise<readonly WaitingView[]> {
  return Promise.all((await listWaitingOf(ctx, looking.userId)).map((row) => viewOf(ctx, row, looking)));
}

/** One of them; null for anybody else's, for one that is over, and for what can be none. */
export async function findOwnWaiting(ctx: Ctx, looking: Looking, id: string): Promise<WaitingView | null> {
  const own = isOwnId(id) ? await listWaitingOf(ctx, looking.userId) : [];
  const row = own.find((one) => one.id === id);
  return row === undefined ? null : viewOf(ctx, row, looking);
}

async function viewOf(ctx: Ctx, row: SealedChange, { sessionId }: Looking): Promise<WaitingView> {
  const { id, kind, askedAt, ip, agent, waitHours, dueAt, askedIn } = row;
  const detail = await detailOf(ctx, row);
  return { id, kind, detail, askedAt, ip, agent, waitHours, dueAt, isOfThis: askedIn === sessionId };
}

async function detailOf(ctx: Ctx, row: SealedChange): Promise<string> {
  const change = openChange(row);
  const owner = change && (await findOwner(ctx, row.userId));
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
  const detail = await detailOf(ctx, change);
  return { state: "open", kind, detail, askedAt, ip, agent, dueAt, who: maskEmail(email) };
}
