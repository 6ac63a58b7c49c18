import type { FactsOf } from "@/lib/letters/facts";
import { circumstances, type Desk, type Draft, lookButton, type Piece, sentence } from "@/lib/letters/texts/draft";

export function deviceNew(facts: FactsOf["device.new"], desk: Desk): Draft {
  const { say, brand } = desk;
  return {
    subject: say("letters.device_new_title"),
    pieces: [sentence(say("letters.device_new")), circumstances(facts, desk), ...wayOut(facts.link, desk)],
    short: say("letters.device_new_short", { brand }),
  };
}

export function secondStepWrong(facts: FactsOf["second_step.wrong"], desk: Desk): Draft {
  const { say, brand } = desk;
  return {
    subject: say("letters.second_step_wrong_title"),
    pieces: [sentence(say("letters.second_step_wrong")), circumstances(facts, desk), ...wayOut(facts.link, desk)],
    short: say("letters.second_step_wrong_short", { brand }),
  };
}

/** To the person who pressed "this was not me". */
export function accountSecured(facts: FactsOf["account.secured"], desk: Desk): Draft {
  const { say, brand } = desk;
  return {
    subject: say("letters.account_secured_title"),
    pieces: [
      sentence(say("letters.account_secured")),
      circumstances(facts, desk),
      sentence(say("letters.account_secured_next", { brand })),
    ],
    short: say("letters.account_secured_short", { brand }),
  };
}

/** To administrators. */
export function accountContained(facts: FactsOf["account.contained"], desk: Desk): Draft {
  const { say, brand } = desk;
  const { who, link } = facts;
  const person = { label: say("letters.person_label"), value: who };
  const look: Piece[] = link === "" ? [] : [{ kind: "button", label: say("letters.people_button"), href: link }];
  return {
    subject: say("letters.account_contained_title", { who }),
    pieces: [sentence(say("letters.account_contained")), circumstances(facts, desk, [person]), ...look],
    short: say("letters.account_contained_short", { brand, who }),
  };
}

/** What to press when it was somebody else; the link alone does nothing. */
export function wayOut(link: string, desk: Desk): Piece[] {
  const { say, brand } = desk;
  if (link === "") return [sentence(say("letters.not_you", { brand })), lookButton(desk)];
  return [sentence(say("letters.not_you_alarm")), { kind: "button", label: say("letters.not_me_button"), href: link }];
}
