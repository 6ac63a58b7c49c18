import { unseal } from "@/lib/crypto/seal";
import { letterSealedFor } from "@/lib/letters/letter";
import type { CarriedRow } from "@/lib/letters/store";
import { type Language, languages } from "@/lib/messages/words-shape";

/** A letter with its seals open. Its facts are still unread: the text of its kind says what they must look like. */
export type OpenLetter = {
  readonly to: string;
  readonly kind: string;
  readonly facts: unknown;
  readonly language: Language;
  readonly repeats: number;
  /** Whether the reader has an account here, as far as is known. */
  readonly hasAccount: boolean;
};

type Sealed = Pick<CarriedRow, "id" | "userId" | "kind" | "destination" | "content" | "language" | "repeats">;

/** The letter in a row; null when a seal does not open or its language is none of ours. */
export function openLetter({ id, userId, kind, destination, content, language, repeats }: Sealed): OpenLetter | null {
  const to = destination === null ? null : unseal(destination, letterSealedFor(id, "destination"));
  const text = content === null ? null : unseal(content, letterSealedFor(id, "content"));
  if (to === null || text === null || !isLanguage(language)) return null;
  return { to, kind, facts: parsed(text), language, repeats, hasAccount: userId !== null };
}

const isLanguage = (word: string): word is Language => languages.some((language) => language === word);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // no text has facts of this shape: the letter counts as damaged
  }
}
