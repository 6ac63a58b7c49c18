import { asSentence } from "@/lib/account/activity/sentences";
import type { MessageId } from "@/lib/messages/catalogue";
import { sayAny } from "@/lib/messages/say";
import type { Language } from "@/lib/messages/words-shape";
import { letterKinds } from "@/lib/notices/letter-kinds";

const [code, administrators] = ["activity.letter_code", "activity.letter_administrators"] as const;

/** Letters whose title says more than is kept of them: a name, a change, which of two things. */
const named: Readonly<Record<string, MessageId>> = {
  "code.login": code,
  "code.bind": code,
  "code.contact": code,
  "register.link": "activity.registration_asked",
  "register.taken": "activity.registration_asked",
  "channel.test": "activity.letter_test",
  "account.joined": "activity.letter_joined",
  "change.waits": "activity.letter_change_waits",
  "change.stopped": "activity.letter_change_stopped",
  "change.refused": "activity.letter_change_refused",
  "factor.closed": "activity.letter_closed",
  "destination.shared": "activity.letter_shared",
  digest: "activity.letter_again",
  "account.contained": administrators,
  "person.locked": administrators,
  "account.reverted": administrators,
  "change.untold": administrators,
  "budget.spent": administrators,
};

/** What a letter of this stored kind was about: its title, as far as that holds of every letter of the kind. One that this version does not know is "a letter". */
export function sayLetter(language: Language, kind: string): string {
  if (Object.hasOwn(named, kind)) return sayAny(language, named[kind] ?? "activity.letter_other");
  const words = Object.hasOwn(letterKinds, kind) ? letterKinds[kind]?.words : undefined;
  const id = Object.keys(words ?? {}).find((one) => one.endsWith("_title"));
  const title = words?.[id ?? ""]?.[language];
  return title === undefined ? sayAny(language, "activity.letter_other") : asSentence(title, language);
}
