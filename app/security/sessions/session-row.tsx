import { proofWords } from "@/app/security/sessions/proof-words";
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
  const { id, agent, isThis } = session;
  return (
    <Row
      title={deviceName(agent, language)}
      badge={isThis && <Badge tone="good">{say("sessions.this_label")}</Badge>}
      detail={factsOf(session, { address, say, language, now })}
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

/** When it was used, how long it lasts and what it was proven with: enough to know one's own without opening each. */
function factsOf(session: SessionView, { address, say, language, now }: Omit<Props, "session" | "apart">): string {
  const from = (moment: Date) => relativeWords(between(now, moment), language);
  const proofs = proofWords(session, say, language);
  const sentences = [
    say("sessions.seen", { seen: from(session.lastSeenAt), address }),
    say("sessions.lasts", { began: from(session.createdAt), ends: from(session.expiresAt) }),
    ...(proofs === "" ? [] : [say("sessions.proven", { proofs })]),
  ];
  return sentences.join(language === "zh" ? "" : " ");
}
