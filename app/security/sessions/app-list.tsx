import { appNames } from "@/app/security/sessions/app-names";
import { CardShell } from "@/components/security/card-shell";
import { ButtonLink } from "@/components/ui/button";
import { Row, Rows } from "@/components/ui/row";
import { relativeWords } from "@/components/ui/time-words";
import type { Ctx } from "@/lib/context/context";
import { between } from "@/lib/kernel/duration";
import { toldApart } from "@/lib/kernel/told-apart";
import type { Say } from "@/lib/messages/say";
import type { Language } from "@/lib/messages/words-shape";
import { listApps } from "@/lib/sessions/list-sessions";
import { appPlace } from "@/lib/sessions/schema";

type Props = {
  readonly ctx: Ctx;
  readonly userId: string;
  /** The address's query: from which app on. */
  readonly from: Readonly<Record<string, unknown>>;
  readonly say: Say;
  readonly language: Language;
};

/** The apps that somebody is logged in through, and the way to withdraw each; so many at a time. */
export async function AppList({ ctx, userId, from, say, language }: Props) {
  const after = appPlace.safeParse(from).data ?? null;
  const { apps, last } = await listApps(ctx, userId, after);
  const nameOf = await appNames(
    ctx,
    say,
    apps.map(({ clientId }) => clientId),
  );
  const seenWords = ({ lastSeenAt }: (typeof apps)[number]) => relativeWords(between(ctx.now, lastSeenAt), language);
  const names = toldApart(
    apps.map((app) => {
      const name = nameOf(app.clientId);
      return { name, longer: say("devices.apart_label", { name, used: seenWords(app) }) };
    }),
  );
  return (
    <CardShell
      title={say("sessions.apps_title")}
      status={apps.length === 0 && <p className="text-muted">{say("sessions.apps_none")}</p>}
    >
      {apps.length > 0 && (
        <Rows>
          {apps.map((app, at) => (
            <Row
              key={app.clientId}
              title={nameOf(app.clientId)}
              detail={say("sessions.app_seen", { count: app.count, seen: seenWords(app) })}
              action={
                <ButtonLink
                  look="text"
                  href={`/security/sessions/apps/${encodeURIComponent(app.clientId)}`}
                  aria-label={say("sessions.withdraw_label", { name: names[at] ?? "" })}
                >
                  {say("sessions.withdraw_link")}
                </ButtonLink>
              }
            />
          ))}
          {last && <More last={last} say={say} />}
        </Rows>
      )}
    </CardShell>
  );
}

type MoreProps = { readonly last: { readonly clientId: string; readonly lastSeenAt: Date }; readonly say: Say };

/** The way to those after this one. */
function More({ last, say }: MoreProps) {
  return (
    <Row
      title={
        <ButtonLink
          look="text"
          href={`/security/sessions?last=${encodeURIComponent(last.clientId)}&seen=${last.lastSeenAt.toISOString()}`}
        >
          {say("sessions.more_link")}
        </ButtonLink>
      }
    />
  );
}
