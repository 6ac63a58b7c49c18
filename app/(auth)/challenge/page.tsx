import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { ChallengeFrame } from "@/app/(auth)/challenge/challenge-frame";
import { readView } from "@/app/(auth)/challenge/read-view";
import { WayChoice } from "@/app/(auth)/challenge/way-choice";
import { frameSettings } from "@/app/preferences/frame-settings";
import { Alert } from "@/components/ui/alert";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words()).say("challenge.page_title") };
}

/** The chooser. Whoever did not ask to choose goes straight to the way they used last; who must bind a factor first, there. */
export default async function ChallengePage({
  searchParams,
}: {
  readonly searchParams: Promise<{ readonly choose?: unknown }>;
}) {
  const { ctx, view } = await readView();
  const [first] = view.options;
  if (!first && view.enrols.length > 0) redirect("/enrol");
  if (first && ((await searchParams).choose === undefined || view.options.length === 1))
    redirect(`/challenge/${first}`);
  const settings = await frameSettings();
  const { say } = settings;
  return (
    <ChallengeFrame settings={settings} view={view} now={ctx.now}>
      {first ? (
        <h2 className="text-lg font-bold">{say("challenge.choose_title")}</h2>
      ) : (
        <Alert tone="warning">{say("challenge.no_way")}</Alert>
      )}
      <ul className="grid gap-3">
        {view.options.map((kind) => (
          <li key={kind} className="grid">
            <WayChoice kind={kind} isClosed={view.closed.includes(kind)} say={say} />
          </li>
        ))}
      </ul>
    </ChallengeFrame>
  );
}
