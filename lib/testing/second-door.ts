import { type Answered, answerChallenge } from "@/lib/challenge/answer-challenge";
import type { Pass } from "@/lib/challenge/challenge";
import type { Ctx } from "@/lib/context/context";
import { strategies } from "@/lib/factors/registry";
import type { FactorKind } from "@/lib/policy/traits";

/** The second door of a login, answered as a person types. */
export function answer(ctx: Ctx, pass: Pass, kind: FactorKind, code: string): Promise<Answered> {
  return answerChallenge(ctx, {
    pass,
    kind,
    answer: { [strategies[kind].field]: code },
    sessionId: null,
  });
}
