import { isByClosedPassword, isOfSession, type Pass, type Purpose } from "@/lib/challenge/challenge";
import { type EndedChallenge, findEndedChallenge } from "@/lib/challenge/store";
import type { Ctx } from "@/lib/context/context";
import { isOver } from "@/lib/kernel/duration";

/**
 * Why a challenge cannot be answered any more, as far as its row tells. `open`: it can. `finished`: it has done its work. `closed`: cancelled,
 * or newer ones took its place. `changed`: the account has moved since. `elsewhere`: a step-up of another session than the one here. `answered`: a reset that waits for its new password.
 * `unknown`: there is no row that this browser could name.
 */
export type WhyOver =
  | "open"
  | "finished"
  | "tries"
  | "closed"
  | "time"
  | "changed"
  | "elsewhere"
  | "answered"
  | "unknown";

type Asked = { readonly pass: Pass | null; readonly sessionId: string | null };

/** Looks at the challenge that a pass names, whatever has become of it. Writes nothing. `purpose`: null where it is unknown; `isByPassword`: a reset that a closed password began. */
export async function whyOver(
  ctx: Ctx,
  { pass, sessionId }: Asked,
): Promise<{ readonly why: WhyOver; readonly purpose: Purpose | null; readonly isByPassword: boolean }> {
  const ended = pass && (await findEndedChallenge(ctx, pass));
  if (!ended) return { why: "unknown", purpose: null, isByPassword: false };
  const why = reasonOf(ended, ctx.now, sessionId);
  return { why, purpose: ended.purpose, isByPassword: isByClosedPassword(ended) };
}

function reasonOf(ended: EndedChallenge, now: Date, sessionId: string | null): WhyOver {
  if (ended.state === "CONSUMED") return "finished";
  if (ended.attemptsLeft === 0 && ended.state !== "SATISFIED") return "tries";
  if (ended.state === "DEAD") return "closed";
  if (isOver(ended.expiresAt, now)) return "time";
  if (!ended.isCurrent) return "changed";
  if (!isOfSession(ended, sessionId)) return "elsewhere";
  if (ended.state === "SATISFIED" && ended.purpose === "RESET") return "answered";
  return ended.state === "OPEN" ? "open" : "unknown";
}
