/** How bad it is. `fault`: people cannot get in, or something is being lost. `warning`: it will come to that. `hint`: worth knowing, and perhaps meant so. */
export type Level = "fault" | "warning" | "hint";

/** Something that is not as it should be, and what to do about it. */
export type Finding = {
  /** For programs, and for a report that must not say more. Never changes. */
  readonly id: string;
  readonly level: Level;
  /** What is wrong, in a sentence. */
  readonly what: string;
  /** What to do, in a sentence. */
  readonly cure: string;
};

const finding =
  (level: Level) =>
  (id: string, what: string, cure: string): Finding => ({ id, level, what, cure });

export const fault = finding("fault");
export const warning = finding("warning");
export const hint = finding("hint");

/** Sentences of another room that say both, first what is wrong: each list is a part of that. */
export function splitSentence(text: string, otherwise: string): { readonly what: string; readonly cure: string } {
  const end = /\n(?=[A-Z])/.exec(text) ?? /[.:](?= [A-Z"])/.exec(text);
  if (end === null) return { what: text, cure: otherwise };
  const what = text.slice(0, end.index).trim();
  return { what: /[.!?]$/.test(what) ? what : `${what}.`, cure: text.slice(end.index + 1).trim() };
}
