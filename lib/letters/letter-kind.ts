import type * as z from "zod";
import type { Desk, Draft } from "@/lib/letters/draft";
import { type SayOf, sayFrom } from "@/lib/messages/say";
import type { Words } from "@/lib/messages/words-shape";

/** What `own` says besides: the words of this kind alone. */
type OwnDesk<W extends Words> = Desk & { readonly own: SayOf<W> };

type Making<K extends string, S extends z.ZodObject, W extends Words> = {
  /** As rows have it, for ever. */
  readonly kind: K;
  /** Exactly the facts that the text is made of. They are sealed until the letter has left. */
  readonly shape: S;
  /** Such facts, as long as they come. */
  readonly sample: Readonly<z.infer<S>>;
  /** Ids stay `letters.…` and are pinned in lib/messages/ids.txt like all others. */
  readonly words: W;
  /** Pure: the same facts at the same desk read the same. */
  readonly text: (facts: z.infer<S>, desk: OwnDesk<W>) => Draft;
};

/** A kind of letter, all of it in one file: what it is made of, its words in every language, its text, and an example. */
export type LetterKind<K extends string, F, W extends Words> = {
  readonly kind: K;
  readonly words: W;
  readonly sample: F;
  /** The names of its facts. */
  readonly keys: readonly string[];
  /** What goes into `queueLetters`: this kind with its facts. More facts may be handed in than it has; they are left out. */
  readonly telling: (facts: F) => LetterWords;
  /** What a letter says; null when its facts are not those of its kind. */
  readonly draft: (facts: unknown, desk: Desk) => Draft | null;
};

/** Which text, and what it is made of: short plain values. */
export type LetterWords = { readonly kind: string; readonly facts: Readonly<Record<string, unknown>> };

/** The kinds that an outbox worker can carry, by their names. */
export type LetterKinds = Readonly<
  Record<string, Pick<LetterKind<string, unknown, Words>, "kind" | "words" | "sample" | "keys" | "draft">>
>;

export function letterKind<const K extends string, S extends z.ZodObject, const W extends Words>({
  kind,
  shape,
  sample,
  words,
  text,
}: Making<K, S, W>): LetterKind<K, Readonly<z.infer<S>>, W> {
  const keys = Object.keys(shape.shape);
  return {
    kind,
    words,
    sample,
    keys,
    telling: (facts) => telling({ kind, keys }, facts),
    draft: (facts, desk) => {
      const read = shape.safeParse(facts); // they come back from the database, and a damaged row must not become half a sentence
      return read.success ? text(read.data, { ...desk, own: sayFrom(words, desk.language) }) : null;
    },
  };
}

/** The same for a kind that is known only at run time: the compiler cannot look at the facts, so a missing one makes a letter that is damaged. */
export const telling = (
  { kind, keys }: { readonly kind: string; readonly keys: readonly string[] },
  facts: object,
): LetterWords => ({
  kind,
  facts: Object.fromEntries(Object.entries(facts).filter(([key]) => keys.includes(key))),
});
