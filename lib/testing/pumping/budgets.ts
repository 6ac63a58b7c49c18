import { config } from "@/lib/config/config";
import { ensure } from "@/lib/kernel/assert";
import { days } from "@/lib/kernel/duration";
import { networksOf } from "@/lib/kernel/networks";
import { openLetter } from "@/lib/letters/open-letter";
import { policy } from "@/lib/policy/policy";
import { ruleOf, type ThrottleRuleName } from "@/lib/policy/throttle-rules";
import type { Asked, Town } from "@/lib/testing/pumping/town";
import { leastGap, mostInWindow } from "@/lib/testing/pumping/windows";

/** One message that was sent, and what was asked for it. */
export type SentMessage = Asked & { readonly at: number; readonly userId: string; readonly to: string };

/** A budget beside what the letters tell: the fullest window of any one subject, and how many subjects used all of theirs. */
export type Figure = {
  readonly name: string;
  readonly limit: number;
  readonly most: number;
  readonly subjects: number;
  readonly full: number;
};

/** The text messages of the town, oldest first, each with the request that caused it. */
export async function listSent({ db, diary }: Town): Promise<readonly SentMessage[]> {
  const rows = await db.letter.findMany({ where: { channel: "sms", urgent: true }, orderBy: { createdAt: "asc" } });
  return rows.map((row) => {
    const at = row.createdAt.getTime();
    const [letter, asked] = [openLetter(row), diary.get(at)];
    ensure(letter && asked && row.userId, `the letter of ${row.createdAt.toISOString()} was asked for`);
    return { ...asked, at, userId: row.userId, to: letter.to };
  });
}

type Budget = {
  readonly name: string;
  readonly rule: { readonly limit: number; readonly window: number };
  /** Whose; null: not counted here. */
  readonly of: (sent: SentMessage) => string | null;
};

const claimed =
  (of: Budget["of"]): Budget["of"] =>
  (sent) =>
    sent.isBound ? null : of(sent);
const bound =
  (of: Budget["of"]): Budget["of"] =>
  (sent) =>
    sent.isBound ? of(sent) : null;
const stepOf = ({ isBound, step, to }: SentMessage) => (isBound ? step : `${step} ${to}`);

const counted: readonly (readonly [ThrottleRuleName, Budget["of"]])[] = [
  ["send.challenge", stepOf],
  ["send.account", ({ userId }) => userId],
  ["send.account_day", ({ userId }) => userId],
  ["send.bound", bound(({ to }) => to)],
  ["send.bound_day", bound(({ to }) => to)],
  ["send.claimed", claimed(({ to }) => to)],
  ["send.claimed_day", claimed(({ to }) => to)],
  ["send.block", claimed(({ to }) => to.slice(0, -4))],
  ["send.near", claimed(({ ip }) => networksOf(ip).near)],
  ["send.wide", claimed(({ ip }) => networksOf(ip).wide)],
];

/** The table of budgets as it is in force, with the day of the whole house and the half of it that strangers may use. */
function budgetsOf(sent: readonly SentMessage[]): readonly Budget[] {
  const perDay = config().budgets.smsPerDay;
  const firsts = new Set(new Map([...sent].reverse().map((one) => [`${one.userId} ${one.to}`, one])).values());
  const half = { limit: Math.ceil(perDay / 2), window: days(1) };
  return [
    ...counted.map(([name, of]) => budget(name, of)),
    budget(
      "send.claims",
      claimed((one) => (firsts.has(one) ? one.userId : null)),
    ),
    { name: "the day of the house", rule: { limit: perDay, window: days(1) }, of: () => "house" },
    { name: "the strangers' half of it", rule: half, of: claimed(() => "house") },
  ];
}

function budget(name: ThrottleRuleName, of: Budget["of"]): Budget {
  const rule = ruleOf(name);
  ensure(rule.kind === "window", `${name} is a window`);
  return { name, rule, of };
}

/** Every budget beside what was sent since the town began. */
export function figuresOf(sent: readonly SentMessage[], opens: Date): readonly Figure[] {
  return budgetsOf(sent).map(({ name, rule, of }) => {
    const times = timesBy(sent, of);
    const fullest = times.map((one) => mostInWindow(one, rule.window, opens.getTime()));
    const full = fullest.filter((count) => count >= rule.limit).length;
    return { name, limit: rule.limit, most: Math.max(0, ...fullest), subjects: times.length, full };
  });
}

/** What the letters say against the table; empty when no budget was exceeded. */
export function exceeded(sent: readonly SentMessage[], figures: readonly Figure[]): readonly string[] {
  const gap = Math.min(...timesBy(sent, stepOf).map(leastGap));
  return [
    ...figures.filter(({ limit, most }) => most > limit).map(({ name, most, limit }) => `${name}: ${most} of ${limit}`),
    ...(gap < policy.sentCode.resendAfter ? [`two codes of one step ${gap / 1000} s apart`] : []),
  ];
}

function timesBy(sent: readonly SentMessage[], whose: Budget["of"]): readonly (readonly number[])[] {
  const times = new Map<string, number[]>();
  for (const one of sent) {
    const key = whose(one);
    if (key !== null) times.set(key, [...(times.get(key) ?? []), one.at]);
  }
  return [...times.values()];
}
