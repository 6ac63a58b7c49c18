/** See `arguments.mjs`. */
export function readArguments(words: readonly string[]): {
  readonly beside: readonly string[];
  readonly rounds: number;
  readonly minutes: number;
  readonly quick: boolean;
  readonly publish: boolean;
  readonly growth: boolean;
  readonly soak: boolean;
};
