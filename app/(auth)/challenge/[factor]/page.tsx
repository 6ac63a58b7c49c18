import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { answerAction } from "@/app/(auth)/challenge/actions";
import { ChallengeFrame } from "@/app/(auth)/challenge/challenge-frame";
import { readView } from "@/app/(auth)/challenge/read-view";
import { frameSettings } from "@/app/preferences/frame-settings";
import { faces } from "@/components/factors/faces";
import { isFactorKind } from "@/lib/factors/factor";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words()).say("challenge.page_title") };
}

/** The second door, by one way. */
export default async function FactorPage({ params }: { readonly params: Promise<{ readonly factor: string }> }) {
  const kind = (await params).factor;
  if (!isFactorKind(kind)) notFound();
  const { ctx, view } = await readView();
  if (!view.options.includes(kind)) redirect("/challenge");
  const settings = await frameSettings();
  const { say } = settings;
  const { ChallengeForm } = faces[kind];
  return (
    <ChallengeFrame settings={settings} view={view} now={ctx.now} offersAnotherWay={view.options.length > 1}>
      <ChallengeForm action={answerAction} say={say}>
        <input type="hidden" name="kind" value={kind} />
      </ChallengeForm>
    </ChallengeFrame>
  );
}
