import { redirect } from "next/navigation";
import { findLiveChallenge } from "@/lib/challenge/store";
import type { Ctx } from "@/lib/context/context";
import type { LinkPurpose } from "@/lib/links/link";
import { readSpentLink, type SpentLink } from "@/lib/links/spent-link";
import { betweenDoors, currentSession } from "@/lib/web/guard";

type Closed = { readonly token: unknown; readonly purpose: LinkPurpose };

/**
 * For the page of a link that does not open: whoever used it themselves, and is in or between the doors in this very browser, goes on there
 * (a second press, the way back, the letter opened once more). For everybody else it says why it does not open.
 */
export async function closedLink(ctx: Ctx, { token, purpose }: Closed): Promise<SpentLink["why"]> {
  const { why, userId } = await readSpentLink(ctx, token, purpose);
  if (why !== "used") return why;
  const isTheirs = (id: string) => id === userId || purpose === "setup";
  const session = await currentSession();
  if (session && isTheirs(session.userId)) redirect("/security");
  const { pass } = await betweenDoors();
  const challenge = pass && (await findLiveChallenge(ctx, pass));
  if (challenge?.state === "OPEN" && isTheirs(challenge.userId)) redirect("/challenge");
  return why;
}
