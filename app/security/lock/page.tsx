import type { Metadata } from "next";
import { AccountPage } from "@/app/_account/account-page";
import { lockAccountAction } from "@/app/(account)/security/lock/actions";
import { Question } from "@/components/security/question";
import { findWayIn } from "@/lib/account/way-back";
import { foreseen } from "@/lib/pending/foreseen";
import { buildContext } from "@/lib/web/build-context";
import { signedIn } from "@/lib/web/guard";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words()).say("lock.page_title") };
}

/** The question before an account is closed to everybody, and where the way back leads. */
export default async function LockPage() {
  const ctx = await buildContext();
  const person = await signedIn(ctx);
  const { say } = await words();
  const back = await findWayIn(ctx, person.userId);
  return (
    <AccountPage person={person}>
      <Question
        title={say("lock.question_title")}
        sentences={[
          say("lock.ends"),
          say(person.isAdmin ? "lock.back_admin" : "lock.back", { ...back, told: foreseen(0).told }),
        ]}
        action={lockAccountAction}
        yes={say("lock.button")}
        no={{ href: "/security", label: say("lock.keep_link") }}
        pending={say("frame.one_moment")}
      />
    </AccountPage>
  );
}
