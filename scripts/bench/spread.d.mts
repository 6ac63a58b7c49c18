/** See `spread.mjs`. */
export type Spread = { readonly median: number; readonly least: number; readonly most: number };
export function median(values: readonly number[]): number;
export function spreadOf(values: readonly number[]): Spread;
export function ratios(some: readonly number[], others: readonly number[]): readonly number[];
