import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { ChallengeFrame } from "@/app/challenge/challenge-frame";
import { type Query, readView } from "@/app/challenge/read-view";
import { KindChoice } from "@/app/enrol/kind-choice";
import { frameSettings } from "@/app/preferences/frame-settings";
import { ButtonLink } from "@/components/ui/button";
import { withReturnTo } from "@/lib/web/return-to";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words()).say("enrol.page_title") };
}

/** Between the doors, for somebody who must have a second factor and has none: which one shall it be? */
export default async function EnrolAtLoginPage({ searchParams }: { readonly searchParams: Query }) {
  const { ctx, view, target } = await readView(searchParams);
  if (view.options.length > 0) redirect(withReturnTo("/challenge", target));
  const settings = await frameSettings();
  const { say, brand } = settings;
  const isOpen = view.enrols.length > 0;
  const { who, enrols } = view;
  const why = isOpen ? say(enrols.length > 1 ? "enrol.intro" : "enrol.one_step", { who }) : say("enrol.nothing");
  return (
    <ChallengeFrame
      settings={settings}
      view={view}
      now={ctx.now}
      target={target}
      heading={{ title: say("enrol.page_title"), why }}
    >
      {isOpen && (
        <ul className="grid gap-3">
          {view.enrols.map((kind) => (
            <li key={kind} className="grid">
              <KindChoice kind={kind} say={say} target={target} />
            </li>
          ))}
        </ul>
      )}
      {!isOpen && brand.support && (
        <ButtonLink wide look="quiet" href={brand.support}>
          {say("frame.support_link")}
        </ButtonLink>
      )}
    </ChallengeFrame>
  );
}
