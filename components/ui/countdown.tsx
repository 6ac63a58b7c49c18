"use client";

import { useEffect, useRef, useState } from "react";
import { timeSlot } from "@/components/ui/time-slot";
import { lengthWords } from "@/components/ui/time-words";
import { useScripts } from "@/components/ui/use-scripts";

type CountdownProps = {
  /** Seconds that were left when the server answered. Counted by the browser's stopwatch, so a wrong clock does no harm. */
  readonly seconds: number;
  /** Show nothing until this few seconds are left; its line stays, so that nothing moves under a finger. */
  readonly showBelow?: number;
  readonly language: string;
  /** The sentence with `timeSlot` in it, and the one for when time is up, unless something else takes its place. */
  readonly words: { readonly left: string; readonly over?: string };
  /** The sentence with the moment, for when no script counts. */
  readonly fixed: string;
};

/**
 * The time left, in words. A screen reader hears it on request, not every second (`role="timer"`). `data-over` marks the moment at which
 * time is up, for what is to appear then.
 */
export function Countdown({ seconds, showBelow = Number.POSITIVE_INFINITY, language, words, fixed }: CountdownProps) {
  const [left, setLeft] = useState<number | null>(null);
  const isUnheard = useRef(!useScripts());
  useEffect(() => {
    const start = isUnheard.current ? answeredAt() : performance.now();
    isUnheard.current = false;
    const tick = () => setLeft(Math.max(0, Math.ceil(seconds - (performance.now() - start) / 1000)));
    tick();
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, [seconds]);
  const isFar = left !== null && left > showBelow;
  return (
    <p role="timer" data-over={left === 0 || undefined} className={`${isFar ? "invisible" : ""} text-sm text-muted`}>
      {left === null ? fixed : left === 0 ? words.over : words.left.replace(timeSlot, lengthWords(left, language))}
    </p>
  );
}

/** When the document's first byte came, by the browser's stopwatch: its scripts may wake much later. */
function answeredAt(): number {
  return performance
    .getEntriesByType("navigation")
    .reduce((at, one) => Number(Reflect.get(one, "responseStart")) || at, 0);
}
