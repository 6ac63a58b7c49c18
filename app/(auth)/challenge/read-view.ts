import { redirect } from "next/navigation";
import type { Pass } from "@/lib/challenge/challenge";
import { readChallenge } from "@/lib/challenge/read-challenge";
import type { ChallengeView } from "@/lib/challenge/view";
import type { Ctx } from "@/lib/context/context";
import { buildContext } from "@/lib/web/build-context";
import { challenged } from "@/lib/web/guard";

/** The open challenge of this browser, or off to the page that says that it is over. */
export async function readView(): Promise<{ readonly ctx: Ctx; readonly pass: Pass; readonly view: ChallengeView }> {
  const ctx = await buildContext();
  const { pass } = await challenged(ctx);
  const view = await readChallenge(ctx, pass);
  if (!view) redirect("/challenge/expired");
  return { ctx, pass, view };
}
