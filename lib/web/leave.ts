import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { isServed, wholePage } from "@/lib/web/answer-status";

/** Ends an action: the browser goes to `path`, one of our own. With scripts and without, it loads that page whole. Never returns. */
export async function leave(path: string): Promise<never> {
  const scripted = (await headers()).has("next-action");
  return redirect(scripted && isServed() ? `${wholePage}${path}` : path);
}
