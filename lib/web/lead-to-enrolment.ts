import type { Pass } from "@/lib/challenge/challenge";
import { beginAtLogin } from "@/lib/challenge/enrol-at-login";
import { readChallenge } from "@/lib/challenge/read-challenge";
import type { Ctx } from "@/lib/context/context";
import { strategies } from "@/lib/factors/registry";
import { DomainError } from "@/lib/kernel/errors";
import type { BoundKind } from "@/lib/policy/traits";
import { keepPass } from "@/lib/web/keep-pass";

/**
 * Where somebody goes who must bind a factor to get in. Nobody is asked to choose among one: the only kind on offer is begun here, where they
 * come from a button anyway, or its page asks for the address. What cannot be begun now is left to the page of all kinds. Out: a path of ours.
 */
export async function leadToEnrolment(ctx: Ctx, pass: Pass): Promise<string> {
  const [only, ...more] = (await readChallenge(ctx, pass))?.enrols ?? [];
  if (only === undefined || more.length > 0) return "/enrol";
  if (strategies[only].enrolment?.beginsWith) return `/enrol/${only}`;
  return (await begin(ctx, pass, only)) ? `/enrol/${only}` : "/enrol";
}

async function begin(ctx: Ctx, pass: Pass, kind: BoundKind): Promise<boolean> {
  try {
    const begun = await beginAtLogin(ctx, { pass, kind, given: {} });
    if (begun.pass) await keepPass(begun.pass, begun.userId, { enrolling: true });
    return true;
  } catch (error) {
    if (error instanceof DomainError) return false;
    throw error;
  }
}
