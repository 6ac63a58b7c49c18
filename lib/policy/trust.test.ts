import { expect, test } from "vitest";
import { factorKinds } from "@/lib/policy/traits";
import { mayTrust, type TrustRules, trustedUntil, trustKinds } from "@/lib/policy/trust";

const monday = new Date("2030-01-07T09:00:00.000Z");
const rules: TrustRules = { days: 14, admins: false };
const demand = { kinds: ["passkey", "totp", "sms", "email"], strength: "any" } as const;
const ada = { isAdmin: false, demand };

test("only a proof that counts as a factor lets somebody ask for it: no mailbox, no paper, no password", () => {
  expect(trustKinds).toEqual(["passkey", "totp", "sms"]);
  expect(factorKinds.filter((kind) => mayTrust(ada, kind, rules))).toEqual(trustKinds);
});

test("nobody may where the operator allows no days, an administrator only by a word of its own", () => {
  expect(mayTrust(ada, "totp", { days: null, admins: true })).toBe(false);
  expect(mayTrust({ isAdmin: true, demand }, "totp", rules)).toBe(false);
  expect(mayTrust({ isAdmin: true, demand }, "totp", { days: 14, admins: true })).toBe(true);
});

test("it ends with its days, and at once where the kind that was proven is not enough any more", () => {
  const trust = { at: monday, with: "sms" };
  const until = new Date("2030-01-21T09:00:00.000Z");
  expect(trustedUntil(trust, ada, rules, monday)).toEqual(until);
  expect(trustedUntil(trust, ada, rules, until)).toBeNull();
  expect(trustedUntil(trust, { ...ada, demand: { ...demand, kinds: ["totp"] } }, rules, monday)).toBeNull();
  expect(trustedUntil({ ...trust, with: "fax" }, ada, rules, monday)).toBeNull();
});

test("nobody may where only what no false page can take is enough: a password alone is not, whatever was proven before it", () => {
  const strict = { isAdmin: false, demand: { kinds: ["passkey"], strength: "phishing-resistant" } } as const;
  expect(factorKinds.filter((kind) => mayTrust(strict, kind, rules))).toEqual([]);
  expect(trustedUntil({ at: monday, with: "passkey" }, strict, rules, monday)).toBeNull();
});
