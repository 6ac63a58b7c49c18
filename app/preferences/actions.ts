"use server";

import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { readTheme } from "@/components/layout/theme";
import { config } from "@/lib/config/config";
import { keepsCookies } from "@/lib/cookies/probe";
import { isSameOrigin } from "@/lib/kernel/authority";
import { readUrl } from "@/lib/kernel/url";
import { isLanguage } from "@/lib/messages/choose-language";
import { askingFor, type Preference } from "@/lib/web/asked-in-address";
import { cookieNames, putCookie } from "@/lib/web/cookie-jar";
import { readForm } from "@/lib/web/read-form";

/** Anyone may choose a language. Takes the field `language`; a value that names none changes nothing. */
export async function chooseLanguageAction(form: FormData): Promise<void> {
  const language = readForm(form)?.language;
  await choose("language", isLanguage(language) ? language : null);
}

/** Anyone may choose how the portal looks. Takes the field `theme`; "system" forgets the choice. */
export async function chooseThemeAction(form: FormData): Promise<void> {
  await choose("theme", readTheme(readForm(form)?.theme));
}

/**
 * With scripts the page redraws itself around what was typed. Without, the browser is sent back by GET to the page it came from, so that a
 * reload does not post again; one that hides that address gets the page as the answer. To a browser that brings no cookie of ours, and so may keep
 * none, the choice is given in the page's address as well.
 */
async function choose(kind: Preference, value: string | null): Promise<void> {
  const [head, keeps] = [await headers(), keepsCookies(await cookieNames())]; // before ours is among them
  if (value !== null) await putCookie(kind, value);
  const page = pageBefore(head.get("referer"));
  if (page === null || (keeps && head.has("next-action"))) return;
  redirect(askingFor(page, kind, keeps ? null : value).href);
}

/** Only our own origin counts, and the whole address is given: a path such as "//host" must not lead elsewhere (ASVS 3.7.2). */
function pageBefore(referer: string | null): URL | null {
  const page = referer === null ? null : readUrl(referer);
  return page !== null && isSameOrigin(page.origin, config().appUrl) ? page : null;
}
