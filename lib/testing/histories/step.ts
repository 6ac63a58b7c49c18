import { isDeepStrictEqual } from "node:util";
import type { AsyncCommand } from "fast-check";
import type { House } from "@/lib/testing/histories/house";
import { play } from "@/lib/testing/histories/model/play";
import { second } from "@/lib/testing/histories/model/rules";
import type { State } from "@/lib/testing/histories/model/state";
import { view } from "@/lib/testing/histories/model/view";
import type { Move } from "@/lib/testing/histories/moves";
import { resolve } from "@/lib/testing/histories/resolve";
import type { Places } from "@/lib/testing/histories/resolve/scene";
import type { World } from "@/lib/testing/histories/world";

/** One side: what the rules say. */
export type Model = {
  state: State;
  readonly places: Places;
  names: number;
  readonly story: string[];
  /** Enough was played. */
  readonly isDone: () => boolean;
};
/** The other side: several portals of which one serves at a time, and the world around them. */
export type Real = {
  readonly world: World;
  readonly lives: readonly House[];
  life: number;
  readonly note: (what: string) => void;
};

export const scene = ({ state, places, names }: Model) => ({ state, places, nextName: `n${names}` });

/** One step of a history: both sides do the same, and must agree on everything. */
export function stepOf(move: Move): AsyncCommand<Model, Real> {
  return {
    check: (model) => !model.isDone() && resolve(scene(model), move) !== null,
    run: async (model, real) => {
      tick(model, real);
      const act = resolve(scene(model), move);
      if (act === null) return;
      const { state } = model;
      model.names += 1;
      state.letters = [];
      const expected = play(state, act);
      if (act.do === "restart") real.life = (real.life + 1) % real.lives.length;
      const asked = "browser" in act ? act.browser : null;
      const house = houseOf(real, real.life);
      const heard = await house.play(real.world, act);
      real.note(act.do.startsWith("guess") ? act.do : `${act.do}: ${heard.said}`);
      const seen = await house.look(real.world, asked);
      model.story.push(`${JSON.stringify(act)} → ${JSON.stringify(heard)}`);
      const differences = [...differ("answer", expected, heard), ...differ("", view(state, asked), seen)];
      if (real.world.now !== state.now) differences.push(`the hour: ${state.now} and ${real.world.now}`);
      if (differences.length > 0) throw disagreement(model, differences);
    },
    toString: () => `${move.do}(${move.how} ${move.pick} ${move.other})`,
  };
}

/** Every step takes a second. */
export function tick({ state }: Model, { world }: Real): void {
  state.now += second;
  world.now = state.now;
}

export const disagreement = ({ story }: Model, differences: readonly string[]): Error =>
  new Error(["The rules and the house disagree after", ...story, ...differences].join("\n"));

export function houseOf({ lives }: Real, life: number): House {
  const house = lives[life % lives.length];
  if (!house) throw new Error(`There is no life ${life}.`);
  return house;
}

/** Where two values differ, path by path: what the rules say first, then what the house does. */
export function differ(path: string, rules: unknown, house: unknown): string[] {
  if (isDeepStrictEqual(rules, house)) return [];
  if (isRecord(rules) && isRecord(house)) {
    const keys = [...new Set([...Object.keys(rules), ...Object.keys(house)])];
    return keys.flatMap((key) => differ(`${path}.${key}`, rules[key], house[key]));
  }
  return [`  ${path}: rules ${JSON.stringify(rules)}, house ${JSON.stringify(house)}`];
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
