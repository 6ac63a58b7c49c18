import type { Metadata } from "next";
import { AccountPage } from "@/app/_account/account-page";
import { vetoAction } from "@/app/(account)/security/waiting/actions";
import { Question } from "@/components/security/question";
import { deviceName } from "@/lib/context/device-name";
import { shortAddress } from "@/lib/kernel/short-address";
import { changeName } from "@/lib/notices/change-name";
import { findOwnWaiting } from "@/lib/pending/read-changes";
import { buildContext } from "@/lib/web/build-context";
import { freshPage, signedIn } from "@/lib/web/guard";
import { notYours } from "@/lib/web/not-yours";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words()).say("pending.stop_question_title") };
}

/** The question before a change that waits is stopped. Somebody else's, and one that is over, is not found. */
export default async function WaitingPage({ params }: { readonly params: Promise<{ readonly id: string }> }) {
  const ctx = await buildContext();
  const owner = await signedIn(ctx);
  const change = await findOwnWaiting(ctx, owner, (await params).id);
  if (!change) return notYours(ctx, owner, "change");
  const person = await freshPage(ctx, "change.veto", `/security/waiting/${change.id}`);
  const { say, language } = await words();
  const { kind, detail, askedAt: at, agent, ip } = change;
  return (
    <AccountPage person={person}>
      <Question
        title={say("pending.stop_question_title")}
        sentences={[
          say("pending.stop_what", { change: changeName(kind, language, detail) }),
          say("pending.stop_asked", { at, device: deviceName(agent, language), address: shortAddress(ip) }),
          say("pending.stop_after"),
        ]}
        action={vetoAction}
        yes={say("pending.stop_button")}
        no={{ href: "/security", label: say("pending.keep_link") }}
        pending={say("frame.one_moment")}
      >
        <input type="hidden" name="changeId" value={change.id} />
      </Question>
    </AccountPage>
  );
}
