"use client";

import { useSyncExternalStore } from "react";
import { documentLanguage, type LineFault } from "@/components/form/line-fault";
import { faultMessages } from "@/lib/messages/fault";

type FaultPageProps = {
  /** What the log calls this fault; undefined when it happened in the browser. */
  readonly reference: string | undefined;
  /** Nothing of the portal's came: no network, or somebody else's answer. Null: the fault is ours. */
  readonly line?: LineFault | null;
  readonly again: () => void;
};

const never = () => () => {};

const words = faultMessages;
const ours = { title: words["fault.title"], text: words["fault.happened"] };
const silent = { title: words["fault.silent_title"], text: words["fault.silent_next"] };
const offline = { title: words["fault.offline_title"], text: words["fault.offline_next"] };

/**
 * An apology with a way on. It never shows what the fault said: that is for the log. Every page carries this code, so it
 * is written with plain elements and few words.
 */
export function FaultPage({ reference, line = null, again }: FaultPageProps) {
  const language = useSyncExternalStore(never, documentLanguage, () => "en" as const);
  const { title, text } = line === null ? ours : line === "offline" ? offline : silent;
  return (
    <main id="main" className="mx-auto grid min-h-svh max-w-column content-center justify-items-start gap-6 px-4 py-8">
      <h1 className="text-2xl font-bold">{title[language]}</h1>
      <p className="text-muted">{text[language]}</p>
      <button
        type="button"
        className="min-h-11 cursor-pointer rounded-control bg-accent-fill px-5 font-semibold text-on-accent"
        onClick={again}
      >
        {words["fault.again_button"][language]}
      </button>
      <a className="font-semibold text-accent underline" href="/">
        {words["fault.home_link"][language]}
      </a>
      {reference && (
        <p className="text-sm text-muted">
          {words["fault.reference_label"][language]}: <code>{reference}</code>
        </p>
      )}
    </main>
  );
}
