import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { beginAtLoginAction, confirmAtLoginAction, sendAgainAtLoginAction } from "@/app/(auth)/enrol/actions";
import { ChallengeFrame } from "@/app/challenge/challenge-frame";
import { type Query, readView } from "@/app/challenge/read-view";
import { frameSettings } from "@/app/preferences/frame-settings";
import { faces } from "@/components/factors/faces";
import { preparedFor } from "@/components/factors/prepared-for";
import { LastTry } from "@/components/form/last-try";
import type { FrameSettings } from "@/components/layout/frame-settings";
import { readAtLogin } from "@/lib/challenge/enrol-at-login";
import type { ChallengeView } from "@/lib/challenge/view";
import { isBoundKind } from "@/lib/policy/kinds";
import type { BoundKind } from "@/lib/policy/traits";
import { withReturnTo } from "@/lib/web/return-to";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words()).say("enrol.page_title") };
}

type Props = {
  readonly params: Promise<{ readonly kind: string }>;
  /** `again`: begin anew although something waits. */
  readonly searchParams: Query;
};

/** Binds one kind between the doors: asks for the address, where it begins with one, then for the first code. Writes nothing. */
export default async function EnrolKindPage({ params, searchParams }: Props) {
  const { kind } = await params;
  if (!isBoundKind(kind)) notFound();
  const { ctx, pass, view, target } = await readView(searchParams);
  if (!view.enrols.includes(kind)) redirect(withReturnTo("/enrol", target));
  const begun = (await searchParams).again === undefined ? await readAtLogin(ctx, { pass, kind }) : null;
  const { BeginForm, isWide, setUp } = faces[kind];
  if (!begun && !BeginForm) redirect(withReturnTo("/enrol", target));
  const settings = await frameSettings();
  const { say } = settings;
  return (
    <ChallengeFrame
      settings={settings}
      view={view}
      now={ctx.now}
      target={target}
      isWide={isWide}
      heading={{ title: say(setUp), why: say("enrol.one_step", { who: view.who }) }}
      otherWay={
        view.enrols.length > 1 ? { href: withReturnTo("/enrol", target), label: say("enrol.other_way_link") } : null
      }
    >
      {!begun && BeginForm && (
        <BeginForm action={beginAtLoginAction} say={say} ownAddress={null}>
          <Hidden kind={kind} target={target} />
        </BeginForm>
      )}
      {begun && <FirstCode kind={kind} begun={begun} view={view} now={ctx.now} target={target} settings={settings} />}
    </ChallengeFrame>
  );
}

type FirstCodeProps = {
  readonly kind: BoundKind;
  readonly begun: NonNullable<Awaited<ReturnType<typeof readAtLogin>>>;
  readonly view: ChallengeView;
  readonly now: Date;
  readonly target: string;
  readonly settings: FrameSettings;
};

/** What has begun waits for its first code. */
function FirstCode({ kind, begun, view, now, target, settings: { say, language } }: FirstCodeProps) {
  const { EnrolForm, name } = faces[kind];
  return (
    <EnrolForm
      action={confirmAtLoginAction}
      say={say}
      shown={begun.pending.shown}
      defaultLabel={say(name)}
      prepared={preparedFor(begun.prepared, { send: sendAgainAtLoginAction, now, language })}
      anewHref={withReturnTo(`/enrol/${kind}?again=1`, target)}
    >
      <Hidden kind={kind} target={target} />
      <input type="hidden" name="pending" value={begun.pending.id} />
      {view.isLastTry && <LastTry text={say("challenge.one_left")} />}
    </EnrolForm>
  );
}

function Hidden({ kind, target }: Pick<FirstCodeProps, "kind" | "target">) {
  return (
    <>
      <input type="hidden" name="kind" value={kind} />
      <input type="hidden" name="returnTo" value={target} />
    </>
  );
}
