import { catalogue, type MessageId } from "@/lib/messages/catalogue";
import { sayAny } from "@/lib/messages/say";
import type { Language } from "@/lib/messages/words-shape";

const isMessageId = (id: string): id is MessageId => Object.hasOwn(catalogue, id);

/**
 * What a change that waits, or waited, is called ("Remove a second factor"), by its kind's word: a new kind brings its name along. `detail`: which one
 * ("Remove a second factor (Grace’s telephone)"); "" for nothing.
 */
export function changeName(kind: string, language: Language, detail = ""): string {
  const id = `pending.${kind.replaceAll(".", "_")}_name`;
  const name = sayAny(language, isMessageId(id) ? id : "pending.some_change_name");
  return detail === "" ? name : `${name} (${detail})`;
}

/** Why a change was refused, as a sentence, by the id that its row keeps. */
export const refusalWords = (why: string, language: Language): string =>
  sayAny(language, isMessageId(why) ? why : "pending.some_reason");
