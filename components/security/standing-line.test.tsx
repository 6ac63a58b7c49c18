import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { StandingLine } from "@/components/security/standing-line";
import type { NextStep, Standing, StandingName } from "@/lib/account/standing";
import { sayIn } from "@/lib/messages/say";
import { type Language, languages } from "@/lib/messages/words-shape";

const adding = { does: "add_second", href: "/security/factors/new" } as const;
const said = (is: StandingName, step: NextStep | null, language: Language = "en", more: Partial<Standing> = {}) =>
  renderToStaticMarkup(
    <StandingLine standing={{ is, open: 1, closed: 1, codes: 8, unsaved: 8, step, ...more }} say={sayIn(language)} />,
  );
const wordsOf = (html: string) => html.replace(/<[^>]+>/g, "");

test.each([
  ["bare", "Only your password protects this account."],
  ["all_closed", "until it is set up again, the second step is a recovery code, and you have 8."],
  ["some_closed", "one of your second factors is closed and protects nothing."],
  ["closed_elsewhere", "one of your second factors works only in browsers that know you."],
  ["mailbox_alone", "only your mailbox protects this account"],
  ["no_codes", "protected by one factor besides your password, but you have no recovery code."],
  ["unsaved_codes", "besides your password, but 8 recovery codes were never confirmed as saved."],
  ["one_way", "Your account is protected by one factor besides your password, and you have 8 recovery codes."],
  ["few_codes", "but you have only 8 recovery codes left."],
  ["good", "Your account is protected by one factor besides your password, and you have 8 recovery codes."],
] as const)("%s reads: %s", (is, words) => expect(wordsOf(said(is, null))).toContain(words));

const names: readonly StandingName[] = [
  ...(["bare", "all_closed", "some_closed", "closed_elsewhere", "mailbox_alone"] as const),
  ...(["no_codes", "unsaved_codes", "one_way", "few_codes", "good"] as const),
];

test.each(languages)("each is one sentence in %s, with at most one thing to do", (language) => {
  for (const is of names) {
    expect(wordsOf(said(is, null, language)).match(/[.。]/g), is).toHaveLength(1);
    expect(said(is, null, language)).not.toContain("<a ");
    expect(said(is, adding, language).match(/<a /g), is).toHaveLength(1);
  }
});

test("somebody with one way in is told to add a second", () => {
  const html = said("one_way", adding);
  expect(html).toContain('href="/security/factors/new"');
  expect(wordsOf(html)).toContain("Add a second way in: you have only one");
});

test("nothing closed is counted as protection, and no code left is said", () => {
  expect(wordsOf(said("all_closed", null, "en", { codes: 0 }))).toContain("and you have none.");
  expect(wordsOf(said("all_closed", null, "en", { codes: 0 }))).not.toContain("protected by");
});
