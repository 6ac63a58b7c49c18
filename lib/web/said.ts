import { readUrl } from "@/lib/kernel/url";
import { putCookie, readCookie } from "@/lib/web/cookie-jar";
import { leave } from "@/lib/web/leave";

/** What an address may claim of something that was done. */
export type Said = Readonly<Partial<Record<(typeof saying)[number], string>>>;

/** The parameters that choose among our sentences about what was done, and the number in them. */
export const saying = ["done", "ended", "out", "over", "locked", "old", "reset", "unlocked", "sent"] as const;

/**
 * Ends an action at a page that says what it did. An address can be written by anybody, and "your password is changed" would be read as the
 * portal's own word: so the address only chooses, and this browser is given a note that we led it there. Never for a path that somebody
 * else wrote (`returnTo`): its claims would become ours.
 */
export async function leaveSaying(path: string): Promise<never> {
  await noteSaid(path);
  return leave(path);
}

/** The note alone, where another page comes first; nothing for an address that claims nothing, so that what was noted before stays. Only in an action. */
export async function noteSaid(path: string): Promise<void> {
  if (isClaim(path)) await putCookie("said", path);
}

/** Does this address claim that something was done? */
export function isClaim(path: string): boolean {
  const led = readUrl(path, "http://portal.invalid");
  return led !== null && [...led.searchParams.keys()].some(isSaying);
}

/** Of what the address of the page at `path` claims, only what an action of ours noted for this browser a moment ago. */
export async function saidHere(path: string, query: Readonly<Record<string, unknown>>): Promise<Said> {
  return confirmed(await readCookie("said"), path, query);
}

/** What the note claims; nothing where it is of another page, or `query` claims more, less or something else. */
export function confirmed(note: string | undefined, path: string, query: Readonly<Record<string, unknown>>): Said {
  const led = note === undefined ? null : readUrl(note, "http://portal.invalid");
  if (led === null || led.pathname !== path) return {};
  const isSame = saying.every((name) => (query[name] ?? null) === led.searchParams.get(name));
  return isSame ? Object.fromEntries([...led.searchParams].filter(([name]) => isSaying(name))) : {};
}

const isSaying = (name: string) => saying.some((one) => one === name);
