"use client";

import { useSyncExternalStore } from "react";
import { faultMessages } from "@/lib/messages/fault";

type FaultPageProps = {
  /** What the log calls this fault; undefined when it happened in the browser. */
  readonly reference: string | undefined;
  readonly again: () => void;
};

const never = () => () => {};
const documentLanguage = () => (document.documentElement.lang.startsWith("zh") ? "zh" : "en");

/**
 * An apology with a way on. It never shows what the fault said: that is for the log. Every page carries this code, so it
 * is written with plain elements and few words.
 */
export function FaultPage({ reference, again }: FaultPageProps) {
  const language = useSyncExternalStore(never, documentLanguage, () => "en" as const);
  const words = faultMessages;
  return (
    <main id="main" className="mx-auto grid min-h-svh max-w-column content-center justify-items-start gap-6 px-4 py-8">
      <h1 className="text-2xl font-bold">{words["fault.title"][language]}</h1>
      <p className="text-muted">{words["fault.happened"][language]}</p>
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
