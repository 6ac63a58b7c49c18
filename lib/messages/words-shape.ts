/** The languages that every sentence exists in. */
export const languages = ["en", "zh"] as const;

export type Language = (typeof languages)[number];

/**
 * What a room's `messages.ts` holds: message id → the same words in every language (ICU message syntax).
 *
 * Ids read `room.what_happened`, lower snake, and are for ever. A *label* (a heading, a button, a field's name) ends its
 * id in one of the label words below, as in `login.password_label`, and carries no full stop; everything else is a
 * sentence and ends with one.
 */
export type Words = Readonly<Record<string, Readonly<Record<Language, string>>>>;

/** The last word of an id that names a label instead of a sentence. */
export const labelWords = ["label", "title", "button", "link", "name"] as const;

/** The values that fill the braces of a sentence: words, numbers for plurals, moments for `{at, time, short}`. */
export type Params = Readonly<Record<string, string | number | Date>>;
