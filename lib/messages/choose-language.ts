import { type Language, languages } from "@/lib/messages/words-shape";

/** True for the name of a language that the house speaks. */
export function isLanguage(value: unknown): value is Language {
  return languages.some((language) => language === value);
}

/**
 * Which language a visitor reads: the one they chose, else the one that the page's address asks for, else the best of their browser's `Accept-Language`
 * (RFC 9110, 12.5.4: highest quality first, the order decides a tie), else the operator's.
 */
export function chooseLanguage(asked: {
  readonly cookie: string | null | undefined;
  readonly asked?: string | null | undefined;
  readonly acceptLanguage: string | null | undefined;
  readonly fallback: Language;
}): Language {
  if (isLanguage(asked.cookie)) return asked.cookie;
  if (isLanguage(asked.asked)) return asked.asked;
  return preferred(asked.acceptLanguage ?? "") ?? asked.fallback;
}

/** A browser sends a dozen ranges; a hostile header is cut before it is read. */
const longestHeader = 500;

function preferred(header: string): Language | undefined {
  const ranges = header.slice(0, longestHeader).split(",").map(readRange);
  ranges.sort((a, b) => b.quality - a.quality);
  for (const { primary, quality } of ranges) if (quality > 0 && isLanguage(primary)) return primary;
  return undefined;
}

/** "zh-CN;q=0.8" → the primary subtag "zh" and 0.8; a quality that is no number counts as 0. */
function readRange(range: string): { primary: string; quality: number } {
  const [tag = "", ...options] = range.trim().toLowerCase().split(";");
  const weight = options.map((option) => option.trim()).find((option) => option.startsWith("q="));
  const quality = weight === undefined ? 1 : Number(weight.slice(2));
  const [primary = ""] = tag.trim().split("-");
  return { primary, quality: Number.isFinite(quality) ? quality : 0 };
}

/** What a client of the API says in `x-authing-lang` ("zh-CN", "en-US"); null when it says nothing that we speak. */
export function languageOfClient(header: string | null | undefined): Language | null {
  const asked = header?.slice(0, 2).toLowerCase();
  return asked === "zh" || asked === "en" ? asked : null;
}
