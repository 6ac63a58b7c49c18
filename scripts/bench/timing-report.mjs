import { say } from "../say.mjs";
import { mannWhitney } from "./mann-whitney.mjs";
import { compareTexts } from "./same-text.mjs";
import { median } from "./spread.mjs";

const [chance, audible] = [0.001, 2];

/**
 * Says what was measured of one question: every kind of it, then the kinds in pairs, then whether the texts differ. `asked` holds the
 * milliseconds and the texts by kind. True when two kinds differ beyond chance (p < 0.001) and by enough to be heard through a network
 * (medians more than 2 ms apart), or in a single byte.
 */
export function report(name, { times, texts }) {
  say(`\n${name}`);
  for (const [kind, all] of Object.entries(times)) {
    const mean = all.reduce((sum, one) => sum + one, 0) / all.length;
    const figures = `mean ${ms(mean)}  median ${ms(median(all))}  p95 ${ms(quantile(all, 0.95))}`;
    say(`  ${kind.padEnd(11)} n ${all.length}  ${figures}`);
  }
  const kinds = Object.keys(times);
  const pairs = kinds.flatMap((one, at) => kinds.slice(at + 1).map((other) => [one, other]));
  const told = pairs.filter(([one, other]) => tells(times, one, other));
  const { count, telling } = compareTexts(texts);
  say(`  answers: ${count} ${count === 1 ? "text" : "texts"}${telling.length > 0 ? ": THEY TELL" : ""}`);
  for (const text of telling.slice(0, 2)) say(text.replace(/^/gm, "    | "));
  return told.length > 0 || telling.length > 0;
}

function tells(times, one, other) {
  const { z, p } = mannWhitney(times[one], times[other]);
  const apart = Math.abs(median(times[one]) - median(times[other]));
  const isHeard = p < chance && apart > audible;
  say(
    `  ${one}/${other}: z ${z.toFixed(2)}, p ${p.toPrecision(3)}, medians ${ms(apart)} apart${isHeard ? ": IT TELLS" : ""}`,
  );
  return isHeard;
}

const ms = (value) => `${value.toFixed(2)} ms`;
const quantile = (all, share) => [...all].sort((a, b) => a - b)[Math.floor(all.length * share)];
