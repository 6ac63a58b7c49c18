export function layOutImage(out: string): Promise<void>;
export function scriptsOfImage(): Promise<string[]>;
