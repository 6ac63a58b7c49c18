import { forgetBrowserAction } from "@/app/(auth)/login/actions";
import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/ui/submit-button";
import type { Say } from "@/lib/messages/say";

/** `deviceId`: the known device that this browser was to whoever has just logged out. */
type Props = { readonly deviceId: string; readonly say: Say };

/** The browser need not stay known to somebody who has left it. */
export function ForgetBrowser({ deviceId, say }: Props) {
  return (
    <ActionForm action={forgetBrowserAction} label={say("devices.forget_button")}>
      <input type="hidden" name="deviceId" value={deviceId} />
      <SubmitButton look="text" pending={say("frame.one_moment")}>
        {say("devices.forget_button")}
      </SubmitButton>
    </ActionForm>
  );
}
