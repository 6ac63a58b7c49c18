import type { Language } from "@/lib/messages/words-shape";
import { errorAnswerMessages, errorPageMessages } from "@/lib/serve/messages";

/** What an error page shows. `path` is where "try again" leads; null where a second try makes no sense. */
export type ErrorPage = {
  readonly status: number;
  readonly language: Language;
  readonly theme: "light" | "dark" | null;
  readonly requestId: string;
  /** Is something in the log under this id? Else nobody could find it there. */
  readonly isLogged: boolean;
  readonly nonce: string;
  readonly path: string | null;
  readonly brand: {
    readonly name: string;
    readonly accent: string;
    readonly accentOnDark: string;
    readonly support: string | null;
  };
};

/** Statuses with words of their own; any other is told like the first of its hundred. */
const known = [400, 403, 404, 405, 409, 413, 414, 415, 421, 429, 431, 500, 503] as const;

const worthAnotherTry: readonly number[] = [429, 500, 503];

/** The sentence that a client of the JSON API reads: there is no page to go back to. */
export function errorAnswer(status: number, language: Language): string {
  return errorAnswerMessages[`error_answer.status_${nearest(status)}`][language];
}

/** The sentence on a page for people, in the visitor's language. */
function errorSentence(status: number, language: Language): string {
  return errorPageMessages[`error_page.status_${nearest(status)}`][language];
}

/** The same where nothing stands below it: for the scripts of our pages, and for programs that asked for none. */
export function errorSentenceAlone({
  status,
  language,
  requestId,
}: Pick<ErrorPage, "status" | "language" | "requestId">): string {
  if (nearest(status) !== 500) return errorSentence(status, language);
  return errorPageMessages["error_page.status_500_alone"][language].replace("{reference}", requestId);
}

/**
 * A whole page of ours for an error: no scripts, one style with the answer's nonce, and the same smaller in the other language, as nothing can be
 * chosen here. Next's own error pages are built
 * by scripts in the browser and stay empty without them.
 */
export function errorPage(page: ErrorPage): string {
  const { status, language, brand } = page;
  const other = language === "zh" ? "en" : "zh";
  const title = errorPageMessages[`error_page.status_${nearest(status)}_title`][language];
  const theme = page.theme === null ? "" : ` data-theme="${page.theme}"`;
  return `<!doctype html>
<html lang="${language === "zh" ? "zh-Hans" : "en"}"${theme}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escaped(title)} · ${escaped(brand.name)}</title>
<style nonce="${page.nonce}">${style(brand)}</style>
</head>
<body>
<header class="brand">${escaped(brand.name)}</header>
<main>
<h1>${escaped(title)}</h1>
<p>${escaped(errorSentence(status, language))}</p>
<p class="ways">${ways(page)}</p>
<p class="reference">${reference(page)}</p>
</main>
<footer class="other" lang="${other === "zh" ? "zh-Hans" : "en"}">${escaped(errorPageMessages[`error_page.status_${nearest(status)}_title`][other])}${other === "zh" ? "。" : ". "}${escaped(errorSentence(status, other))}</footer>
</body>
</html>
`;
}

function reference({ status, language, requestId, isLogged }: ErrorPage): string {
  if (!isLogged) return String(status);
  return `${errorPageMessages["error_page.reference_label"][language]}: <code>${escaped(requestId)}</code> (${status})`;
}

function nearest(status: number): (typeof known)[number] {
  return known.find((each) => each === status) ?? (status >= 500 ? 500 : 400);
}

function ways({ status, language, path, brand }: ErrorPage): string {
  const again = path !== null && worthAnotherTry.includes(status) ? link(path, "error_page.again_link", language) : "";
  const help = brand.support === null ? "" : link(brand.support, "error_page.support_link", language);
  return [again, link("/", "error_page.home_link", language), help].filter((way) => way !== "").join("\n");
}

type WayId = "error_page.again_link" | "error_page.home_link" | "error_page.support_link";

function link(href: string, id: WayId, language: Language): string {
  return `<a href="${escaped(href)}">${escaped(errorPageMessages[id][language])}</a>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** The colours come from configuration, where they were read as #rrggbb: nothing else can stand here. */
function style({ accent, accentOnDark }: ErrorPage["brand"]): string {
  const dark = `--ground:#0d0f12;--sheet:#15171c;--line:#2b3038;--ink:#e8eaed;--quiet:#a4abb5;--accent:${accentOnDark};color-scheme:dark`;
  return [
    `:root{--ground:#f5f4f1;--sheet:#fff;--line:#dedbd3;--ink:#1a1e24;--quiet:#555b64;--accent:${accent};color-scheme:light}`,
    `@media (prefers-color-scheme:dark){:root:not([data-theme=light]){${dark}}}`,
    `:root[data-theme=dark]{${dark}}`,
    "body{margin:0;background:var(--ground);color:var(--ink);font:1.0625rem/1.6 system-ui,'Noto Sans CJK SC','PingFang SC','Microsoft YaHei',sans-serif}",
    "body{display:grid;align-content:center;justify-items:center;gap:1.5rem;min-height:100svh;box-sizing:border-box;padding:2rem 1rem}",
    "main{box-sizing:border-box;width:100%;max-width:27rem;padding:1.75rem;background:var(--sheet);border:1px solid var(--line);border-radius:1rem}",
    "h1{font-size:1.5rem;line-height:1.3;margin:0 0 .75rem;text-wrap:balance}",
    ".brand{font-weight:700;font-size:1.125rem;margin:0}",
    ".other{max-width:25rem;margin:0;color:var(--quiet);font-size:.875rem;text-align:center;text-wrap:pretty}",
    ".ways{display:flex;flex-wrap:wrap;gap:0 1.5rem}",
    "a{color:var(--accent);display:inline-block;padding:.625rem 0;min-height:1.5rem}",
    "a:focus-visible{outline:3px solid var(--accent);outline-offset:3px}",
    ".reference{color:var(--quiet);font-size:.875rem;overflow-wrap:anywhere}",
  ].join("");
}
