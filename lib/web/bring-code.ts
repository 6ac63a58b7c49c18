import { prepareAnswer } from "@/lib/challenge/prepare-answer";
import type { Ctx } from "@/lib/context/context";
import { DomainError } from "@/lib/kernel/errors";

type Bringing = Omit<Parameters<typeof prepareAnswer>[1], "factorId" | "onlyFirst">;

/**
 * Posts the code that the next page asks for, if it asks for one. Called where a person comes from a button anyway, because a page writes
 * nothing. What cannot be posted now holds nobody up: the next page says so and offers the other ways.
 */
export async function bringCode(ctx: Ctx, asked: Bringing): Promise<void> {
  try {
    await prepareAnswer(ctx, { ...asked, factorId: null, onlyFirst: true });
  } catch (error) {
    if (!(error instanceof DomainError) || !error.id.startsWith("post.")) throw error;
  }
}
