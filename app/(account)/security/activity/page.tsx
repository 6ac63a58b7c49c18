import type { Metadata } from "next";
import { AccountPage } from "@/app/(account)/account-page";
import { ActivityRow, namesOfLines } from "@/app/(account)/security/activity/activity-row";
import { CardShell } from "@/components/security/card-shell";
import { ButtonLink } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Filters } from "@/components/ui/filters";
import { PageHeader } from "@/components/ui/page-header";
import { Rows } from "@/components/ui/row";
import { readActivity } from "@/lib/account/activity/read-activity";
import { activityQuery } from "@/lib/account/activity/schema";
import { activityFilters } from "@/lib/account/activity/sentences";
import type { Say } from "@/lib/messages/say";
import { openPlaces } from "@/lib/places/open-places";
import { buildContext } from "@/lib/web/build-context";
import { signedIn } from "@/lib/web/guard";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words()).say("activity.page_title") };
}

const own = "/security/activity";

/** What happened to the account, a page at a time. */
export default async function ActivityPage({
  searchParams,
}: {
  readonly searchParams: Promise<Record<string, unknown>>;
}) {
  const ctx = await buildContext();
  const person = await signedIn(ctx);
  const { show, before } = activityQuery.parse(await searchParams);
  const { lines, older } = await readActivity(ctx, { userId: person.userId, filter: show, before });
  const { say, language } = await words();
  const placeOf = await openPlaces(language);
  const names = namesOfLines(lines, say, language);
  return (
    <AccountPage person={person}>
      <PageHeader title={say("activity.page_title")} back={{ href: "/security", label: say("security.back_link") }}>
        <p>{say("activity.intro")}</p>
      </PageHeader>
      <Filters label={say("activity.filter_label")} filters={filtersOf(say, show)} />
      {lines.length === 0 ? (
        <Empty title={say("activity.none_title")} text={say("activity.none_text")} />
      ) : (
        <CardShell title={say(`activity.filter_${show}_label`)} status={null}>
          <Rows>
            {lines.map((line, at) => (
              <ActivityRow
                key={line.id}
                line={line}
                apart={names[at] ?? ""}
                place={placeOf(line.ip)}
                isThis={line.session !== null && person.sessionId.startsWith(line.session)}
                say={say}
                language={language}
              />
            ))}
          </Rows>
        </CardShell>
      )}
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
  activityFilters.map((filter) => ({
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
