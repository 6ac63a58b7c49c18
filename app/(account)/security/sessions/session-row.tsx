import { Badge } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button";
import { Row } from "@/components/ui/row";
import { relativeWords } from "@/components/ui/time-words";
import { deviceName } from "@/lib/context/device-name";
import { between } from "@/lib/kernel/duration";
import type { Say } from "@/lib/messages/say";
import type { Language } from "@/lib/messages/words-shape";
import { sayAddress } from "@/lib/places/say-address";
import type { SessionView } from "@/lib/sessions/list-sessions";

type Props = {
  readonly session: SessionView;
  /** Where its address roughly is; null: nobody knows. */
  readonly place: string | null;
  readonly say: Say;
  readonly language: Language;
  readonly now: Date;
};

/** One browser where somebody is logged in. */
export function SessionRow({ session, place, say, language, now }: Props) {
  const { id, agent, ip, lastSeenAt, isThis } = session;
  const [name, address] = [deviceName(agent, language), sayAddress(say, ip, place)];
  return (
    <Row
      title={name}
      badge={isThis && <Badge tone="good">{say("sessions.this_label")}</Badge>}
      detail={say("sessions.seen", { seen: relativeWords(between(now, lastSeenAt), language), address })}
      action={
        <ButtonLink
          look="text"
          href={`/security/sessions/${id}`}
          aria-label={say("sessions.look_label", { name, address })}
        >
          {say("sessions.look_link")}
        </ButtonLink>
      }
    />
  );
}
