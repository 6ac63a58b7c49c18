/** A length of time in milliseconds. Made only by the functions below, so that nobody counts zeros. */
export type Duration = number & { readonly unit: "milliseconds" };

const length = (milliseconds: number) => milliseconds as Duration;

export const milliseconds = (count: number): Duration => length(count);
export const seconds = (count: number): Duration => length(count * 1000);
export const minutes = (count: number): Duration => seconds(count * 60);
export const hours = (count: number): Duration => minutes(count * 60);
export const days = (count: number): Duration => hours(count * 24);

/** The same length in whole seconds, rounded up: what cookies, headers and sentences want. */
export const inSeconds = (duration: Duration): number => Math.ceil(duration / 1000);

/** The moment `duration` after `moment`. */
export const later = (moment: Date, duration: Duration): Date => new Date(moment.getTime() + duration);

/** The moment `duration` before `moment`. */
export const earlier = (moment: Date, duration: Duration): Date => new Date(moment.getTime() - duration);

/** How long from `start` to `end`; negative when it has passed. */
export const between = (start: Date, end: Date): Duration => length(end.getTime() - start.getTime());

/** True from the very moment of `end` on. */
export const isOver = (end: Date, now: Date): boolean => end.getTime() <= now.getTime();

/** A wait as it is told: a count of one unit, and the same in seconds. */
export type Wait = {
  readonly amount: number;
  readonly unit: "second" | "minute" | "hour";
  readonly seconds: number;
};

/**
 * How long somebody is asked to wait, rounded up to what a person would say: seconds up to a minute and a half, minutes up to an hour and a
 * half, hours after that; at least one second. Sentences and numbers for programs both come from here, so that they say the same.
 */
export function waitUntil(now: Date, end: Date): Wait {
  const exact = Math.max(1, inSeconds(between(now, end)));
  const [unit, length] =
    exact <= 90 ? (["second", 1] as const) : exact <= 5400 ? (["minute", 60] as const) : (["hour", 3600] as const);
  const amount = Math.ceil(exact / length);
  return { amount, unit, seconds: amount * length };
}
