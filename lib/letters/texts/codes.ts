import type { FactsOf } from "@/lib/letters/facts";
import { type Desk, type Draft, sentence } from "@/lib/letters/texts/draft";

/** A code for the second door. */
export function codeLogin({ code, minutes }: FactsOf["code.login"], { say, brand, appUrl }: Desk): Draft {
  return {
    subject: say("letters.code_login_title", { brand }),
    pieces: [
      sentence(say("letters.code_login", { minutes })),
      { kind: "code", code },
      sentence(say("letters.code_login_warning", { brand })),
    ],
    short: `${say("letters.code_login_short", { brand, code, minutes })}\n\n${originBound(appUrl, code)}`,
  };
}

/** A code that proves that somebody receives here. */
export function codeBind({ code, minutes }: FactsOf["code.bind"], { say, brand, appUrl }: Desk): Draft {
  return {
    subject: say("letters.code_bind_title", { brand }),
    pieces: [
      sentence(say("letters.code_bind", { brand, minutes })),
      { kind: "code", code },
      sentence(say("letters.code_bind_warning")),
    ],
    short: `${say("letters.code_bind_short", { brand, code, minutes })}\n\n${originBound(appUrl, code)}`,
  };
}

/**
 * The last line by which a phone offers the code on this portal's pages and nowhere else (WICG, Origin-bound one-time codes delivered
 * via SMS, section 3). It knows hosts, not ports.
 */
const originBound = (appUrl: string, code: string) => `@${new URL(appUrl).hostname} #${code}`;
