import type { WithPlace } from "@/lib/cli/bare-place";
import type { Terminal } from "@/lib/cli/terminal";
import type { Ctx } from "@/lib/context/context";
import type { House } from "@/lib/doctor/house";
import { type Duration, days, hours } from "@/lib/kernel/duration";

/** What a command came to. `data` is what `--json` prints, `text` what a person reads. */
export type Outcome =
  | {
      readonly kind: "done";
      readonly data: Readonly<Record<string, unknown>>;
      readonly text: string;
      /** Stdout is the result itself: the sentence goes to stderr. */
      readonly besides?: true;
      /** The text holds what is shown this once: the sentence that says what to do where nobody could see it. */
      readonly shownOnce?: string;
    }
  | {
      readonly kind: "refused";
      readonly id: string;
      readonly text: string;
      readonly data?: Readonly<Record<string, unknown>>;
      /** Results that were found all the same: they go to stdout, the sentence to stderr. */
      readonly report?: string;
    }
  | { readonly kind: "misused"; readonly text: string };

/** What the operator typed after the command's own words. */
export type Typed = {
  readonly positionals: readonly string[];
  readonly flags: Readonly<Record<string, string | boolean | undefined>>;
};

export type Flag = {
  readonly type: "string" | "boolean";
  readonly meaning: string;
  readonly shown: string;
  /** May be given again and again: the values arrive with commas between them, as if they had been typed as one list. */
  readonly repeats?: true;
};

/** One thing that the operator, the system administrator of this portal, can have done from the shell. */
export type Command = HouseCommand | LoneCommand | NightCommand;

type Described = {
  /** The words that call it: `people add`. */
  readonly name: string;
  /** What must follow, in order: `EMAIL`. */
  readonly takes: readonly string[];
  readonly flags: Readonly<Record<string, Flag>>;
  /** One line for the list of commands. */
  readonly summary: string;
  /** What it does and what it leaves alone, for its own help. */
  readonly details: string;
};

/** Works in a house that is there. */
export type HouseCommand = Described & {
  /** Only shows what is stored: it does so whatever the hour. */
  readonly looksOnly?: true;
  /** Runs with an open database. Throws DomainErrors; any other error is a fault. */
  readonly run: (given: Given & { readonly ctx: Ctx }) => Promise<Outcome>;
};

/** Works where no portal has been started yet, or without any database. */
export type LoneCommand = Described & {
  readonly runAlone: (given: Omit<Given, "url"> & { readonly withPlace: WithPlace }) => Promise<Outcome>;
};

/** Runs whatever is wrong, also with a wrong configuration: what others are refused for is what it tells. */
export type NightCommand = Described & {
  readonly runAnyway: (given: Omit<Given, "url"> & { readonly house: House }) => Promise<Outcome>;
};

type Given = {
  /** Of the database, past a pooler: for what needs a connection of its own. */
  readonly url: string;
  readonly typed: Typed;
  readonly terminal: Terminal;
};

/** A table for the terminal: columns as wide as their widest cell, two spaces between. */
export function inColumns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** `1 session`, `2 sessions`. */
export const counted = (count: number, one: string): string => `${count} ${count === 1 ? one : `${one}s`}`;

/** A length of time as a help text says it: whole days from three on, whole hours below. */
export function lengthInWords(length: Duration): string {
  return length >= days(3) ? counted(length / days(1), "day") : counted(length / hours(1), "hour");
}
