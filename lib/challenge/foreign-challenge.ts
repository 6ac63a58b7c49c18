import { recordRefusedAccess } from "@/lib/audit/record-refused-access";
import type { Challenge } from "@/lib/challenge/challenge";
import type { Ctx } from "@/lib/context/context";
import { DomainError } from "@/lib/kernel/errors";

/** A step-up is answered from another session than the one that asked for it: that reads like one that is over, and leaves a row. Out: the error to throw. */
export async function foreignChallenge(ctx: Ctx, { userId }: Pick<Challenge, "userId">): Promise<DomainError> {
  await recordRefusedAccess(ctx, {
    name: "authz.refused",
    subjectId: userId,
    actorId: null,
    meta: { what: "challenge" },
  });
  return new DomainError("challenge.expired");
}
