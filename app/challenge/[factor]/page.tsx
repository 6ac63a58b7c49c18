import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { answerAction, sendCodeAction } from "@/app/(auth)/challenge/actions";
import { ChallengeFrame } from "@/app/challenge/challenge-frame";
import { ClosedWays } from "@/app/challenge/closed-ways";
import { type Query, readView } from "@/app/challenge/read-view";
import { TrustTick } from "@/app/challenge/trust-tick";
import { WhenLost } from "@/app/challenge/when-lost";
import { frameSettings } from "@/app/preferences/frame-settings";
import { faces } from "@/components/factors/faces";
import { preparedFor } from "@/components/factors/prepared-for";
import { LastTry } from "@/components/form/last-try";
import { LoginName } from "@/components/form/login-name";
import { readPrepared } from "@/lib/challenge/read-challenge";
import { isFactorKind } from "@/lib/policy/kinds";
import { firstDoor } from "@/lib/policy/traits";
import { currentSession } from "@/lib/web/guard";
import { withReturnTo } from "@/lib/web/return-to";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words()).say("challenge.page_title") };
}

type Props = { readonly params: Promise<{ readonly factor: string }>; readonly searchParams: Query };

/** The second door, by one way. */
export default async function FactorPage({ params, searchParams }: Props) {
  const kind = (await params).factor;
  if (!isFactorKind(kind)) notFound();
  const { ctx, pass, view, target } = await readView(searchParams);
  const { options, closed } = view;
  const isClosed = closed.includes(kind);
  if (!options.includes(kind)) redirect(withReturnTo("/challenge", target));
  if (isClosed && closed.length < options.length) redirect(withReturnTo("/challenge?choose=1", target));
  const found = await readPrepared(ctx, pass, kind);
  const settings = await frameSettings();
  const { say, language } = settings;
  const session = await currentSession();
  const { ChallengeForm } = faces[kind];
  const prepared = preparedFor(found, { send: sendCodeAction, now: ctx.now, language });
  const list = { href: withReturnTo("/challenge?choose=1", target), label: say("challenge.other_way_link") };
  const otherWay = options.length > 1 ? list : null;
  return (
    <ChallengeFrame settings={settings} view={view} now={ctx.now} target={target} otherWay={otherWay}>
      <ClosedWays closed={closed} isOnly={isClosed} settings={settings} />
      {!isClosed && (
        <ChallengeForm
          action={answerAction}
          say={say}
          prepared={prepared}
          beside={view.trust?.kinds.includes(kind) && <TrustTick days={view.trust.days} say={say} />}
        >
          <input type="hidden" name="kind" value={kind} />
          <input type="hidden" name="returnTo" value={target} />
          {kind === firstDoor && session && <LoginName email={session.email} />}
          {view.isLastTry && <LastTry text={say("challenge.one_left")} />}
        </ChallengeForm>
      )}
      {view.whenLost !== null && <WhenLost way={view.whenLost} say={say} />}
    </ChallengeFrame>
  );
}
