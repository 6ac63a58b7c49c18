import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { AccountPage } from "@/app/_account/account-page";
import { removeFactorAction } from "@/app/(account)/security/factors/actions";
import { Question } from "@/components/security/question";
import { afterRemoval } from "@/components/security/removal-words";
import { readOverview } from "@/lib/account/read-overview";
import { findFactorView } from "@/lib/factors/list-factors";
import { removalRule } from "@/lib/factors/removal-rule";
import { hoursOf, mayBeAtOnce } from "@/lib/pending/ask-for-change";
import { foreseen } from "@/lib/pending/foreseen";
import { removeFactorKind } from "@/lib/pending/kinds/remove-factor";
import { isDangerousRemoval } from "@/lib/pending/standing/last-strong";
import { buildContext } from "@/lib/web/build-context";
import { freshPage, signedIn } from "@/lib/web/guard";
import { notYours } from "@/lib/web/not-yours";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words()).say("factors.remove_title") };
}

/** The question before a factor goes: what will protect the account afterwards. Where it has to stay, its own page says why. */
export default async function RemovePage({ params }: { readonly params: Promise<{ readonly id: string }> }) {
  const ctx = await buildContext();
  const owner = await signedIn(ctx);
  const factor = await findFactorView(ctx, owner, (await params).id);
  if (!factor) return notYours(ctx, owner, "factor");
  const { id, kind, label } = factor;
  const own = `/security/factors/${id}`;
  const person = await freshPage(ctx, "factor.remove", `${own}/remove`);
  const overview = await readOverview(ctx, person);
  if (removalRule({ ...overview, kind }) !== "allowed") redirect(own);
  const { say } = await words();
  const after = afterRemoval(overview.factors, factor, say);
  const waits = (await isDangerousRemoval(ctx, person, [id])) && !(await mayBeAtOnce(ctx, person, removeFactorKind));
  return (
    <AccountPage person={person}>
      <Question
        title={say("factors.remove_question_title", { label })}
        sentences={[
          after.sentence,
          say("factors.remove_ends"),
          ...(waits ? [say("pending.will_wait", foreseen(hoursOf(removeFactorKind)))] : []),
        ]}
        list={after.left}
        action={removeFactorAction}
        yes={say("factors.remove_button")}
        no={{ href: own, label: say("factors.keep_link") }}
        pending={say("frame.one_moment")}
      >
        <input type="hidden" name="factorId" value={id} />
      </Question>
    </AccountPage>
  );
}
