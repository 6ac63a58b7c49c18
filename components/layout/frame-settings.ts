import type { Theme } from "@/components/layout/theme";
import type { Say } from "@/lib/messages/say";
import type { Language } from "@/lib/messages/words-shape";

/** The operator's name, the address of their logo (null: the house's own mark) and of their help (mail or web). */
export type Brand = { readonly name: string; readonly logo: string | null; readonly support: string | null };

/** What every frame needs to be drawn. `preferences` are the two switches in the footer, as plain form actions. */
export type FrameSettings = {
  readonly language: Language;
  readonly say: Say;
  readonly brand: Brand;
  readonly theme: Theme;
  readonly preferences: {
    readonly chooseLanguage: (form: FormData) => Promise<void>;
    readonly chooseTheme: (form: FormData) => Promise<void>;
  };
};
