import type { Spread } from "./spread.mjs";

/** See `figures.mjs`. */
export function figures(results: object): readonly {
  readonly what: string;
  readonly measured: string;
  readonly against: string;
  readonly value: Spread | null;
  readonly required: number | null;
  readonly goal: number | null;
  readonly reached: "goal" | "required" | "missed" | "told";
}[];
