import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { AccountPage } from "@/app/_account/account-page";
import { endOthersAction } from "@/app/(account)/security/sessions/actions";
import { Question } from "@/components/security/question";
import { countOthers } from "@/lib/sessions/list-sessions";
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
  const count = await countOthers(ctx, person);
  if (count === 0) redirect("/security/sessions");
  const { say } = await words();
  return (
    <AccountPage person={person}>
      <Question
        title={say("sessions.others_question_title", { count })}
        sentences={[say("sessions.others_text"), say("sessions.others_ends")]}
        action={endOthersAction}
        yes={say("sessions.others_button")}
        no={{ href: "/security/sessions", label: say("sessions.keep_link") }}
        pending={say("frame.one_moment")}
      />
    </AccountPage>
  );
}
