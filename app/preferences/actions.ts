"use server";

import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { readTheme } from "@/components/layout/theme";
import { config } from "@/lib/config/config";
import { isSameOrigin } from "@/lib/kernel/authority";
import { isLanguage } from "@/lib/messages/choose-language";
import { putCookie } from "@/lib/web/cookie-jar";
import { readForm } from "@/lib/web/read-form";

/** Anyone may choose a language. Takes the field `language`; a value that names none changes nothing. */
export async function chooseLanguageAction(form: FormData): Promise<void> {
  const language = readForm(form)?.language;
  if (isLanguage(language)) await putCookie("language", language);
  await backToThePage();
}

/** Anyone may choose how the portal looks. Takes the field `theme`; "system" forgets the choice. */
export async function chooseThemeAction(form: FormData): Promise<void> {
  const theme = readTheme(readForm(form)?.theme);
  await putCookie("theme", theme);
  await backToThePage();
}

/**
 * With scripts the page redraws itself around what was typed. Without, the browser is sent back by GET to the page it
 * came from, so that a reload does not post again; a browser that hides that address gets the page as the answer. Only
 * our own origin counts, and the whole address is given: a path such as "//host" must not lead elsewhere (ASVS 3.7.2).
 */
async function backToThePage(): Promise<void> {
  const head = await headers();
  const from = head.get("referer");
  if (head.has("next-action") || !from || !URL.canParse(from)) return;
  const page = new URL(from);
  if (isSameOrigin(page.origin, config().appUrl)) redirect(page.href);
}
