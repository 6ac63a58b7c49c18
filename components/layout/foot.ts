import type { FrameSettings } from "@/components/layout/frame-settings";
import type { SwitchProps } from "@/components/layout/switch";
import { themes } from "@/components/layout/theme";
import { languageTags } from "@/lib/messages/say";

/** What the foot of a frame says: the way to the operator's help, if there is one, and the two switches. */
export type Foot = {
  readonly help: { readonly href: string; readonly label: string } | null;
  readonly label: string;
  readonly switches: readonly SwitchProps[];
};

/** In the visitor's words. */
export function footOf(settings: FrameSettings): Foot {
  const { say, brand } = settings;
  return {
    help: brand.support === null ? null : { href: brand.support, label: say("frame.support_link") },
    label: say("frame.preferences_label"),
    switches: [languageSwitch(settings), themeSwitch(settings)],
  };
}

const languageSwitch = ({ say, language, preferences }: FrameSettings): SwitchProps => ({
  name: "language",
  label: say("frame.language_label"),
  chosen: language,
  choices: [
    { value: "en", name: say("frame.english_name"), lang: languageTags.en },
    { value: "zh", name: say("frame.chinese_name"), lang: languageTags.zh },
  ],
  action: preferences.chooseLanguage,
});

function themeSwitch({ say, theme, preferences }: FrameSettings): SwitchProps {
  const names = {
    system: say("frame.theme_system_name"),
    light: say("frame.theme_light_name"),
    dark: say("frame.theme_dark_name"),
  };
  return {
    name: "theme",
    label: say("frame.theme_label"),
    chosen: theme,
    choices: themes.map((value) => ({ value, name: names[value] })),
    action: preferences.chooseTheme,
  };
}
