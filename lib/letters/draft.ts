import { deviceName } from "@/lib/context/device-name";
import type { Say } from "@/lib/messages/say";
import type { Language } from "@/lib/messages/words-shape";

/** One piece of a letter, the same for its text and its HTML. */
export type Piece =
  | { readonly kind: "sentence"; readonly text: string }
  | { readonly kind: "code"; readonly code: string }
  | { readonly kind: "rows"; readonly rows: readonly Row[] }
  | { readonly kind: "button"; readonly label: string; readonly href: string };

export type Row = { readonly label: string; readonly value: string };

/** A letter before it is set: what it says, in the reader's language. `short` is the whole of it as a text message. */
export type Draft = {
  readonly subject: string;
  readonly pieces: readonly Piece[];
  readonly short: string;
  /** Why somebody gets it, where the common sentence would not be true. */
  readonly why?: string;
};

/** What every text may need besides its facts. */
export type Desk = {
  readonly say: Say;
  readonly language: Language;
  readonly brand: string;
  /** The portal's own address, without a slash at its end. */
  readonly appUrl: string;
  readonly repeats: number;
};

export const sentence = (text: string): Piece => ({ kind: "sentence", text });

/** What is common to all notices. */
export type NoticeFacts = { readonly at: string; readonly ip: string; readonly agent: string };

/** When it happened, where from and on which device, after whatever the letter has to name besides. */
export function circumstances(
  { at, ip, agent }: NoticeFacts,
  { say, language }: Desk,
  named: readonly Row[] = [],
): Piece {
  const rows = [
    ...named,
    { label: say("letters.when_label"), value: say("letters.moment_label", { at: new Date(at) }) },
    { label: say("letters.address_label"), value: ip || say("letters.unknown_device_name") },
    { label: say("letters.device_label"), value: deviceName(agent, language) },
  ];
  return { kind: "rows", rows };
}

/** The way to the reader's own account, behind both doors. */
export const lookButton = ({ say, appUrl }: Desk): Piece => ({
  kind: "button",
  label: say("letters.look_button"),
  href: `${appUrl}/security`,
});
