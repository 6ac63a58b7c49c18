export const compiled: string;
export function forgetCompiled(folder?: string): void;
