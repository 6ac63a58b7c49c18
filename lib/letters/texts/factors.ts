import type { FactsOf } from "@/lib/letters/facts";
import { circumstances, type Desk, type Draft, lookButton, type Row, sentence } from "@/lib/letters/texts/draft";
import { wayPastClosedPassword } from "@/lib/letters/texts/way-past";
import { catalogue, type MessageId } from "@/lib/messages/catalogue";
import { sayAny } from "@/lib/messages/say";
import { firstDoor } from "@/lib/policy/traits";

export function factorBound(facts: FactsOf["factor.bound"], desk: Desk): Draft {
  const { say, brand } = desk;
  return {
    subject: say("letters.factor_bound_title"),
    pieces: [
      sentence(say("letters.factor_bound")),
      ...(facts.codes === undefined ? [] : [sentence(say("letters.factor_bound_codes", { count: facts.codes }))]),
      circumstances(facts, desk, namesOf(facts, desk)),
      sentence(say("letters.not_you", { brand })),
      lookButton(desk),
    ],
    short: say("letters.factor_bound_short", { brand, factor: factorName(facts.factor, desk) }),
  };
}

export function factorRemoved(facts: FactsOf["factor.removed"], desk: Desk): Draft {
  const { say, brand } = desk;
  return {
    subject: say("letters.factor_removed_title"),
    pieces: [
      sentence(say("letters.factor_removed")),
      circumstances(facts, desk, namesOf(facts, desk)),
      sentence(say("letters.not_you", { brand })),
      lookButton(desk),
    ],
    short: say("letters.factor_removed_short", { brand, factor: factorName(facts.factor, desk) }),
  };
}

export function factorClosed(facts: FactsOf["factor.closed"], desk: Desk): Draft {
  const { say, brand } = desk;
  if (facts.factor === firstDoor) return passwordClosed(facts, desk);
  const factor = factorName(facts.factor, desk);
  return {
    subject: say("letters.factor_closed_title"),
    pieces: [
      sentence(say("letters.factor_closed")),
      circumstances(facts, desk, [{ label: say("letters.factor_label"), value: factor }]),
      lookButton(desk),
    ],
    short: say("letters.factor_closed_short", { brand, factor }),
  };
}

/** The password has caps of its own; nobody knew it who reached them. */
function passwordClosed(facts: FactsOf["factor.closed"], desk: Desk): Draft {
  const { say, brand } = desk;
  const isToStrangers = facts.lane === "untrusted";
  const happened = isToStrangers ? "letters.password_closed_to_strangers" : "letters.password_closed";
  const short = isToStrangers ? "letters.password_closed_to_strangers_short" : "letters.password_closed_short";
  return {
    subject: say("letters.password_closed_title"),
    pieces: [sentence(say(happened)), sentence(wayPastClosedPassword(desk)), circumstances(facts, desk)],
    short: say(short, { brand }),
  };
}

export function factorsReset(facts: FactsOf["factors.reset"], desk: Desk): Draft {
  const { say, brand } = desk;
  return {
    subject: say("letters.factors_reset_title"),
    pieces: [
      sentence(say("letters.factors_reset")),
      circumstances(facts, desk),
      sentence(say("letters.factors_reset_warning", { brand })),
      lookButton(desk),
    ],
    short: say("letters.factors_reset_short", { brand }),
  };
}

/** To the other owner of a number or address: who added it is not theirs to know, so neither address nor device is told. */
export function destinationShared(facts: FactsOf["destination.shared"], desk: Desk): Draft {
  const { say, brand } = desk;
  const { destination } = facts;
  const when = { label: say("letters.when_label"), value: say("letters.moment_label", { at: new Date(facts.at) }) };
  return {
    subject: say("letters.destination_shared_title", { destination }),
    pieces: [
      sentence(say("letters.destination_shared", { destination, brand })),
      { kind: "rows", rows: [when] },
      sentence(say("letters.destination_shared_warning")),
      lookButton(desk),
    ],
    short: say("letters.destination_shared_short", { brand }),
  };
}

function namesOf({ factor, label }: { readonly factor: string; readonly label: string }, desk: Desk): Row[] {
  const kind = { label: desk.say("letters.factor_label"), value: factorName(factor, desk) };
  return label === "" || label === kind.value
    ? [kind]
    : [kind, { label: desk.say("letters.label_label"), value: label }];
}

const isMessageId = (id: string): id is MessageId => Object.hasOwn(catalogue, id);

/** The name that the kind gives itself, so that a new kind needs no word here. */
function factorName(factor: string, { say, language }: Desk): string {
  const id = `${factor}.kind_name`;
  return isMessageId(id) ? sayAny(language, id) : say("letters.some_factor_name");
}
