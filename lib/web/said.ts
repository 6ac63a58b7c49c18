import { readUrl } from "@/lib/kernel/url";
import { putCookie, readCookie } from "@/lib/web/cookie-jar";
import { leave } from "@/lib/web/leave";

/** What an address may claim of something that was done. */
export type Said = Readonly<Partial<Record<(typeof saying)[number], string>>>;

/** The parameters that choose among our sentences about what was done, and the number in them. */
export const saying = ["done", "ended", "out", "over", "locked", "reset", "unlocked"] as const;

/**
 * Ends an action at a page that says what it did. An address can be written by anybody, and "your password is changed" would be read as the
 * portal's own word: so the address only chooses, and this browser is given a note that we led it there. Never for an address that came in
 * with the request.
 */
export async function leaveSaying(path: string): Promise<never> {
  await noteSaid(path);
  return leave(path);
}

/** The note alone, where another page comes first. Only in an action. */
export async function noteSaid(path: string): Promise<void> {
  await putCookie("said", path);
}

/** Of what the address of the page at `path` claims, only what an action of ours noted for this browser a moment ago. */
export async function saidHere(path: string, query: Readonly<Record<string, unknown>>): Promise<Said> {
  return confirmed(await readCookie("said"), path, query);
}

/** Of `query` what stands in the note as well; nothing where the note is of another page. */
export function confirmed(note: string | undefined, path: string, query: Readonly<Record<string, unknown>>): Said {
  const led = note === undefined ? null : readUrl(note, "http://portal.invalid");
  if (led === null || led.pathname !== path) return {};
  const isSaid = (name: string) => led.searchParams.has(name) && led.searchParams.get(name) === query[name];
  return saying.every((name) => query[name] === undefined || isSaid(name))
    ? Object.fromEntries(saying.flatMap((name) => (isSaid(name) ? [[name, query[name]]] : [])))
    : {};
}
