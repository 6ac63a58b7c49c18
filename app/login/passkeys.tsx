import { SignIn } from "@/components/factors/passkey/sign-in-late";
import { buttonClasses } from "@/components/ui/button";
import { config } from "@/lib/config/config";
import type { Say } from "@/lib/messages/say";

/** Both doors at once, by passkeys of the portal's name and, after a move, of a former one: buttons in the form of the password, which their answer is sent by. */
export function Passkeys({ say }: { readonly say: Say }) {
  const former = config().relyingParty?.formerIds ?? [];
  return (
    <>
      <SignIn />
      <button type="button" data-of="" className={buttonClasses({ look: "quiet", wide: true })}>
        {say("passkey.use_button")}
      </button>
      {former.map((name) => (
        <button key={name} type="button" data-of={name} className={buttonClasses({ look: "quiet", wide: true })}>
          {say("passkey.use_former_button", { name })}
        </button>
      ))}
    </>
  );
}
