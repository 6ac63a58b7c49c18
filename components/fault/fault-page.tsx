"use client";

import { useSyncExternalStore } from "react";
import { documentLanguage, type LineFault } from "@/components/form/line-fault";
import { faultMessages } from "@/lib/messages/fault";

type FaultPageProps = {
  /** What the log calls this fault; undefined when it happened in the browser. */
  readonly reference: string | undefined;
  /** Why no answer came: no network, somebody else's answer, or a refusal by the portal's entry. Null: the fault is ours. */
  readonly line?: LineFault | null;
  readonly again: () => void;
};

const never = () => () => {};
const portalName = () => document.querySelector<HTMLMetaElement>('meta[name="application-name"]')?.content ?? "";

const words = faultMessages;
const ours = { title: words["fault.title"], text: words["fault.happened"] };
const silent = { title: words["fault.silent_title"], text: words["fault.silent_next"] };
const outdated = { title: words["fault.outdated_title"], text: words["fault.outdated_next"] };
const offline = { title: words["fault.offline_title"], text: words["fault.offline_next"] };

/**
 * An apology with a way on, in the frame of every page and, smaller, in the other language: nothing can be chosen here. It never shows what
 * the fault said, which is for the log, unless the portal's entry said it to be read. Every page carries this code, so it is written with plain elements and few words.
 */
export function FaultPage({ reference, line = null, again }: FaultPageProps) {
  const language = useSyncExternalStore(never, documentLanguage, () => "en" as const);
  const told = line !== null && typeof line === "object" ? line.told : null;
  const { title, text } = line === null || typeof line === "object" ? ours : { offline, silent, outdated }[line];
  const portal = useSyncExternalStore(never, portalName, () => "");
  const [other, tag] = language === "zh" ? (["en", "en"] as const) : (["zh", "zh-Hans"] as const);
  return (
    <div className="mx-auto grid min-h-svh max-w-column content-center justify-items-center gap-6 px-rim py-8">
      <header className="text-lg font-bold">{portal}</header>
      <main id="main" className="grid w-full gap-6 rounded-card border border-line bg-card p-card shadow-card sm:p-7">
        <h1 className="text-2xl font-bold">{title[language]}</h1>
        <p className="text-muted">{told ?? text[language]}</p>
        <button
          type="button"
          className="min-h-11 cursor-pointer rounded-control bg-accent-fill px-5 font-semibold text-on-accent"
          onClick={line === "outdated" ? () => window.location.reload() : again}
        >
          {words[line === "outdated" ? "fault.reload_link" : "fault.again_button"][language]}
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
      <footer lang={tag} className="text-sm text-muted">
        {title[other]}
        {other === "zh" ? "。" : ". "}
        {told === null && text[other]}
      </footer>
    </div>
  );
}
