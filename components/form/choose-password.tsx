import { NewPasswordField } from "@/components/form/new-password-field";
import type { Say } from "@/lib/messages/say";

type Props = { readonly say: Say; readonly label: string; readonly minimum: number };

/** A password to be chosen, with all its words. The field is called `password`; `minimum` in characters. */
export function ChoosePassword({ say, label, minimum }: Props) {
  return (
    <NewPasswordField
      name="password"
      label={label}
      hint={say("setup.password_hint", { minimum })}
      autoComplete="new-password"
      words={{ show: say("frame.show_new_password_button"), hide: say("frame.hide_new_password_button") }}
      meter={{
        missing: Array.from({ length: minimum }, (_, index) => say("frame.meter_missing", { count: index + 1 })),
        enough: say("frame.meter_enough"),
        good: say("frame.meter_good"),
        strong: say("frame.meter_strong"),
      }}
    />
  );
}
