import { answerChallenge } from "@/lib/challenge/answer-challenge";
import type { Pass } from "@/lib/challenge/challenge";
import type { PreparedView } from "@/lib/challenge/view";
import type { Ctx } from "@/lib/context/context";
import { strategies } from "@/lib/factors/registry";
import type { Answer } from "@/lib/factors/strategy";
import { type FactorKind, fallback } from "@/lib/policy/traits";
import { atSecondDoor, type House } from "@/lib/testing/story";
import { makePerson, type TestPerson, withTotp } from "@/lib/testing/test-context";

/** An answer: what is typed into the kind's one field, or all fields by their names. */
export type Given = string | Answer;

/** What a kind brings along to be tested by the contract. */
export type UnderContract = {
  readonly kind: FactorKind;
  /** Gives a person the factor. Out: a right answer for a moment and a challenge, and every secret that must stay unseen. */
  readonly give: (
    ctx: Ctx,
    person: TestPerson,
  ) => Promise<{
    readonly right: (at: Date, pass: Pass) => Given | Promise<Given>;
    readonly secrets: readonly string[];
  }>;
  /** Well formed, never right. */
  readonly wrong: Given;
  /** What may stand in the kind's field, everything else missing, and is no answer. */
  readonly malformed: readonly unknown[];
  /** For kinds that are bound: what is typed to begin, and a right answer to what beginning showed, sent or asks the browser for. */
  readonly binding: {
    readonly given: Answer;
    readonly right: (begun: {
      readonly shown: Readonly<Record<string, string>>;
      readonly prepared: PreparedView | null;
      readonly userId: string;
      readonly at: Date;
    }) => Given | Promise<Given>;
  } | null;
};

export const fieldsOf = (kind: FactorKind, given: Given): Answer =>
  typeof given === "string" ? { [strategies[kind].field]: given } : given;

export const answer = (ctx: Ctx, pass: Pass, kind: FactorKind, given: Given) =>
  answerChallenge(ctx, { pass, kind, answer: fieldsOf(kind, given), sessionId: null });

export async function owner(house: House, factor: UnderContract) {
  const person = await makePerson(house.ctx);
  if (factor.kind === fallback) await giveBoundFactor(house, person);
  const { right, secrets } = await factor.give(house.ctx, person);
  return {
    person,
    right: async (pass: Pass) => right(house.clock.now(), pass),
    secrets,
    knock: () => atSecondDoor(house.stranger(), person.userId),
  };
}

/** One field, and a person fills it. */
export const isTyped = ({ wrong }: UnderContract): boolean => typeof wrong === "string";

/** Codes never stand alone: their owner has something bound. */
export async function giveBoundFactor(house: House, person: TestPerson): Promise<void> {
  await withTotp(house.ctx, person);
}
