import type { Metadata } from "next";
import { AccountPage } from "@/app/(account)/account-page";
import { deleteAccountAction } from "@/app/(account)/security/data/actions";
import { Question } from "@/components/security/question";
import { foreseen } from "@/lib/pending/foreseen";
import { buildContext } from "@/lib/web/build-context";
import { freshPage } from "@/lib/web/guard";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words()).say("data.delete_title") };
}

/** The question before the account is asked to go. */
export default async function DeletePage() {
  const ctx = await buildContext();
  const person = await freshPage(ctx, "account.delete", "/security/data/delete");
  const { say } = await words();
  return (
    <AccountPage person={person}>
      <Question
        title={say("data.delete_question_title")}
        sentences={[say("data.delete_after"), say("data.delete_told", { told: foreseen(0).told })]}
        action={deleteAccountAction}
        yes={say("data.delete_button")}
        no={{ href: "/security/data", label: say("data.delete_no_link") }}
        pending={say("frame.one_moment")}
      />
    </AccountPage>
  );
}
