import type { RawCtx } from "@/lib/context/context";
import { maskEmail } from "@/lib/kernel/mask";
import { vetoHash } from "@/lib/pending/veto-link";
import { isOwnId } from "@/lib/sessions/schema";
import { type ChangeRow, findChange, findChangeByHash, listWaitingOf } from "@/lib/waiting/store";

/** A change that waits, as its owner sees it. */
export type WaitingView = Pick<ChangeRow, "id" | "kind" | "askedAt" | "ip" | "agent" | "waitHours" | "dueAt"> & {
  /** It was asked for in the session that looks. */
  readonly isOfThis: boolean;
};

type Looking = { readonly userId: string; readonly sessionId: string };

/** What waits for the acting person, the oldest first. */
export async function listOwnWaiting(ctx: RawCtx, looking: Looking): Promise<readonly WaitingView[]> {
  return (await listWaitingOf(ctx, looking.userId)).map((row) => viewOf(row, looking));
}

/** One of them; null for anybody else's, for one that is over, and for what can be none. */
export async function findOwnWaiting(ctx: RawCtx, looking: Looking, id: string): Promise<WaitingView | null> {
  const row = isOwnId(id) ? await findChange(ctx, id) : null;
  if (row?.userId !== looking.userId || row.state !== "WAITING") return null;
  return viewOf(row, looking);
}

const viewOf = ({ id, kind, askedAt, ip, agent, waitHours, dueAt, askedIn }: ChangeRow, { sessionId }: Looking) => ({
  ...{ id, kind, askedAt, ip, agent, waitHours, dueAt },
  isOfThis: askedIn === sessionId,
});

/** What the page behind a letter's link shows. The account is masked: a mail may be forwarded. */
export type VetoView =
  | (Pick<ChangeRow, "kind" | "askedAt" | "ip" | "agent" | "dueAt"> & { readonly state: "open"; readonly who: string })
  | { readonly state: "stopped" | "done" | "over" };

/** What is behind a link of a letter. A GET asks this, however often: nothing is spent and nothing written. */
export async function readVeto(ctx: RawCtx, token: unknown): Promise<VetoView> {
  const hash = vetoHash(token);
  const change = hash === null ? null : await findChangeByHash(ctx, hash);
  if (!change) return { state: "over" };
  const { kind, askedAt, ip, agent, dueAt, email } = change;
  if (change.state === "WAITING") return { state: "open", kind, askedAt, ip, agent, dueAt, who: maskEmail(email) };
  return { state: change.state === "DONE" ? "done" : change.state === "VETOED" ? "stopped" : "over" };
}
