import { startStepUp } from "@/lib/challenge/start-step-up";
import type { Ctx } from "@/lib/context/context";
import type { FreshAction } from "@/lib/policy/freshness";
import type { CurrentSession } from "@/lib/sessions/session";
import { keepPass } from "@/lib/web/keep-pass";
import { leave } from "@/lib/web/leave";
import { pathOfWay, withReturnTo } from "@/lib/web/return-to";
import { sendFirstCode } from "@/lib/web/send-first-code";

/** Opens a step-up for this session and leads to it. Only in an action: it writes. Never returns. */
export async function askForProof(
  ctx: Ctx,
  asked: { readonly session: CurrentSession; readonly action: FreshAction; readonly returnTo: string },
): Promise<never> {
  const pass = await startStepUp(ctx, asked);
  await keepPass(pass, asked.session.userId);
  const way = await sendFirstCode(ctx, { pass, kind: null, sessionId: asked.session.id });
  return leave(withReturnTo(pathOfWay(way), asked.returnTo));
}
