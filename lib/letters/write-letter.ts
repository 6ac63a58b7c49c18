import { config } from "@/lib/config/config";
import type { MailMessage, SmsMessage } from "@/lib/delivery/channel";
import { showEmail } from "@/lib/kernel/email-address";
import { late } from "@/lib/kernel/late";
import type { Draft, Piece } from "@/lib/letters/draft";
import type { LetterKinds } from "@/lib/letters/letter-kind";
import type { OpenLetter } from "@/lib/letters/open-letter";
import { sayIn } from "@/lib/messages/say";

/** A text message: the short form, nothing else. Null when the letter's kind is none of these, or its facts are not those of this version's text. */
export function writeSms(letter: OpenLetter, kinds: LetterKinds): SmsMessage | null {
  const drafted = draft(letter, kinds);
  return drafted === null ? null : { to: letter.to, text: drafted.short };
}

const composer = late(() => import("@/lib/letters/compose-html"));

/**
 * A mail: the same draft as plain text and as HTML; null as for `writeSms`. React Email is loaded with the first one:
 * a portal that has sent nothing does not pay for it.
 */
export async function writeMail(letter: OpenLetter, kinds: LetterKinds): Promise<MailMessage | null> {
  const drafted = draft(letter, kinds);
  if (drafted === null) return null;
  const { brand } = config();
  const { subject, pieces } = drafted;
  const foot = footOf(letter, drafted.why);
  const { composeHtml } = await composer();
  const html = await composeHtml({ subject, pieces, foot, brand, language: letter.language });
  return { to: letter.to, subject, text: asText({ subject, pieces, foot, brand: brand.name }), html };
}

function draft({ kind, facts, language, repeats }: OpenLetter, kinds: LetterKinds): Draft | null {
  const { brand, appUrl } = config();
  const known = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  if (known === undefined) return null;
  return known.draft(facts, { say: sayIn(language), language, brand: brand.name, appUrl, repeats });
}

/** Why somebody gets this, and whom they may ask. */
function footOf({ language, hasAccount }: OpenLetter, own: string | undefined): readonly string[] {
  const { brand } = config();
  const say = sayIn(language);
  const why = own ?? say(hasAccount ? "letters.why" : "letters.why_stranger", { brand: brand.name });
  if (brand.support === null) return [why];
  const [, address] = /^mailto:(.*)$/.exec(brand.support) ?? [];
  return [why, say("letters.support", { support: address === undefined ? brand.support : showEmail(address) })];
}

type Sheet = {
  readonly subject: string;
  readonly pieces: readonly Piece[];
  readonly foot: readonly string[];
  readonly brand: string;
};

/** For whoever reads without HTML: every word, every link in full, the code on a line of its own. */
function asText({ subject, pieces, foot, brand }: Sheet): string {
  return [brand, subject, ...pieces.map(pieceAsText), "-- ", ...foot].join("\n\n").concat("\n");
}

function pieceAsText(piece: Piece): string {
  switch (piece.kind) {
    case "sentence":
      return piece.text;
    case "code":
      return `    ${piece.code}`;
    case "rows":
      return piece.rows.map(({ label, value }) => `${label}: ${value}`).join("\n");
    case "button":
      return `${piece.label}:\n${piece.href}`;
  }
}
