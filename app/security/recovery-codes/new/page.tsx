import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { AccountPage } from "@/app/_account/account-page";
import { regenerateCodesAction } from "@/app/(account)/security/recovery-codes/actions";
import { Question } from "@/components/security/question";
import { readCodes } from "@/lib/account/read-codes";
import { buildContext } from "@/lib/web/build-context";
import { freshPage } from "@/lib/web/guard";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words()).say("codes.new_question_title") };
}

/** The question before the codes that somebody keeps stop working. */
export default async function NewCodesPage() {
  const ctx = await buildContext();
  const person = await freshPage(ctx, "recovery.regenerate", "/security/recovery-codes/new");
  if (person.session.kinds.length === 0) redirect("/security/recovery-codes");
  const { say } = await words();
  const { left } = await readCodes(ctx, person);
  return (
    <AccountPage person={person}>
      <Question
        title={say("codes.new_question_title")}
        sentences={[say("codes.new_question", { left }), say("codes.new_next")]}
        action={regenerateCodesAction}
        yes={say("codes.new_button")}
        no={{ href: "/security/recovery-codes", label: say("codes.keep_link") }}
        pending={say("frame.one_moment")}
      />
    </AccountPage>
  );
}
