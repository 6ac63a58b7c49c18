import type { FrameSettings } from "@/components/layout/frame-settings";
import { themes } from "@/components/layout/theme";
import { languageTags } from "@/lib/messages/say";

type Choice = { readonly value: string; readonly name: string; readonly lang?: string };

type SwitchProps = {
  readonly name: string;
  readonly label: string;
  readonly chosen: string;
  readonly choices: readonly Choice[];
  readonly action: (form: FormData) => Promise<void>;
};

/** One button per choice in a plain form: works without scripts, and the chosen one says so. */
function Switch({ name, label, chosen, choices, action }: SwitchProps) {
  return (
    <form action={action}>
      <fieldset className="flex flex-wrap items-center justify-center">
        <legend className="sr-only">{label}</legend>
        {choices.map(({ value, name: words, lang }) => (
          <button
            key={value}
            type="submit"
            name={name}
            value={value}
            lang={lang}
            aria-pressed={value === chosen}
            className="switch"
          >
            {words}
          </button>
        ))}
      </fieldset>
    </form>
  );
}

/** Language and appearance, in the footer of every frame. */
export function Switches({ say, language, theme, preferences }: FrameSettings) {
  const spoken = [
    { value: "en", name: say("frame.english_name"), lang: languageTags.en },
    { value: "zh", name: say("frame.chinese_name"), lang: languageTags.zh },
  ];
  const themeNames = {
    system: say("frame.theme_system_name"),
    light: say("frame.theme_light_name"),
    dark: say("frame.theme_dark_name"),
  };
  const looks = themes.map((value) => ({ value, name: themeNames[value] }));
  return (
    <section
      aria-label={say("frame.preferences_label")}
      className="flex flex-wrap justify-center gap-x-6 text-sm text-muted"
    >
      <Switch
        name="language"
        label={say("frame.language_label")}
        chosen={language}
        choices={spoken}
        action={preferences.chooseLanguage}
      />
      <Switch
        name="theme"
        label={say("frame.theme_label")}
        chosen={theme}
        choices={looks}
        action={preferences.chooseTheme}
      />
    </section>
  );
}
