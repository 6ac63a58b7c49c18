import { minutes, seconds } from "@/lib/kernel/duration";
import { logLine } from "@/lib/kernel/log";
import { portalRules } from "@/lib/policy/portal-rules";

/** When a clock cannot be trusted. Codes of authenticator apps, sessions and links depend on the hour. */
export const clockRules = {
  /** Farther from the database's clock, one of the two is wrong: not ready, and a line in the log. */
  apart: seconds(2),
  /** Farther still, nothing is decided any more. */
  wrong: portalRules.clocksApart,
  /** More than this between the wall clock and the machine's stopwatch is a clock that was set, or a machine that slept. */
  jump: seconds(5),
  /** A measurement is good for as long; then another one is asked for. */
  fresh: seconds(6),
  /** How often at most the log says the same. */
  telling: minutes(1),
} as const;

/** The clocks of one portal, in milliseconds. `measure`: how far its wall clock is ahead of the database's; null where that cannot be told. */
export type Clocks = {
  readonly wall: () => number;
  readonly steady: () => number;
  readonly measure: () => Promise<number | null>;
};

export type ClockWatch = {
  /** May anything be decided now? Costs a subtraction; a jump that it finds is measured at once. */
  readonly mayDecide: () => boolean;
  /** Takes what somebody has measured, in milliseconds: that may close, and does not open. */
  readonly noteSkew: (ahead: number) => void;
  /** To be called every second: measures where nobody else has, and until both clocks agree again. */
  readonly tick: () => Promise<void>;
};

type State = {
  /** Wall clock less stopwatch, at the last look. */
  offset: number;
  /** Nothing is decided. So it is until the first measurement, too. */
  isWrong: boolean;
  /** How many jumps there were: a measurement into which one falls says nothing. */
  jumps: number;
  /** By the stopwatch: when the distance was last known, and when which line was last written. */
  known: number;
  readonly told: Map<string, number>;
  asking: Promise<void> | null;
};

/**
 * Watches whether the hour can be trusted, wall clock against stopwatch and against the database's clock. After a jump of more than five seconds, and
 * more than thirty seconds away from the database, nothing may be decided until a measurement begun since finds both within two seconds: a machine that
 * slept, whose clock is right, goes on with the first one. A distance that nobody can tell leaves things as they are.
 */
export function makeClockWatch(clocks: Clocks): ClockWatch {
  const never = Number.NEGATIVE_INFINITY;
  const offset = clocks.wall() - clocks.steady();
  const state: State = { offset, isWrong: true, jumps: 0, known: never, told: new Map(), asking: null };
  const ask = () => {
    state.asking ??= measure(state, clocks).finally(() => {
      state.asking = null;
    });
    return state.asking;
  };
  const mayDecide = () => {
    if (hasJumped(state, clocks)) void ask();
    return !state.isWrong;
  };
  return {
    mayDecide,
    noteSkew: (ahead) => judge(state, clocks, ahead),
    tick: async () => {
      if (!mayDecide() || clocks.steady() - state.known > clockRules.fresh) await ask();
    },
  };
}

/** The reference moves along: a clock that is slowed or sped up to the right hour (NTP) does not jump. */
function hasJumped(state: State, { wall, steady }: Clocks): boolean {
  const offset = wall() - steady();
  const jump = offset - state.offset;
  state.offset = offset;
  if (Math.abs(jump) <= clockRules.jump) return false;
  state.jumps += 1;
  state.isWrong = true;
  logLine("warning", "clock.jumped", { seconds: asSeconds(jump) });
  return true;
}

async function measure(state: State, clocks: Clocks): Promise<void> {
  const before = state.jumps;
  const ahead = await clocks.measure().catch(() => null);
  hasJumped(state, clocks);
  if (ahead === null || state.jumps !== before) return;
  judge(state, clocks, ahead);
  if (!state.isWrong || Math.abs(ahead) > clockRules.apart) return;
  state.isWrong = false;
  if (state.told.size > 0 || before > 0) logLine("info", "clock.agrees", { seconds: asSeconds(ahead) });
  state.told.clear();
}

function judge(state: State, { steady }: Clocks, ahead: number): void {
  const now = steady();
  state.known = now;
  if (Math.abs(ahead) <= clockRules.apart) return;
  if (Math.abs(ahead) > clockRules.wrong) state.isWrong = true;
  const level = state.isWrong ? "error" : "warning";
  if (now - (state.told.get(level) ?? Number.NEGATIVE_INFINITY) < clockRules.telling) return;
  state.told.set(level, now);
  logLine(level, "clock.apart", { seconds: asSeconds(ahead), serving: !state.isWrong });
}

const asSeconds = (milliseconds: number) => Math.round(milliseconds / 100) / 10;
