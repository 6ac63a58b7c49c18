import { redirect } from "next/navigation";

/**
 * Ends an action: the browser goes to `path`, one of our own, and loads that page whole, with scripts and without (the serving entry
 * keeps Next from rendering the next page into the action's answer). Never returns.
 */
export async function leave(path: string): Promise<never> {
  return redirect(path);
}
