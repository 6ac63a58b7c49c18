export function portalProgram(words: readonly string[]): "portal" | "portal-night";
