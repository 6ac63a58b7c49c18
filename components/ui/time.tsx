"use client";

import { exactWords, relativeWords } from "@/components/ui/time-words";
import { useScripts } from "@/components/ui/use-scripts";

type TimeProps = {
  /** The moment, ISO 8601 in UTC. */
  readonly at: string;
  /** What the server counts as now; given, the words are relative ("3 minutes ago"). */
  readonly now?: string | undefined;
  readonly language: string;
};

/** A moment: relative words with the exact moment on hover. UTC, and labelled so, until scripts know the zone. */
export function Time({ at, now, language }: TimeProps) {
  const scripts = useScripts();
  const exact = exactWords(at, language, scripts ? undefined : "UTC");
  return (
    <time dateTime={at} title={now === undefined ? undefined : exact}>
      {now === undefined ? exact : relativeWords(Date.parse(at) - Date.parse(now), language)}
    </time>
  );
}
