import type { Listed, Listing } from "@/app/security/activity/event-list";
import { CardShell } from "@/components/security/card-shell";
import { Badge } from "@/components/ui/badge";
import { Empty } from "@/components/ui/empty";
import { Row, Rows } from "@/components/ui/row";
import { Time } from "@/components/ui/time";
import { sayLetter } from "@/lib/account/activity/letter-names";
import { type LetterLine, readLetters } from "@/lib/account/activity/read-letters";
import type { Say } from "@/lib/messages/say";

/** What was written about the account: a page of it. */
export async function letterList({ ctx, person, before, say, language }: Listing): Promise<Listed> {
  const { lines, older } = await readLetters(ctx, { userId: person.userId, before });
  if (lines.length === 0) {
    const list = <Empty title={say("activity.letters_none_title")} text={say("activity.letters_none_text")} />;
    return { list, older };
  }
  const list = (
    <CardShell title={say("activity.filter_letters_label")} status={null}>
      <Rows>
        {lines.map((line) => (
          <Row
            key={line.id}
            title={sayLetter(language, line.kind)}
            badge={<Fate state={line.state} say={say} />}
            detail={
              <>
                <Time at={line.at.toISOString()} language={language} /> · {whereTo(line, say)}
              </>
            }
          />
        ))}
      </Rows>
    </CardShell>
  );
  return { list, older };
}

/** What became of one that has not left. */
function Fate({ state, say }: { readonly state: LetterLine["state"]; readonly say: Say }) {
  if (state === "waiting") return <Badge>{say("activity.letter_waiting_label")}</Badge>;
  return state === "parked" && <Badge tone="warning">{say("activity.letter_parked_label")}</Badge>;
}

/** Where it went, as far as its reader is to be reminded of it. */
function whereTo({ to, channel }: LetterLine, say: Say): string {
  if (to !== null) return say("activity.letter_to_label", { to });
  return say(channel === "mail" ? "activity.letter_to_email_label" : "activity.letter_to_number_label");
}
