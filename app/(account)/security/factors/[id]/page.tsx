import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { AccountPage } from "@/app/(account)/account-page";
import { beginEnrolmentAction, removeFactorAction, renameFactorAction } from "@/app/(account)/security/factors/actions";
import { ActionForm } from "@/components/form/action-form";
import { FormField } from "@/components/form/form-field";
import { CardShell } from "@/components/security/card-shell";
import { PageHeader } from "@/components/ui/page-header";
import { SubmitButton } from "@/components/ui/submit-button";
import { config } from "@/lib/config/config";
import { findFactorView } from "@/lib/factors/list-factors";
import { removalRule } from "@/lib/factors/removal-rule";
import type { FactorView } from "@/lib/factors/view";
import type { Say } from "@/lib/messages/say";
import { readOverview } from "@/lib/overview/read-overview";
import { mustHaveFactor } from "@/lib/users/user";
import { buildContext } from "@/lib/web/build-context";
import { type Person, signedIn } from "@/lib/web/guard";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words()).say("security.factors_title") };
}

/** One factor: its name, its replacement, its end. Somebody else's is not found. */
export default async function FactorPage({ params }: { readonly params: Promise<{ readonly id: string }> }) {
  const ctx = await buildContext();
  const person = await signedIn(ctx);
  const factor = await findFactorView(ctx, person.userId, (await params).id);
  if (!factor) notFound();
  const { factors } = await readOverview(ctx, person);
  const { say } = await words();
  return (
    <AccountPage person={person}>
      <PageHeader title={factor.label} back={{ href: "/security", label: say("security.back_link") }} />
      <CardShell title={say("factors.rename_title")} status={<RenameForm factor={factor} say={say} />} />
      <CardShell
        title={say("factors.replace_button")}
        status={<p>{say("factors.replace_text")}</p>}
        action={<ReplaceButton factor={factor} say={say} />}
      />
      <RemoveCard factor={factor} say={say} left={factors.length - 1} person={person} />
    </AccountPage>
  );
}

type Part = { readonly factor: FactorView; readonly say: Say };

function RenameForm({ factor, say }: Part) {
  return (
    <ActionForm action={renameFactorAction}>
      <input type="hidden" name="factorId" value={factor.id} />
      <FormField
        name="label"
        label={say("factors.label_label")}
        defaultValue={factor.label}
        maxLength={64}
        autoComplete="off"
      />
      <SubmitButton look="quiet" pending={say("frame.one_moment")}>
        {say("factors.rename_button")}
      </SubmitButton>
    </ActionForm>
  );
}

function ReplaceButton({ factor, say }: Part) {
  return (
    <ActionForm action={beginEnrolmentAction}>
      <input type="hidden" name="kind" value={factor.kind} />
      <input type="hidden" name="replaces" value={factor.id} />
      <SubmitButton look="quiet" pending={say("frame.one_moment")}>
        {say("factors.replace_button")}
      </SubmitButton>
    </ActionForm>
  );
}

/** Says what will protect the account afterwards, or why this one has to stay. */
function RemoveCard({ factor, say, left, person }: Part & { readonly left: number; readonly person: Person }) {
  const rule = removalRule({ left, mustHaveFactor: mustHaveFactor(person, config().secondFactor) });
  if (rule === "last_one")
    return <CardShell title={say("factors.remove_title")} status={<p>{say("factors.remove_forbidden")}</p>} />;
  return (
    <CardShell
      title={say("factors.remove_title")}
      status={<p>{left === 0 ? say("factors.remove_last") : say("factors.remove_some", { left })}</p>}
      action={
        <ActionForm action={removeFactorAction}>
          <input type="hidden" name="factorId" value={factor.id} />
          <SubmitButton look="danger" pending={say("frame.one_moment")}>
            {say("factors.remove_button")}
          </SubmitButton>
        </ActionForm>
      }
    />
  );
}
