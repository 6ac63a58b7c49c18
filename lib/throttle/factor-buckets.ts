import type { ThrottleRuleName } from "@/lib/policy/throttle-rules";
import { bucketKey, storedName } from "@/lib/throttle/bucket";

const ofDevices: ThrottleRuleName = "factor.device";

/** Which counter a judged answer of one kind is consumed from: strangers share the account's, each known device has its own. */
export type FactorCounter = {
  readonly rule: ThrottleRuleName;
  readonly userId: string;
  readonly deviceId: string | null;
};

/** The bucket of a known device's own tries at one kind. */
export const deviceKey = (counter: FactorCounter, deviceId: string) =>
  bucketKey(ofDevices, `${counter.rule}:${deviceId}`);

/** The buckets that a try of this counter is consumed from. */
export function keysOfCounter(counter: FactorCounter): string[] {
  const account = bucketKey(counter.rule, counter.userId);
  return counter.deviceId === null ? [account] : [deviceKey(counter, counter.deviceId), account];
}

/** What a bucket is, of those that `keysOfCounter` names: whose, and by the rule of which kind. For names that come back out of a challenge's row. */
export function readFactorKey(key: string): { readonly rule: string; readonly isDevices: boolean } {
  const [first = "", second = ""] = key.split(":");
  return first === storedName(ofDevices) ? { rule: second, isDevices: true } : { rule: first, isDevices: false };
}
