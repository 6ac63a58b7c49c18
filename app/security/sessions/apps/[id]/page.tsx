import type { Metadata } from "next";
import { AccountPage } from "@/app/_account/account-page";
import { withdrawAppAction } from "@/app/(account)/security/sessions/actions";
import { appNames } from "@/app/security/sessions/app-names";
import { Question } from "@/components/security/question";
import { appIdShape } from "@/lib/config/app-shape";
import { listSessions } from "@/lib/sessions/list-sessions";
import { buildContext } from "@/lib/web/build-context";
import { freshPage } from "@/lib/web/guard";
import { notYours } from "@/lib/web/not-yours";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words()).say("sessions.apps_title") };
}

/** The question before an app loses what it has. An app that they are not logged in through is not found. */
export default async function AppPage({ params }: { readonly params: Promise<{ readonly id: string }> }) {
  const ctx = await buildContext();
  const { id } = await params;
  const person = await freshPage(ctx, "sessions.end", `/security/sessions/apps/${encodeURIComponent(id)}`);
  const count = appIdShape.test(id) ? (await listSessions(ctx, person, id)).length : 0;
  if (count === 0) return notYours(ctx, person, "app");
  const { say } = await words();
  const name = (await appNames(ctx, say, [id]))(id);
  return (
    <AccountPage person={person}>
      <Question
        title={say("sessions.withdraw_title", { name })}
        sentences={[say("sessions.withdraw_text", { count })]}
        action={withdrawAppAction}
        yes={say("sessions.withdraw_button")}
        no={{ href: "/security/sessions", label: say("sessions.keep_link") }}
        pending={say("frame.one_moment")}
      >
        <input type="hidden" name="app" value={id} />
      </Question>
    </AccountPage>
  );
}
