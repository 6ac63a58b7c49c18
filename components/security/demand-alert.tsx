import { Alert } from "@/components/ui/alert";
import type { Overview } from "@/lib/account/read-overview";
import { dayOf } from "@/lib/messages/moments";
import type { Say } from "@/lib/messages/say";
import type { Language } from "@/lib/messages/words-shape";
import { countsUnder, kindsOf, stillOwed } from "@/lib/policy/second-factor";

type Props = {
  readonly overview: Pick<Overview, "demand" | "held" | "coming">;
  readonly say: Say;
  readonly language: Language;
};

/** What policy asks of this person: what is missing now, else what will be missing on a day to come, else nothing. */
export function DemandAlert({ overview, say, language }: Props) {
  const { demand, held, coming } = overview;
  const missing = stillOwed(demand, held);
  if (missing > 0) return <Alert tone="warning">{wordsOf({ demand, held }, missing, say)}</Alert>;
  if (coming === null) return null;
  const { from, count } = coming;
  const day = dayOf(from, language);
  return <Alert tone="note">{say("security.demand_comes", { day, count, missing: coming.missing })}</Alert>;
}

function wordsOf({ demand, held }: Pick<Overview, "demand" | "held">, missing: number, say: Say): string {
  if (kindsOf(held).some((kind) => !countsUnder(demand, kind)))
    return say("security.must_enrol_besides_email", { missing });
  return missing < demand.count || missing > 1
    ? say("security.must_enrol_more", { missing })
    : say("security.must_enrol");
}
