import { HowToReachThem } from "@/app/_doors/how-to-reach-them";
import type { FrameSettings } from "@/components/layout/frame-settings";
import { PageHeader } from "@/components/ui/page-header";
import type { MessageId } from "@/lib/messages/catalogue";

/** What a page about a letter is for: a forgotten password, or the wait at the login that strangers cause. */
export type LetterFor = "forgotten" | "waiting";

const sentences = {
  forgotten: ["reset.forgot_title", "reset.no_letters_here", "reset.no_letters_else"],
  waiting: ["unlock.ask_title", "unlock.no_letters", "unlock.no_letters_else"],
} as const satisfies Record<LetterFor, readonly [MessageId, MessageId, MessageId]>;

type Props = { readonly settings: FrameSettings; readonly of: LetterFor };

/** Where this portal sends no mail: said in the form's place, before anybody types, with what else helps. */
export function NoLetters({ settings, of }: Props) {
  const { say } = settings;
  const [title, why, otherwise] = sentences[of];
  return (
    <>
      <PageHeader title={say(title)}>
        <p>{say(why)}</p>
      </PageHeader>
      <p>{say(otherwise)}</p>
      <HowToReachThem settings={settings} />
    </>
  );
}
