import type { RawCtx } from "@/lib/context/context";
import type { NoticeFacts } from "@/lib/letters/draft";

/** What every notice says: when it happened, from which address, with which browser. */
export const noticeFacts = ({ now, visitor }: RawCtx): NoticeFacts => ({
  at: now.toISOString(),
  ip: visitor.ip,
  agent: visitor.agent,
});
