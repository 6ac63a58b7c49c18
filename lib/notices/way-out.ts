import { type Desk, lookButton, type Piece, sentence } from "@/lib/letters/draft";

/** What to press when it was somebody else; the link alone does nothing. */
export function wayOut(link: string, desk: Desk): Piece[] {
  const { say, brand } = desk;
  if (link === "") return [sentence(say("letters.not_you", { brand })), lookButton(desk)];
  return [sentence(say("letters.not_you_alarm")), { kind: "button", label: say("letters.not_me_button"), href: link }];
}
