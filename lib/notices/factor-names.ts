import type { Desk, Row } from "@/lib/letters/draft";
import { catalogue, type MessageId } from "@/lib/messages/catalogue";
import { sayAny } from "@/lib/messages/say";

/** What a factor is, and what its owner calls it where that says more. */
export function namesOf({ factor, label }: { readonly factor: string; readonly label: string }, desk: Desk): Row[] {
  const kind = { label: desk.say("letters.factor_label"), value: factorName(factor, desk) };
  return label === "" || label === kind.value
    ? [kind]
    : [kind, { label: desk.say("letters.label_label"), value: label }];
}

const isMessageId = (id: string): id is MessageId => Object.hasOwn(catalogue, id);

/** The name that the kind gives itself, so that a new kind needs no word here. */
export function factorName(factor: string, { say, language }: Desk): string {
  const id = `${factor}.kind_name`;
  return isMessageId(id) ? sayAny(language, id) : say("letters.some_factor_name");
}
