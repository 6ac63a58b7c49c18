/** See `stop-signals.mjs`: plain JavaScript, because the scripts end by the same signals. */
export const stopSignals: readonly NodeJS.Signals[];
export const accidentSignals: readonly NodeJS.Signals[];
export const deafSignals: readonly NodeJS.Signals[];
export function takeDeafSignals(hear?: (name: NodeJS.Signals) => void): void;
