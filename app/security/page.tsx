import type { Metadata } from "next";
import { AccountPage } from "@/app/_account/account-page";
import { DoneBanner } from "@/app/_account/done-banner";
import { keepUnaskedAction } from "@/app/(account)/security/actions";
import { cards } from "@/app/security/_cards";
import type { CardProps } from "@/app/security/_cards/card";
import { BothDoorsOffer, offerAfterLogin } from "@/app/security/both-doors-offer";
import { CodesWait, codesToShow } from "@/app/security/codes-wait";
import { TellKeepers } from "@/components/factors/passkey/late";
import { DemandAlert } from "@/components/security/demand-alert";
import { StandingLine } from "@/components/security/standing-line";
import { Alert } from "@/components/ui/alert";
import { ButtonLink } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { readOverview } from "@/lib/account/read-overview";
import { standingOf } from "@/lib/account/standing";
import { findWayBack } from "@/lib/apps/find-way-back";
import { acceptedPasskeys } from "@/lib/factors/passkey/accepted";
import { optionsUnasked } from "@/lib/pending/keep-unasked";
import { fallback } from "@/lib/policy/traits";
import { buildContext } from "@/lib/web/build-context";
import { signedIn } from "@/lib/web/guard";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words()).say("security.page_title") };
}

/** A table of contents: how the account stands in one sentence, then the cards. */
export default async function SecurityPage({
  searchParams,
}: {
  readonly searchParams: Promise<Record<string, unknown>>;
}) {
  const ctx = await buildContext();
  const person = await signedIn(ctx);
  const overview = await readOverview(ctx, person);
  const query = await searchParams;
  const wayBack = await findWayBack(ctx, query.app);
  const { say, language } = await words();
  const accepted = await acceptedPasskeys(ctx, person);
  const unasked = await optionsUnasked(ctx, person.session);
  const offered = await offerAfterLogin(overview, person);
  const toShow = await codesToShow({ userId: person.userId, now: ctx.now }, overview.codes);
  const standing = standingOf(overview);
  const hasOtherStep = offered !== null || (toShow > 0 && standing.is === "unsaved_codes");
  return (
    <AccountPage person={person}>
      {accepted && <TellKeepers {...accepted} unasked={unasked} keep={keepUnaskedAction} />}
      <DoneBanner say={say} page="/security" query={query} />
      {person.session.provenWith === fallback && overview.factors.length > 0 && (
        <Alert tone="warning">{say("security.came_by_recovery")}</Alert>
      )}
      <CodesWait count={toShow} say={say} />
      <DemandAlert overview={overview} say={say} language={language} />
      <PageHeader
        title={say("security.page_title")}
        back={wayBack && { href: wayBack.href, label: say("apps.back_link", { name: wayBack.name }) }}
      >
        <StandingLine standing={hasOtherStep ? { ...standing, step: null } : standing} say={say} />
      </PageHeader>
      {offered !== null && <BothDoorsOffer {...offered} say={say} />}
      <Contents overview={overview} say={say} language={language} now={ctx.now} />
    </AccountPage>
  );
}

/** The cards, and the way to the lock. */
function Contents(props: CardProps) {
  return (
    <>
      {cards.map((Card, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the list is fixed, its order is the page's
        <Card key={place} {...props} />
      ))}
      <ButtonLink look="text" href="/security/lock">
        {props.say("lock.link")}
      </ButtonLink>
    </>
  );
}
