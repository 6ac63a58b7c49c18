import type { MessageId } from "@/lib/messages/catalogue";
import { faultMessages } from "@/lib/messages/fault";
import type { Language } from "@/lib/messages/words-shape";

/** What can come between a form and the portal: no network, an answer that is not the portal's own, a build that no longer knows the form. */
export type LineFault = "offline" | "silent" | "outdated";

/**
 * Why an action gave no answer, told by what the framework throws in the browser; null for a fault of ours and for a redirect, which both carry a
 * digest. A fetch that fails throws a TypeError (Fetch standard, 5.6). A proxy's 502, a portal that is starting and an answer that breaks off
 * are plain errors. What the browser's own code throws is none of these only while it runs inside the action, which is the framework's.
 */
export function lineFault(thrown: unknown): LineFault | null {
  if (!(thrown instanceof Error) || "digest" in thrown) return null;
  if (thrown.name === "UnrecognizedActionError") return "outdated";
  return thrown instanceof TypeError ? "offline" : "silent";
}

/** How browsers word a fetch that failed (Chromium and Firefox, WebKit), and the framework an answer that is none of its own. */
const lost = /fetch|Load failed/;
const foreign = /^An unexpected response was received/;

/**
 * The same for an error page, which also meets whatever breaks in the browser's own code: only what surely came from the line is told as such. A
 * button that is no form of ours (logging out, cancelling) ends here.
 */
export function lineFaultOfPage(thrown: unknown): LineFault | null {
  const fault = lineFault(thrown);
  if (fault === null || !(thrown instanceof Error)) return null;
  if (fault === "outdated") return fault;
  if (foreign.test(thrown.message)) return "silent";
  return fault === "offline" && lost.test(thrown.message) ? "offline" : null;
}

const sentences = { offline: "fault.offline", silent: "fault.silent", outdated: "fault.outdated" } as const;

/** The sentence beside a form that kept all that was typed, and its id. */
export function lineSentence(fault: LineFault, language: Language): { readonly id: MessageId; readonly text: string } {
  const id = sentences[fault];
  return { id, text: faultMessages[id][language] };
}

/** The language of the page, in the browser. */
export const documentLanguage = (): Language => (document.documentElement.lang.startsWith("zh") ? "zh" : "en");
