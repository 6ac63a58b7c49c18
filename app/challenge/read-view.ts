import { redirect } from "next/navigation";
import type { Pass } from "@/lib/challenge/challenge";
import { readChallenge } from "@/lib/challenge/read-challenge";
import type { ChallengeView } from "@/lib/challenge/view";
import type { Ctx } from "@/lib/context/context";
import { buildContext } from "@/lib/web/build-context";
import { betweenDoors } from "@/lib/web/guard";
import { returnTo, withReturnTo } from "@/lib/web/return-to";

/** The query of a page of the second door. */
export type Query = Promise<{ readonly returnTo?: unknown; readonly choose?: unknown; readonly again?: unknown }>;

type Read = {
  readonly ctx: Ctx;
  readonly pass: Pass;
  readonly view: ChallengeView;
  /** Where this tab goes afterwards. Its address carries it, because the cookie is one for all tabs; one that does not is about the cookie's. */
  readonly target: string;
};

/** The open challenge of this browser, or off to the page that goes on or says why it is over. */
export async function readView(query: Query): Promise<Read> {
  const { returnTo: carried } = await query;
  const [ctx, { pass }] = await Promise.all([buildContext(), betweenDoors()]);
  const view = pass && (await readChallenge(ctx, pass));
  if (!view) redirect(withReturnTo("/challenge/expired", returnTo(carried)));
  return { ctx, pass, view, target: returnTo(carried ?? view.returnTo) };
}
