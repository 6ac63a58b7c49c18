import { cookies } from "next/headers";
import { chooseLanguageAction, chooseThemeAction } from "@/app/preferences/actions";
import type { FrameSettings } from "@/components/layout/frame-settings";
import { readTheme } from "@/components/layout/theme";
import { config } from "@/lib/config/config";
import { themeCookie } from "@/lib/web/private-cookies";
import { words } from "@/lib/web/words";

/** What the frames around a page need: the visitor's words and theme, the operator's brand, the switches. */
export async function frameSettings(): Promise<FrameSettings> {
  const [spoken, jar] = await Promise.all([words(), cookies()]); // first: while building there is no request, and no configuration
  const { brand } = config();
  return {
    ...spoken,
    brand: { name: brand.name, logo: brand.logoFile === null ? null : "/brand-logo", support: brand.support },
    theme: readTheme(jar.get(themeCookie.name)?.value),
    preferences: { chooseLanguage: chooseLanguageAction, chooseTheme: chooseThemeAction },
  };
}
