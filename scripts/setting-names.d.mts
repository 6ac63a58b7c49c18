/** See `setting-names.mjs`. */
export const settingNames: readonly string[];
