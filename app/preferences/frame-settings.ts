import { chooseLanguageAction, chooseThemeAction } from "@/app/preferences/actions";
import type { FrameSettings } from "@/components/layout/frame-settings";
import { readTheme } from "@/components/layout/theme";
import { config } from "@/lib/config/config";
import { readCookie } from "@/lib/web/cookie-jar";
import { words } from "@/lib/web/words";

/** What the frames around a page need: the visitor's words and theme, the operator's brand, the switches. */
export async function frameSettings(): Promise<FrameSettings> {
  const [spoken, theme] = await Promise.all([words(), readCookie("theme")]); // first: while building there is no request, and no configuration
  const { brand } = config();
  return {
    ...spoken,
    brand: { name: brand.name, logo: brand.logoFile === null ? null : "/brand-logo", support: brand.support },
    theme: readTheme(theme),
    preferences: { chooseLanguage: chooseLanguageAction, chooseTheme: chooseThemeAction },
  };
}
