import { Badge } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button";
import { Row } from "@/components/ui/row";
import { relativeWords } from "@/components/ui/time-words";
import { deviceName } from "@/lib/context/device-name";
import { between } from "@/lib/kernel/duration";
import type { Say } from "@/lib/messages/say";
import type { Language } from "@/lib/messages/words-shape";
import type { SessionView } from "@/lib/sessions/list-sessions";

type Props = {
  readonly session: SessionView;
  /** Where it was seen last, as a list says it. */
  readonly address: string;
  /** Its name, unlike that of every other one here. */
  readonly apart: string;
  readonly say: Say;
  readonly language: Language;
  readonly now: Date;
};

/** One browser where somebody is logged in. */
export function SessionRow({ session, address, apart, say, language, now }: Props) {
  const { id, agent, lastSeenAt, isThis } = session;
  return (
    <Row
      title={deviceName(agent, language)}
      badge={isThis && <Badge tone="good">{say("sessions.this_label")}</Badge>}
      detail={say("sessions.seen", { seen: relativeWords(between(now, lastSeenAt), language), address })}
      action={
        <ButtonLink
          look="text"
          href={`/security/sessions/${id}`}
          aria-label={say("sessions.look_label", { which: apart })}
        >
          {say("sessions.look_link")}
        </ButtonLink>
      }
    />
  );
}
