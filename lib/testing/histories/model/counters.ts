import { day, type WaitingRule, type WindowRule, waits } from "@/lib/testing/histories/model/rules";

/** A counter with waits. `fails`: since the last success; `life`: what counts towards the cap of a binding; `at`: when it last counted. */
export type Waiting = { fails: number; life: number; until: number; at: number };

/** So many within a length of time that the first of them begins. */
export type Window = { from: number; count: number };

export const newWaiting = (): Waiting => ({ fails: 0, life: 0, until: 0, at: 0 });
export const newWindow = (): Window => ({ from: Number.NEGATIVE_INFINITY, count: 0 });

/** How long is still to be waited, or that nothing is judged any more; 0: a try may be consumed. */
export function heldUp(of: Waiting, rule: WaitingRule, now: number): number | "closed" {
  if ((rule.inRow > 0 && of.fails >= rule.inRow) || (rule.life > 0 && of.life >= rule.life)) return "closed";
  return Math.max(of.until - now, 0);
}

/** Consumes one try of a counter that holds nobody up. */
export function consumeWaiting(of: Waiting, rule: WaitingRule, now: number): void {
  const decayed = rule.decays ? Math.floor((now - of.at) / day) : 0;
  of.fails = Math.max(of.fails - decayed, 0) + 1;
  of.life += 1;
  of.at = now;
  const beyond = of.fails - rule.free;
  of.until = beyond > 0 ? now + (waits[Math.min(beyond, waits.length) - 1] ?? 0) : 0;
}

/** A try that nobody owes: a right code that was used before. */
export function refundWaiting(of: Waiting): void {
  of.fails = Math.max(of.fails - 1, 0);
  of.life = Math.max(of.life - 1, 0);
  of.until = 0;
}

export const countIn = (of: Window, rule: WindowRule, now: number): number =>
  of.from > now - rule.length ? of.count : 0;

export const isFull = (of: Window, rule: WindowRule, now: number): boolean => countIn(of, rule, now) >= rule.limit;

/** When a window that is full has room again. */
export const opensIn = (of: Window, rule: WindowRule, now: number): number => of.from + rule.length - now;

/** Consumes one in a window that has room. */
export function consumeWindow(of: Window, rule: WindowRule, now: number): void {
  if (of.from <= now - rule.length) {
    of.from = now;
    of.count = 0;
  }
  of.count += 1;
}
