import type { Language } from "@/lib/messages/words-shape";

/** Sentences one after the other, in one line: Chinese leaves no room behind a full stop. */
export const inARow = (sentences: readonly string[], language: Language): string =>
  sentences.join(language === "zh" ? "" : " ");
