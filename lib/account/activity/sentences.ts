import { type EventName, events, type OwnersView, type Result } from "@/lib/audit/events";
import { sayAny } from "@/lib/messages/say";
import type { Language } from "@/lib/messages/words-shape";
import { isTelling, noticesOf } from "@/lib/notices/which-notice";

/** What a filter of the activity page asks for. */
export const activityFilters = ["all", "logins", "changes", "refused"] as const;
export type ActivityFilter = (typeof activityFilters)[number];

const views: readonly (readonly [name: string, owner: OwnersView, results: readonly Result[]])[] = Object.entries(
  events,
).map(([name, { owner, results }]) => [name, owner, results]);
const shown = views.flatMap(([name, owner, results]) =>
  "sentence" in owner ? [{ name, ...owner, canFail: results.some((result) => result !== "ok") }] : [],
);

/** The events that a filter shows, by name; "refused" asks for their result besides, and only for those that can go so. */
export const namesOf = (filter: ActivityFilter): readonly string[] =>
  shown
    .filter(({ group, canFail }) => filter === "all" || group === filter || (filter === "refused" && canFail))
    .map(({ name }) => name);

/** What somebody can bring about at an account without a session of it, so that it went well and tells nothing new the tenth time in an hour: with its name, its password or its mailbox. */
export const causedFromOutside: readonly EventName[] = [
  "registration.asked",
  "reset.letter_sent",
  "reset.begun",
  "unlock.letter_sent",
  "unlock.opened",
  "login.password_accepted",
  "code.posted",
  "challenge.cancelled",
  "challenge.died",
  "letter.parked",
];

/** Is an event of this stored name shown? One that an earlier version wrote and this one does not know is not. */
export const isShown = (name: string): boolean => shown.some((one) => one.name === name);

/** What the sentences may ask for. */
type Asked = { readonly kind: string; readonly why: string; readonly count: number };

/** An event in its subject's words; "" for one that is not shown. */
export function sayEvent(language: Language, name: string, asked: Asked): string {
  const found = shown.find((one) => one.name === name);
  if (!found) return "";
  return found.sentence === "its notice's" ? titleOf(language, name) : sayAny(language, found.sentence, asked);
}

/** A title among sentences, with a full stop as they have. */
export const asSentence = (title: string, language: Language): string =>
  /[.?!。？！]$/.test(title) ? title : `${title}${language === "zh" ? "。" : "."}`;

/** The title of the notice that the event's own subject gets. */
function titleOf(language: Language, name: string): string {
  const told = isTelling(name) ? noticesOf(name, false).find(({ reaches }) => reaches.to === "owner") : undefined;
  const [, title] = Object.entries(told?.words ?? {}).find(([id]) => id.endsWith("_title")) ?? [];
  return title === undefined ? "" : asSentence(title[language], language);
}
