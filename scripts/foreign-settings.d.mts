/** See `foreign-settings.mjs`: plain JavaScript, because the first start cleans before any package is there. */
export function isForeign(name: string): boolean;
export function withoutForeign(env: Readonly<Record<string, string | undefined>>): Record<string, string>;
export function dropForeign(): void;
