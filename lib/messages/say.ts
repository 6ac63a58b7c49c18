import { IntlMessageFormat } from "intl-messageformat";
import { catalogue, type MessageId, type ParamsOf } from "@/lib/messages/catalogue";
import type { HolesOf } from "@/lib/messages/holes";
import type { Language, Params, Words } from "@/lib/messages/words-shape";

/** The arguments after the id: none for a plain sentence, its parameters for one with braces. */
export type SayArguments<Id extends MessageId> = Arguments<ParamsOf<Id>>;

type Arguments<Holes> = keyof Holes extends never ? [] : [params: Holes];

/** `say` with the language already chosen. */
export type Say = <Id extends MessageId>(id: Id, ...rest: SayArguments<Id>) => string;

const compiled = new Map<string, IntlMessageFormat>();

/** The tag that a browser, a screen reader and `Intl` understand for each language. */
export const languageTags = { en: "en", zh: "zh-Hans" } as const satisfies Record<Language, string>;

/**
 * Says a sentence in a language. Takes the id and, if its English words have braces, exactly those parameters.
 * Throws when a parameter is missing: half a sentence must never reach a person.
 */
export function say<Id extends MessageId>(language: Language, id: Id, ...rest: SayArguments<Id>): string {
  const [params] = rest;
  return sayAny(language, id, params);
}

/**
 * The same for an id that is known only at run time (an error that was thrown elsewhere): the compiler cannot check the
 * parameters, so a missing one throws here.
 */
export function sayAny(language: Language, id: MessageId, params: Params = {}): string {
  return filled(language, id, catalogue[id][language], params);
}

function filled(language: Language, id: string, sentence: string, params: Params): string {
  if (!sentence.includes("{")) return sentence;
  return String(message(language, id, sentence).format({ ...params }));
}

/** Binds the language, for pages that say many things. */
export function sayIn(language: Language): Say {
  return (id, ...rest) => say(language, id, ...rest);
}

/** `say` for words that stand beside the catalogue, because no page says them: those of one kind of letter. */
export type SayOf<W extends Words> = <Id extends keyof W & string>(
  id: Id,
  ...rest: Arguments<HolesOf<W[Id]["en"]>>
) => string;

/** Binds the language, and words of one's own. */
export function sayFrom<W extends Words>(words: W, language: Language): SayOf<W> {
  return (id, ...rest) => {
    const [params] = rest;
    const sentence = words[id]?.[language];
    if (sentence === undefined) throw new Error(`There are no words ${id}.`);
    return filled(language, id, sentence, params ?? {});
  };
}

/** Without scripts nobody knows the visitor's zone, so a moment in a sentence is written in UTC; the sentence itself says so, after the time. */
const utc = { timeZone: "UTC", hourCycle: "h23" } as const;
const formats = {
  time: { short: { ...utc, hour: "2-digit", minute: "2-digit" } },
  date: { medium: { ...utc, day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" } },
} as const;

/** Day before month, as the words around it are British. */
export const orders = { en: "en-GB", zh: "zh-Hans" } as const satisfies Record<Language, string>;

/** Parsing costs far more than formatting, so each sentence is parsed once per language. */
function message(language: Language, id: string, sentence: string): IntlMessageFormat {
  const key = `${language} ${id}`;
  const known = compiled.get(key);
  if (known) return known;
  const fresh = new IntlMessageFormat(sentence, orders[language], formats, { ignoreTag: true });
  compiled.set(key, fresh);
  return fresh;
}
