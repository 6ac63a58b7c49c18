import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { ChallengeFrame } from "@/app/challenge/challenge-frame";
import { type Query, readView } from "@/app/challenge/read-view";
import { WayChoice } from "@/app/challenge/way-choice";
import { frameSettings } from "@/app/preferences/frame-settings";
import { Alert } from "@/components/ui/alert";
import { withReturnTo } from "@/lib/web/return-to";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words()).say("challenge.page_title") };
}

/** The chooser. Whoever did not ask to choose goes straight to the way they used last; who must bind a factor first, there. */
export default async function ChallengePage({ searchParams }: { readonly searchParams: Query }) {
  const { ctx, view, target } = await readView(searchParams);
  const [first] = view.options;
  if (!first && view.enrols.length > 0) redirect(withReturnTo("/enrol", target));
  if (first && ((await searchParams).choose === undefined || view.options.length === 1))
    redirect(withReturnTo(`/challenge/${first}`, target));
  const settings = await frameSettings();
  const { say } = settings;
  return (
    <ChallengeFrame settings={settings} view={view} now={ctx.now} target={target}>
      {first ? (
        <h2 className="text-lg font-bold">{say("challenge.choose_title")}</h2>
      ) : (
        <Alert tone="warning">{say("challenge.no_way")}</Alert>
      )}
      <ul className="grid gap-3">
        {view.options.map((kind) => (
          <li key={kind} className="grid">
            <WayChoice kind={kind} isClosed={view.closed.includes(kind)} say={say} target={target} />
          </li>
        ))}
      </ul>
    </ChallengeFrame>
  );
}
