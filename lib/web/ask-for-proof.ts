import { cookies } from "next/headers";
import { encodeMfaToken } from "@/lib/auth/mfa-token";
import { startStepUp } from "@/lib/challenge/start-step-up";
import type { Ctx } from "@/lib/context/context";
import type { FreshAction } from "@/lib/policy/freshness";
import type { CurrentSession } from "@/lib/sessions/session";
import { bringCode } from "@/lib/web/bring-code";
import { leave } from "@/lib/web/leave";
import { mfaCookie } from "@/lib/web/private-cookies";

/** Opens a step-up for this session and leads to it. Only in an action: it writes. Never returns. */
export async function askForProof(
  ctx: Ctx,
  asked: { readonly session: CurrentSession; readonly action: FreshAction; readonly returnTo: string },
): Promise<never> {
  const pass = await startStepUp(ctx, asked);
  (await cookies()).set(mfaCookie.name, await encodeMfaToken(pass, asked.session.userId), mfaCookie.options);
  await bringCode(ctx, { pass, kind: null, sessionId: asked.session.id });
  return leave("/challenge");
}
