/** See `table.mjs`. */
export function writeTable(results: object, file: string | null): string;
export function growthTable(growth: object): string;
export function soakTable(soak: object): string;
