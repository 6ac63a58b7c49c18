import { ClosedLetterPage } from "@/app/(auth)/letter-page";
import type { FrameSettings } from "@/components/layout/frame-settings";

/**
 * What the page after a letter's button says to a browser that no button led there, or that kept no note of it: what is true for everybody who
 * opens the address. Anybody may send it to anybody.
 */
export function UnpressedPage({ settings }: { readonly settings: FrameSettings }) {
  const { say } = settings;
  const otherwise = { href: "/forgot-password", label: say("reset.forgot_link") };
  const said = { title: say("alarm.unpressed_title"), text: say("alarm.unpressed") };
  return <ClosedLetterPage settings={settings} {...said} otherwise={otherwise} />;
}
