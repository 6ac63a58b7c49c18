import { chinese, english } from "@/e2e/screens/words";
import { sayIn } from "@/lib/messages/say";

/**
 * The two manners in which a story of an owner's is told. The server writes the words of both languages, and no script changes them: so these two show what
 * all four would.
 */
export const manners = [
  { manner: "with scripts, in English", scripts: true, locale: "en-GB", words: english, say: sayIn("en") },
  { manner: "without scripts, in Chinese", scripts: false, locale: "zh-CN", words: chinese, say: sayIn("zh") },
] as const;
