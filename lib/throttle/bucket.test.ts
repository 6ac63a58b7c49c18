import { expect, test } from "vitest";
import { bucketKey } from "@/lib/throttle/bucket";
import { keysOfCounter, readFactorKey } from "@/lib/throttle/factor-buckets";

test.each([
  [bucketKey("password.strangers", "ada"), "password.untrusted:ada"],
  [bucketKey("password.device", "laptop"), "password.trusted:laptop"],
  [bucketKey("factor.device", "factor.totp:laptop"), "factor.trusted:factor.totp:laptop"],
  [bucketKey("notice.gathered", "device.new:ada"), "alarm:device.new:ada"],
  [bucketKey("factor.totp", "ada"), "factor.totp:ada"],
])("%s: a row keeps the name that it always had, so that no count begins anew", (key, stored) =>
  expect(key).toBe(stored),
);

test("the keys of a challenge's tries are read back as they were made: the device's own, then the account's", () => {
  const keys = keysOfCounter({ rule: "factor.totp", userId: "ada", deviceId: "laptop" });
  expect(keys.map(readFactorKey)).toEqual([
    { rule: "factor.totp", isDevices: true },
    { rule: "factor.totp", isDevices: false },
  ]);
});
