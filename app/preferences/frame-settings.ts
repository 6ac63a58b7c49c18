import { headers } from "next/headers";
import { cache } from "react";
import { chooseLanguageAction, chooseThemeAction } from "@/app/preferences/actions";
import type { FrameSettings } from "@/components/layout/frame-settings";
import { readTheme } from "@/components/layout/theme";
import { config } from "@/lib/config/config";
import { askedHeaders } from "@/lib/web/asked-in-address";
import { readCookie } from "@/lib/web/cookie-jar";
import { words } from "@/lib/web/words";

/** What the frames around a page need: the visitor's words and theme, the operator's brand, the switches. Computed once per request. */
export const frameSettings = cache(async (): Promise<FrameSettings> => {
  const [spoken, kept, head] = await Promise.all([words(), readCookie("theme"), headers()]); // first: while building there is no request, and no configuration
  const { brand } = config();
  return {
    ...spoken,
    brand: { name: brand.name, logo: brand.logoFile === null ? null : "/brand-logo", support: brand.support },
    theme: readTheme(kept ?? head.get(askedHeaders.theme)),
    preferences: { chooseLanguage: chooseLanguageAction, chooseTheme: chooseThemeAction },
  };
});
