import { faultMessages } from "@/lib/messages/fault";
import type { Language } from "@/lib/messages/words-shape";

/**
 * What can come between a form and the portal: no network, an answer that is not the portal's own, a build that no longer knows the form, or a
 * refusal by the portal's entry, told in its own sentence.
 */
export type LineFault = "offline" | "silent" | "outdated" | { readonly told: string };

/**
 * Why an action gave no answer, told by what the framework throws in the browser; null for a fault of ours and for a redirect, which both carry a
 * digest. A fetch that fails throws a TypeError (Fetch standard, 5.6). A proxy's 502 and an answer that breaks off
 * are plain errors; so is a refusal by the entry, whose text the framework throws as it came. What the browser's own code throws is none of these only while it runs inside the action, which is the framework's.
 */
export function lineFault(thrown: unknown): LineFault | null {
  if (!(thrown instanceof Error) || "digest" in thrown) return null;
  if (thrown.name === "UnrecognizedActionError") return "outdated";
  if (thrown instanceof TypeError) return "offline";
  const told = toldByEntry(thrown.message);
  return told === null ? "silent" : { told };
}

/** No sentence of the entry is nearly as long. */
const longest = 400;

/** The sentence of a refusal by the entry: one line with its end, which no message of a browser, the framework or a proxy has. */
function toldByEntry(message: string): string | null {
  if (message.length > longest || message.indexOf("\n") !== message.length - 1) return null;
  return message.trim() || null;
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
  if (fault === "outdated" || typeof fault === "object") return fault;
  if (foreign.test(thrown.message)) return "silent";
  return fault === "offline" && lost.test(thrown.message) ? "offline" : null;
}

const sentences = { offline: "fault.offline", silent: "fault.silent", outdated: "fault.outdated" } as const;

/** The sentence beside a form that kept all that was typed, and its id. */
export function lineSentence(fault: LineFault, language: Language): { readonly id: string; readonly text: string } {
  if (typeof fault === "object") return { id: "fault.told", text: fault.told };
  const id = sentences[fault];
  return { id, text: faultMessages[id][language] };
}

/** The language of the page, in the browser. */
export const documentLanguage = (): Language => (document.documentElement.lang.startsWith("zh") ? "zh" : "en");
