import type { Metadata } from "next";
import { AccountPage } from "@/app/_account/account-page";
import { DoneBanner } from "@/app/_account/done-banner";
import { AppList } from "@/app/security/sessions/app-list";
import { SessionRow } from "@/app/security/sessions/session-row";
import { CardShell } from "@/components/security/card-shell";
import { ButtonLink } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { Rows } from "@/components/ui/row";
import { relativeWords } from "@/components/ui/time-words";
import { deviceName } from "@/lib/context/device-name";
import { between } from "@/lib/kernel/duration";
import { toldApart } from "@/lib/kernel/told-apart";
import type { Say } from "@/lib/messages/say";
import { openPlaces } from "@/lib/places/open-places";
import { sayAddress } from "@/lib/places/say-address";
import { portalClient } from "@/lib/policy/clients";
import { countOthers, listSessions } from "@/lib/sessions/list-sessions";
import { buildContext } from "@/lib/web/build-context";
import { signedIn } from "@/lib/web/guard";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words()).say("sessions.page_title") };
}

type Props = { readonly searchParams: Promise<Record<string, unknown>> };

/** Where the person is logged in: this browser, other browsers, apps. */
export default async function SessionsPage({ searchParams }: Props) {
  const ctx = await buildContext();
  const person = await signedIn(ctx);
  const sessions = await listSessions(ctx, person, portalClient);
  const asked = await searchParams;
  const { say, language } = await words();
  const placeOf = await openPlaces(language);
  const addresses = sessions.map(({ ip }) => sayAddress(say, ip, placeOf(ip)));
  const names = toldApart(
    sessions.map(({ agent, lastSeenAt }, at) => {
      const its = { name: deviceName(agent, language), address: addresses[at] ?? "" };
      const seen = relativeWords(between(ctx.now, lastSeenAt), language);
      return { name: say("sessions.name_label", its), longer: say("sessions.apart_label", { ...its, seen }) };
    }),
  );
  return (
    <AccountPage person={person}>
      <DoneBanner say={say} page="/security/sessions" query={asked} />
      <PageHeader title={say("sessions.page_title")} back={{ href: "/security", label: say("security.back_link") }}>
        <p>{say("sessions.intro")}</p>
      </PageHeader>
      <CardShell title={say("sessions.browsers_title")} status={null}>
        <Rows>
          {sessions.map((session, at) => (
            <SessionRow
              key={session.id}
              session={session}
              address={addresses[at] ?? ""}
              apart={names[at] ?? ""}
              say={say}
              language={language}
              now={ctx.now}
            />
          ))}
        </Rows>
      </CardShell>
      <AppList ctx={ctx} userId={person.userId} from={asked} say={say} language={language} />
      <Others count={await countOthers(ctx, person)} say={say} />
    </AccountPage>
  );
}

/** The way to the end of all the others, where there are any. */
function Others({ count, say }: { readonly count: number; readonly say: Say }) {
  const title = say("sessions.others_title");
  if (count === 0)
    return <CardShell title={title} status={<p className="text-muted">{say("sessions.others_none")}</p>} />;
  return (
    <CardShell
      title={title}
      status={<p className="text-muted">{say("sessions.others_text")}</p>}
      action={
        <ButtonLink look="danger" href="/security/sessions/others">
          {say("sessions.others_link")}
        </ButtonLink>
      }
    />
  );
}
