"use client";

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

function exactWords(at: string, language: string, timeZone: string | undefined): string {
  const parts = { year: "numeric", month: "short", day: "numeric", hour: "2-digit", minute: "2-digit" } as const;
  return new Intl.DateTimeFormat(language, { ...parts, hourCycle: "h23", timeZone, timeZoneName: "short" }).format(
    Date.parse(at),
  );
}

const steps = [
  { unit: "second", size: 60 },
  { unit: "minute", size: 60 },
  { unit: "hour", size: 24 },
  { unit: "day", size: 30 },
  { unit: "month", size: 12 },
] as const;

function relativeWords(milliseconds: number, language: string): string {
  const format = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  let amount = Math.round(milliseconds / 1000);
  for (const { unit, size } of steps) {
    if (Math.abs(amount) < size) return format.format(amount, unit);
    amount = Math.round(amount / size);
  }
  return format.format(amount, "year");
}
