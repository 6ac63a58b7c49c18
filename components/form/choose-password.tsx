import { NewPasswordField } from "@/components/form/new-password-field";
import type { Say } from "@/lib/messages/say";

type Props = {
  readonly say: Say;
  /** The first one of an account, or one in another's place. */
  readonly of: "new account" | "account";
  readonly minimum: number;
};

/** A password to be chosen, with all its words. The field is called `password`; `minimum` in characters. */
export function ChoosePassword({ say, of, minimum }: Props) {
  const isFirst = of === "new account";
  const show = say(isFirst ? "frame.show_password_button" : "frame.show_new_password_button");
  const hide = say(isFirst ? "frame.hide_password_button" : "frame.hide_new_password_button");
  return (
    <NewPasswordField
      name="password"
      label={say(isFirst ? "setup.password_label" : "password.new_label")}
      hint={say("setup.password_hint", { minimum })}
      autoComplete="new-password"
      words={{ show, hide }}
      meter={{
        missing: Array.from({ length: minimum }, (_, index) => say("frame.meter_missing", { count: index + 1 })),
        enough: say("frame.meter_enough"),
        good: say("frame.meter_good"),
        strong: say("frame.meter_strong"),
      }}
    />
  );
}
