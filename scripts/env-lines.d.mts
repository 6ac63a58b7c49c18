/** See `env-lines.mjs`: plain JavaScript, because the first start reads `.env` before any package is there. */
export function readEnv(text: string): {
  readonly values: Readonly<Record<string, string>>;
  readonly notes: readonly string[];
  readonly mistakes: readonly string[];
};
export function envLine(name: string, value: string): string;
