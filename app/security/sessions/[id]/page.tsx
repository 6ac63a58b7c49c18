import type { Metadata } from "next";
import type { ReactNode } from "react";
import { AccountPage } from "@/app/_account/account-page";
import { endSessionAction } from "@/app/(account)/security/sessions/actions";
import { appNames } from "@/app/security/sessions/app-names";
import { proofWords } from "@/app/security/sessions/proof-words";
import { ActionForm } from "@/components/form/action-form";
import { CardShell } from "@/components/security/card-shell";
import { PageHeader } from "@/components/ui/page-header";
import { Row, Rows } from "@/components/ui/row";
import { SubmitButton } from "@/components/ui/submit-button";
import { Time } from "@/components/ui/time";
import type { Ctx } from "@/lib/context/context";
import { deviceName } from "@/lib/context/device-name";
import type { Say } from "@/lib/messages/say";
import { openPlaces } from "@/lib/places/open-places";
import { clientTraits } from "@/lib/policy/clients";
import { findSessionView, type SessionView } from "@/lib/sessions/list-sessions";
import { isOwnId } from "@/lib/sessions/schema";
import { buildContext } from "@/lib/web/build-context";
import { signedIn } from "@/lib/web/guard";
import { notYours } from "@/lib/web/not-yours";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words()).say("sessions.session_title") };
}

/** One login: everything that is known of it, and its end. Somebody else's is not found. */
export default async function SessionPage({ params }: { readonly params: Promise<{ readonly id: string }> }) {
  const ctx = await buildContext();
  const person = await signedIn(ctx);
  const { id } = await params;
  const session = isOwnId(id) ? await findSessionView(ctx, person, id) : null;
  if (!session) return notYours(ctx, person, "session");
  const { say, language } = await words();
  const back = { href: "/security/sessions", label: say("sessions.back_link") };
  const client = await clientName(ctx, session, say);
  const place = (await openPlaces(language))(session.ip);
  return (
    <AccountPage person={person}>
      <PageHeader title={deviceName(session.agent, language)} back={back} />
      <CardShell title={say("sessions.session_title")} status={null}>
        <Rows>
          {factsOf({ ...session, client, place }, say, language).map(([label, value]) => (
            <Row key={label} title={label} detail={value} />
          ))}
        </Rows>
      </CardShell>
      <CardShell
        title={say("sessions.end_title")}
        status={<p className="text-muted">{say(session.isThis ? "sessions.end_here" : "sessions.end_text")}</p>}
        action={!session.isThis && <EndForm id={id} say={say} />}
      />
    </AccountPage>
  );
}

async function clientName(ctx: Ctx, { clientId }: SessionView, say: Say): Promise<string> {
  if (!clientTraits(clientId).isRegistered) return say("sessions.portal_name");
  return (await appNames(ctx, say, [clientId]))(clientId);
}

function factsOf(
  session: SessionView & { readonly client: string; readonly place: string | null },
  say: Say,
  language: "en" | "zh",
): readonly (readonly [string, ReactNode])[] {
  const { ip, createdAt, lastSeenAt, expiresAt, idleEnd, isKnown, clientId, client, place } = session;
  const time = (at: Date) => <Time at={at.toISOString()} language={language} />;
  return [
    [say("sessions.client_label"), client],
    [say("sessions.address_label"), ip],
    ...(place === null ? [] : [[say("places.label"), say("places.guessed", { place })] as const]),
    [say("sessions.began_label"), time(createdAt)],
    [say("sessions.seen_label"), time(lastSeenAt)],
    ...(idleEnd < expiresAt ? [[say("sessions.idle_label"), time(idleEnd)] as const] : []),
    [say("sessions.ends_label"), time(expiresAt)],
    [say("sessions.proofs_label"), proofWords(session, say, language)],
    ...(clientTraits(clientId).remembersDevices
      ? [[say("sessions.known_label"), say(isKnown ? "sessions.known_yes" : "sessions.known_no")] as const]
      : []),
  ];
}

function EndForm({ id, say }: { readonly id: string; readonly say: Say }) {
  return (
    <ActionForm action={endSessionAction}>
      <input type="hidden" name="sessionId" value={id} />
      <SubmitButton look="danger" pending={say("frame.one_moment")}>
        {say("sessions.end_button")}
      </SubmitButton>
    </ActionForm>
  );
}
