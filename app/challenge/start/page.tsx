import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { startStepUpAction } from "@/app/(auth)/challenge/actions";
import { frameSettings } from "@/app/preferences/frame-settings";
import { ActionForm } from "@/components/form/action-form";
import { AuthFrame } from "@/components/layout/auth-frame";
import { Addressed } from "@/components/ui/addressed";
import { ButtonLink } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { SubmitButton } from "@/components/ui/submit-button";
import { startInput } from "@/lib/challenge/schema";
import { maskEmail } from "@/lib/kernel/mask";
import { buildContext } from "@/lib/web/build-context";
import { enrolling } from "@/lib/web/guard";
import { returnTo } from "@/lib/web/return-to";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words()).say("challenge.page_title") };
}

/** A page asked for a fresh proof. Opening a challenge is a write, so it takes a button, not a visit. */
export default async function StartPage({ searchParams }: { readonly searchParams: Promise<Record<string, unknown>> }) {
  const asked = startInput.safeParse(await searchParams);
  if (!asked.success) redirect("/security");
  const person = await enrolling(await buildContext());
  const settings = await frameSettings();
  const { say } = settings;
  return (
    <AuthFrame settings={settings} door={2}>
      <PageHeader title={say("challenge.page_title")}>
        <p>
          <Addressed text={say("challenge.why_step_up", { who: maskEmail(person.email) })} />
        </p>
      </PageHeader>
      <ActionForm action={startStepUpAction}>
        <input type="hidden" name="for" value={asked.data.for} />
        <input type="hidden" name="returnTo" value={returnTo(asked.data.returnTo)} />
        <SubmitButton wide pending={say("frame.one_moment")}>
          {say("challenge.start_button")}
        </SubmitButton>
      </ActionForm>
      <div>
        <ButtonLink look="text" href="/security">
          {say("challenge.cancel_button")}
        </ButtonLink>
      </div>
    </AuthFrame>
  );
}
