import type { Metadata } from "next";
import { AccountPage } from "@/app/_account/account-page";
import { beginEnrolmentAction } from "@/app/(account)/security/factors/actions";
import { BeginsKind } from "@/components/factors/begins-kind";
import { faces } from "@/components/factors/faces";
import { ActionForm } from "@/components/form/action-form";
import { CardShell } from "@/components/security/card-shell";
import { DemandAlert } from "@/components/security/demand-alert";
import { ButtonLink } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { SubmitButton } from "@/components/ui/submit-button";
import { readOverview } from "@/lib/account/read-overview";
import type { Say } from "@/lib/messages/say";
import { stillOwed } from "@/lib/policy/second-factor";
import type { BoundKind } from "@/lib/policy/traits";
import { buildContext } from "@/lib/web/build-context";
import { enrolling } from "@/lib/web/guard";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words()).say("factors.new_title") };
}

/** Which factor would you like? */
export default async function NewFactorPage() {
  const ctx = await buildContext();
  const person = await enrolling(ctx);
  const overview = await readOverview(ctx, person);
  const { say, language } = await words();
  const must = stillOwed(overview.demand, overview.held) > 0;
  return (
    <AccountPage person={person}>
      <DemandAlert overview={overview} say={say} language={language} />
      <PageHeader
        title={say("factors.new_title")}
        {...(must ? {} : { back: { href: "/security", label: say("security.back_link") } })}
      >
        {overview.onOffer.length > 1 && <p>{say("factors.new_intro")}</p>}
      </PageHeader>
      {overview.onOffer.map((kind) => (
        <CardShell
          key={kind}
          title={say(faces[kind].name)}
          status={<p className="text-muted">{say(faces[kind].offer)}</p>}
          action={<Start kind={kind} say={say} />}
        />
      ))}
    </AccountPage>
  );
}

/** A button where that begins it, a link where something has to be typed first. */
function Start({ kind, say }: { readonly kind: BoundKind; readonly say: Say }) {
  const { name, BeginForm } = faces[kind];
  const label = say("factors.start_label", { name: say(name) }); // the word alone would stand there once for each kind
  if (BeginForm !== null) {
    return (
      <ButtonLink look="quiet" href={`/security/factors/new/${kind}`} aria-label={label}>
        {say("factors.start_button")}
      </ButtonLink>
    );
  }
  return (
    <BeginsKind kind={kind} say={say}>
      <ActionForm action={beginEnrolmentAction} of={kind}>
        <input type="hidden" name="kind" value={kind} />
        <SubmitButton pending={say("frame.one_moment")} aria-label={label}>
          {say("factors.start_button")}
        </SubmitButton>
      </ActionForm>
    </BeginsKind>
  );
}
