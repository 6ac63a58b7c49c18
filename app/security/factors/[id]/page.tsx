import type { Metadata } from "next";
import { AccountPage } from "@/app/_account/account-page";
import { DoneBanner } from "@/app/_account/done-banner";
import { beginEnrolmentAction, renameFactorAction } from "@/app/(account)/security/factors/actions";
import { RemoveCard } from "@/app/security/factors/[id]/remove-card";
import { BeginsKind } from "@/components/factors/begins-kind";
import { faces } from "@/components/factors/faces";
import { ActionForm } from "@/components/form/action-form";
import { FormField } from "@/components/form/form-field";
import { CardShell } from "@/components/security/card-shell";
import { Alert } from "@/components/ui/alert";
import { ButtonLink } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { SubmitButton } from "@/components/ui/submit-button";
import { readOverview } from "@/lib/account/read-overview";
import { findFactorView } from "@/lib/factors/list-factors";
import type { FactorView } from "@/lib/factors/view";
import type { Say } from "@/lib/messages/say";
import { isBoundKind } from "@/lib/policy/kinds";
import { buildContext } from "@/lib/web/build-context";
import { signedIn } from "@/lib/web/guard";
import { notYours } from "@/lib/web/not-yours";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words()).say("security.factors_title") };
}

type Props = {
  readonly params: Promise<{ readonly id: string }>;
  readonly searchParams: Promise<Record<string, unknown>>;
};

/** One factor: its name, its replacement, its end. Somebody else's is not found. */
export default async function FactorPage({ params, searchParams }: Props) {
  const ctx = await buildContext();
  const person = await signedIn(ctx);
  const factor = await findFactorView(ctx, person, (await params).id);
  if (!factor) return notYours(ctx, person, "factor");
  const overview = await readOverview(ctx, person);
  const { say } = await words();
  const { kind, place, marks, closed } = factor;
  return (
    <AccountPage person={person}>
      <DoneBanner say={say} page={`/security/factors/${factor.id}`} query={await searchParams} />
      <PageHeader title={factor.label} back={{ href: "/security", label: say("security.back_link") }}>
        <p>
          {[isBoundKind(kind) && say(faces[kind].name), place, ...marks.map(({ label }) => say(label))]
            .filter(Boolean)
            .join(" · ")}
        </p>
        {marks.map(({ meaning }) => (
          <p key={meaning} className="mt-2">
            {say(meaning)}
          </p>
        ))}
      </PageHeader>
      {closed !== "nowhere" && (
        <Alert tone="warning">{say(closed === "here" ? "factors.closed_here" : "factors.closed_elsewhere")}</Alert>
      )}
      <CardShell title={say("factors.rename_title")} status={<RenameForm factor={factor} say={say} />} />
      <CardShell
        title={say("factors.replace_button")}
        status={<p>{say("factors.replace_text")}</p>}
        action={<ReplaceButton factor={factor} say={say} />}
      />
      <RemoveCard factor={factor} say={say} overview={overview} />
    </AccountPage>
  );
}

type Part = { readonly factor: FactorView; readonly say: Say };

function RenameForm({ factor, say }: Part) {
  return (
    <ActionForm action={renameFactorAction}>
      <input type="hidden" name="factorId" value={factor.id} />
      <FormField name="label" label={say("factors.label_label")} defaultValue={factor.label} autoComplete="off" />
      <SubmitButton look="quiet" pending={say("frame.one_moment")}>
        {say("factors.rename_button")}
      </SubmitButton>
    </ActionForm>
  );
}

/** Where a new one begins with something to be typed, the next page asks for it. */
function ReplaceButton({ factor, say }: Part) {
  const { id, kind } = factor;
  if (isBoundKind(kind) && faces[kind].BeginForm !== null) {
    return (
      <ButtonLink look="quiet" href={`/security/factors/new/${kind}?replaces=${id}`}>
        {say("factors.replace_button")}
      </ButtonLink>
    );
  }
  const form = (
    <ActionForm action={beginEnrolmentAction}>
      <input type="hidden" name="kind" value={kind} />
      <input type="hidden" name="replaces" value={id} />
      <SubmitButton look="quiet" pending={say("frame.one_moment")}>
        {say("factors.replace_button")}
      </SubmitButton>
    </ActionForm>
  );
  if (!isBoundKind(kind)) return form;
  return (
    <BeginsKind kind={kind} say={say}>
      {form}
    </BeginsKind>
  );
}
