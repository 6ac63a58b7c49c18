import { HowToReachThem } from "@/app/_doors/how-to-reach-them";
import { LetterPage } from "@/app/_doors/letter-page";
import type { FrameSettings } from "@/components/layout/frame-settings";
import { ButtonLink } from "@/components/ui/button";

/**
 * What the page after a letter's button says to a browser that no button led there, or that kept no note of it: what is true for everybody who
 * opens the address, and both ways on. Anybody may send it to anybody.
 */
export function UnpressedPage({ settings }: { readonly settings: FrameSettings }) {
  const { say } = settings;
  return (
    <LetterPage settings={settings} title={say("alarm.unpressed_title")} text={say("alarm.unpressed")}>
      <ButtonLink wide href="/login">
        {say("challenge.again_link")}
      </ButtonLink>
      <ButtonLink wide look="quiet" href="/forgot-password">
        {say("reset.forgot_link")}
      </ButtonLink>
      <HowToReachThem settings={settings} />
    </LetterPage>
  );
}
