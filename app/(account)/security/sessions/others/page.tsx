import type { Metadata } from "next";
import { AccountPage } from "@/app/(account)/account-page";
import { endOthersAction } from "@/app/(account)/security/sessions/actions";
import { Question } from "@/components/security/question";
import { readOverview } from "@/lib/account/read-overview";
import { buildContext } from "@/lib/web/build-context";
import { freshPage } from "@/lib/web/guard";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words()).say("sessions.others_link") };
}

/** The question before every other login ends. */
export default async function OthersPage() {
  const ctx = await buildContext();
  const person = await freshPage(ctx, "sessions.end", "/security/sessions/others");
  const { sessions } = await readOverview(ctx, person);
  const { say } = await words();
  return (
    <AccountPage person={person}>
      <Question
        title={say("sessions.others_question_title", { count: Math.max(0, sessions - 1) })}
        sentences={[say("sessions.others_text"), say("sessions.others_ends")]}
        action={endOthersAction}
        yes={say("sessions.others_button")}
        no={{ href: "/security/sessions", label: say("sessions.keep_link") }}
        pending={say("frame.one_moment")}
      />
    </AccountPage>
  );
}
