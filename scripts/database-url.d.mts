/** See `database-url.mjs`: plain JavaScript, because a database is asked for sealed data before the settings are read. */
export function databaseUrlMistake(text: string): string | null;
