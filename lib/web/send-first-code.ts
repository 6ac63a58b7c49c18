import { prepareAnswer } from "@/lib/challenge/prepare-answer";
import type { Ctx } from "@/lib/context/context";
import { DomainError } from "@/lib/kernel/errors";
import type { FactorKind } from "@/lib/policy/traits";

type FirstCode = Omit<Parameters<typeof prepareAnswer>[1], "factorId" | "onlyFirst">;

/**
 * Sends the code that the next page asks for, if it asks for one. Called where a person comes from a button anyway, because a page writes
 * nothing. What cannot be sent now holds nobody up: the next page says so and offers the other ways. Out: the way that the next page is of, or null.
 */
export async function sendFirstCode(ctx: Ctx, asked: FirstCode): Promise<FactorKind | null> {
  try {
    return await prepareAnswer(ctx, { ...asked, factorId: null, onlyFirst: true });
  } catch (error) {
    if (!(error instanceof DomainError) || !error.id.startsWith("post.")) throw error;
    return asked.kind;
  }
}
