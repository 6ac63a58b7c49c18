import { render } from "@react-email/render";
import { LetterHtml, type LetterSheet } from "@/lib/letters/letter-html";
import { languageTags } from "@/lib/messages/say";
import type { Language } from "@/lib/messages/words-shape";

/** Sets a letter as one HTML document. Everything in it is text to React, so nothing that a person typed becomes markup. */
export function composeHtml({
  language,
  ...sheet
}: Omit<LetterSheet, "tag"> & { readonly language: Language }): Promise<string> {
  return render(<LetterHtml {...sheet} tag={languageTags[language]} />);
}
