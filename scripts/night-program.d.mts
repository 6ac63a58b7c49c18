export const nightProgram: readonly string[];
