import type { Ctx } from "@/lib/context/context";
import { sendingSettings } from "@/lib/testing/letters";

/** The house in which the races are run: it sends codes, and its day's budgets hold nobody up; browsers may be trusted, and whoever asks gets an account. */
export const raceSettings = {
  ...sendingSettings,
  SECOND_FACTOR_KINDS: "passkey,totp,sms,email",
  SMS_PER_DAY: "1000000",
  MAIL_PER_DAY: "1000000",
  TRUST_DEVICES: "14",
  REGISTRATION: "open",
} as const;

/** What the racers of one round share: plain words, because it travels to another process. */
export type Course = Readonly<Record<string, string | readonly string[]>>;

/** One race: exactly one of fifty attempts may succeed, or as many as `winners` says, and the database's own rows must tell the same. */
export type Race = {
  readonly name: string;
  readonly winners?: number;
  /** Makes a fresh person and what they race for. */
  readonly prepare: (ctx: Ctx, round: number) => Promise<Course>;
  /** One attempt; a refusal throws a DomainError. True: it succeeded. */
  readonly attempt: (ctx: Ctx, course: Course, index: number) => Promise<boolean>;
  /** What the rows say afterwards, and what they must say. */
  readonly count: (
    ctx: Ctx,
    course: Course,
  ) => Promise<readonly (readonly [what: string, found: number, expected: number])[]>;
};

/** One word of a course. Throws when the course has none of that name. */
export function word(course: Course, name: string): string {
  const value = course[name];
  if (typeof value !== "string") throw new Error(`The course has no ${name}.`);
  return value;
}

/** The word at a racer's turn, going round. */
export function turn(course: Course, name: string, index: number): string {
  const value = course[name];
  const one = typeof value === "string" ? value : value?.[index % value.length];
  if (one === undefined) throw new Error(`The course has no ${name}.`);
  return one;
}
