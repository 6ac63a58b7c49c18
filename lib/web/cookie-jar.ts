import { cookies } from "next/headers";
import { type CookieKind, cookieOf } from "@/lib/cookies/cookies";
import { type Duration, seconds } from "@/lib/kernel/duration";

/** What this browser brings under a cookie of the portal, if anything. Nothing is authorised by it alone. */
export async function readCookie(kind: CookieKind): Promise<string | undefined> {
  const jar = await cookies(); // first: while building there is no request, and no configuration
  return jar.get(cookieOf(kind).name)?.value;
}

/** The names of all cookies that this browser brings, ours or not. */
export async function cookieNames(): Promise<string[]> {
  return (await cookies()).getAll().map(({ name }) => name);
}

/** Gives a cookie to this browser. Only in an action. `life`: longer or shorter than usual. */
export async function putCookie(kind: CookieKind, value: string, life?: Duration): Promise<void> {
  const { name, options } = cookieOf(kind, undefined, life);
  (await cookies()).set(name, value, options);
}

/** Takes a cookie back: the same name and attributes, and no life left. Only in an action. */
export async function dropCookie(kind: CookieKind): Promise<void> {
  await putCookie(kind, "", seconds(0));
}
