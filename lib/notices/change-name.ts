import { catalogue, type MessageId } from "@/lib/messages/catalogue";
import { sayAny } from "@/lib/messages/say";
import type { Language } from "@/lib/messages/words-shape";

const isMessageId = (id: string): id is MessageId => Object.hasOwn(catalogue, id);

/** What a change that waits, or waited, is called ("Remove the last second factor"), by its kind's word: a new kind brings its name along. */
export function changeName(kind: string, language: Language): string {
  const id = `pending.${kind.replaceAll(".", "_")}_name`;
  return sayAny(language, isMessageId(id) ? id : "pending.some_change_name");
}

/** Why a change was refused, as a sentence, by the id that its row keeps. */
export const refusalWords = (why: string, language: Language): string =>
  sayAny(language, isMessageId(why) ? why : "pending.some_reason");
