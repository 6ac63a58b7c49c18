import type { Metadata } from "next";
import { AccountPage } from "@/app/_account/account-page";
import { deleteAccountAction } from "@/app/(account)/security/data/actions";
import { Question } from "@/components/security/question";
import { Alert } from "@/components/ui/alert";
import { PageHeader } from "@/components/ui/page-header";
import { foreseen } from "@/lib/pending/foreseen";
import { whyNotDelete } from "@/lib/pending/why-not-delete";
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
  const against = await whyNotDelete(ctx, person.userId);
  if (against !== null)
    return (
      <AccountPage person={person}>
        <PageHeader title={say("data.delete_title")} back={{ href: "/security/data", label: say("data.page_title") }} />
        <Alert tone="note">{say(against)}</Alert>
      </AccountPage>
    );
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
