import type { Metadata } from "next";
import { AccountPage } from "@/app/_account/account-page";
import { eventList } from "@/app/security/activity/event-list";
import { letterList } from "@/app/security/activity/letter-list";
import { ButtonLink } from "@/components/ui/button";
import { Filters } from "@/components/ui/filters";
import { PageHeader } from "@/components/ui/page-header";
import { activityQuery, activityViews } from "@/lib/account/activity/schema";
import { canLeave } from "@/lib/letters/queue-letters";
import type { Say } from "@/lib/messages/say";
import { buildContext } from "@/lib/web/build-context";
import { signedIn } from "@/lib/web/guard";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words()).say("activity.page_title") };
}

const own = "/security/activity";

/** What happened to the account, or what was written about it, a page at a time. */
export default async function ActivityPage({
  searchParams,
}: {
  readonly searchParams: Promise<Record<string, unknown>>;
}) {
  const ctx = await buildContext();
  const person = await signedIn(ctx);
  const { show, before } = activityQuery.parse(await searchParams);
  const { say, language } = await words();
  const { list, older } =
    show === "letters"
      ? await letterList({ ctx, person, before, say, language })
      : await eventList({ ctx, person, before, filter: show, say, language });
  return (
    <AccountPage person={person}>
      <PageHeader title={say("activity.page_title")} back={{ href: "/security", label: say("security.back_link") }}>
        <p>{say(show === "letters" ? "activity.letters_intro" : "activity.intro")}</p>
        {show === "letters" && !canLeave("mail") && <p className="mt-2">{say("activity.letters_no_mail")}</p>}
      </PageHeader>
      <Filters label={say("activity.filter_label")} filters={filtersOf(say, show)} />
      {list}
      <Steps show={show} older={older} isFirst={!before} say={say} />
      <div>
        <ButtonLink look="text" href="/security/data">
          {say("activity.file_link")}
        </ButtonLink>
      </div>
    </AccountPage>
  );
}

const filtersOf = (say: Say, show: string) =>
  activityViews.map((filter) => ({
    href: filter === "all" ? own : `${own}?show=${filter}`,
    label: say(`activity.filter_${filter}_label`),
    isCurrent: filter === show,
  }));

type StepsProps = {
  readonly show: string;
  /** Where the next page begins. */
  readonly older: string | null;
  readonly isFirst: boolean;
  readonly say: Say;
};

/** The ways to the page of older lines, and back to the newest. */
function Steps({ show, older, isFirst, say }: StepsProps) {
  return (
    <div className="flex flex-wrap gap-x-6">
      {older && (
        <ButtonLink look="quiet" href={`${own}?show=${show}&before=${older}`}>
          {say("activity.older_link")}
        </ButtonLink>
      )}
      {!isFirst && (
        <ButtonLink look="text" href={`${own}?show=${show}`}>
          {say("activity.newest_link")}
        </ButtonLink>
      )}
    </div>
  );
}
