import { configMistakes } from "@/lib/config/config";
import { mistakesText } from "@/lib/serve/boot-text";

/** Every mistake of the configuration as one text, null without any: for the start, before it builds the pages. */
export function settingsMistakes(): string | null {
  const mistakes = configMistakes();
  return mistakes.length === 0 ? null : mistakesText(mistakes);
}
