import { capOfBinding, ruleOf, type ThrottleRuleName } from "@/lib/policy/throttle-rules";
import type { BucketState } from "@/lib/throttle/store";

/** The lockout of a kind (ASVS 5.0, 6.3.1): for whom its wrong answers are used up and it is closed: nobody, only browsers that are not known, or the very one that asks. */
export type Closed = "nowhere" | "elsewhere" | "here";

type Counts = Pick<BucketState, "fails" | "orphans">;

/**
 * What the counter of a kind means for one browser; the same arithmetic by which a try is consumed. Strangers stop at the rule's own caps, a
 * known device only at the cap of the binding. Pure.
 */
export function closedFor(name: ThrottleRuleName, { fails, orphans }: Counts, isKnownDevice: boolean): Closed {
  const rule = ruleOf(name);
  if (rule.kind !== "waiting") return "nowhere";
  const [consecutive, orphaned] = [rule.consecutiveCap ?? Infinity, rule.orphanCap ?? Infinity];
  if (isKnownDevice && orphans >= capOfBinding) return "here";
  if (fails < consecutive && orphans < orphaned) return "nowhere";
  return isKnownDevice ? "elsewhere" : "here";
}
