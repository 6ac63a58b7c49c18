import { notMeAction } from "@/app/(account)/security/activity/actions";
import { faces } from "@/components/factors/faces";
import { ActionForm } from "@/components/form/action-form";
import { Badge } from "@/components/ui/badge";
import { Row } from "@/components/ui/row";
import { SubmitButton } from "@/components/ui/submit-button";
import { Time } from "@/components/ui/time";
import type { ActivityLine } from "@/lib/account/activity/read-activity";
import { sayEvent } from "@/lib/account/activity/sentences";
import { deviceName } from "@/lib/context/device-name";
import { toldApart } from "@/lib/kernel/told-apart";
import { listWords } from "@/lib/messages/list-words";
import type { Say } from "@/lib/messages/say";
import type { Language } from "@/lib/messages/words-shape";
import { changeName } from "@/lib/notices/change-name";
import { sayAddress } from "@/lib/places/say-address";
import { isFactorKind } from "@/lib/policy/kinds";

type Props = {
  readonly line: ActivityLine;
  /** Where its address roughly is; null: nobody knows. */
  readonly place: string | null;
  /** It tells of the login in which it is read. */
  readonly isThis: boolean;
  /** What it tells, unlike every other line here. */
  readonly apart: string;
  readonly say: Say;
  readonly language: Language;
};

/** One line of the activity: what, when, from where; a login can be disowned. */
export function ActivityRow({ line, place, isThis, apart, say, language }: Props) {
  const { at, result, session } = line;
  const what = sayLine(line, say, language);
  return (
    <Row
      title={what}
      badge={
        <>
          {result !== "ok" && (
            <Badge tone="warning">
              {say(result === "refused" ? "activity.refused_label" : "activity.failed_label")}
            </Badge>
          )}
          {isThis && <Badge tone="good">{say("sessions.this_label")}</Badge>}
        </>
      }
      detail={
        <>
          <Time at={at.toISOString()} language={language} /> · {fromWhere({ ...line, place }, say, language)}
          {proofsOf(line, say, language)}
        </>
      }
      action={session !== null && !isThis && <NotMe session={session} which={apart} say={say} />}
    />
  );
}

/** What happened, in a sentence. */
const sayLine = (line: ActivityLine, say: Say, language: Language): string =>
  sayEvent(language, line.name, paramsOf(line, say, language));

/** What a button beside a line calls it, who stands beside others that tell the same. */
export const namesOfLines = (lines: readonly ActivityLine[], say: Say, language: Language): string[] =>
  toldApart(
    lines.map((line) => {
      const what = sayLine(line, say, language);
      return { name: what, longer: say("activity.apart_label", { what, at: line.at }) };
    }),
  );

/** What the sentences may ask for, out of what the event carries. */
function paramsOf({ name, meta: { kind, why, count } }: ActivityLine, say: Say, language: Language) {
  const word = String(kind ?? "");
  const other = name.startsWith("pending.") ? changeName(word, language) : word;
  return {
    kind: isFactorKind(kind) ? say(faces[kind].name) : other,
    why: String(why ?? ""),
    count: Number(count ?? 0),
  };
}

/** From where it was done; of an administrator only that it was one. */
function fromWhere(line: ActivityLine & Pick<Props, "place">, say: Say, language: Language): string {
  const { byOther, agent, ip, place, count, places, isCut } = line;
  if (byOther) return say("activity.by_administrator_label");
  if (count > 1) return say(isCut ? "activity.many_more_label" : "activity.many_label", { count, places });
  return say("activity.from_label", { device: deviceName(agent, language), address: sayAddress(say, ip, place) });
}

/** What a login was opened with. */
function proofsOf({ proofs }: ActivityLine, say: Say, language: Language): string {
  if (proofs.length === 0) return "";
  const names = proofs.map((kind) => say(faces[kind].name));
  return ` · ${listWords(names, language)}`;
}

type NotMeProps = { readonly session: string; readonly which: string; readonly say: Say };

/** One stands at every login of the list, so each says which. */
function NotMe({ session, which, say }: NotMeProps) {
  return (
    <ActionForm action={notMeAction} of={session}>
      <input type="hidden" name="session" value={session} />
      <SubmitButton look="quiet" pending={say("frame.one_moment")} aria-label={say("activity.not_me_label", { which })}>
        {say("activity.not_me_button")}
      </SubmitButton>
    </ActionForm>
  );
}
