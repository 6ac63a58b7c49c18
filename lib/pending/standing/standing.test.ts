import { expect, test } from "vitest";
import { days, earlier, minutes } from "@/lib/kernel/duration";
import { isAtOnce, type Standing } from "@/lib/pending/standing/standing";

const now = new Date("2030-01-07T09:00:00.000Z");
const ago = (length: Parameters<typeof earlier>[1]) => earlier(now, length);

const settled: Standing = {
  authTime: ago(minutes(20)),
  provenAt: ago(minutes(1)),
  provenWith: "totp",
  deviceSince: ago(days(30)),
  passwordChangedAt: ago(days(30)),
  accountSince: ago(days(60)),
  kinds: ["sms", "totp"],
  askable: ["sms", "totp"],
  youngestProvenAt: ago(days(30)),
};

test.each([
  ["on a settled device with the strongest proof after the login", {}, true],
  ["in a browser that is not known", { deviceSince: null }, false],
  ["in a browser that became known by this very login", { deviceSince: ago(minutes(20)) }, false],
  ["in a browser that has been known for six days", { deviceSince: ago(days(6)) }, false],
  ["in a browser that has been known for seven days", { deviceSince: ago(days(7)) }, true],
  [
    "six days after the password was changed, reset, or chosen anew after an alarm",
    { passwordChangedAt: ago(days(6)) },
    false,
  ],
  ["of somebody who never chose a password", { passwordChangedAt: null }, true],
  ["with the login as the only proof", { provenAt: ago(minutes(20)) }, false],
  ["with a login a moment ago as the only proof", { authTime: ago(minutes(1)) }, false],
  ["with a proof that is older than ten minutes", { authTime: ago(minutes(30)), provenAt: ago(minutes(11)) }, false],
  ["with a weaker proof than the account has", { provenWith: "sms" }, false],
  ["with a recovery code", { provenWith: "recovery" }, false],
  ["with the password beside a factor", { provenWith: "password" }, false],
  [
    "with the password of an account that has nothing else",
    { kinds: [], askable: [], provenWith: "password", youngestProvenAt: null },
    true,
  ],
  ["with an app beside a passkey", { kinds: ["passkey", "totp"], askable: ["passkey", "totp"] }, false],
  ["with an app beside a passkey that the operator switched off", { kinds: ["passkey", "totp"] }, true],
  ["with the password where nothing that is bound can be asked for", { askable: [], provenWith: "password" }, false],
  ["with a factor of six days, perhaps a thief's own", { youngestProvenAt: ago(days(6)) }, false],
  [
    "with a factor of six days in an account of six days",
    { youngestProvenAt: ago(days(6)), accountSince: ago(days(6)) },
    true,
  ],
] as const)("%s: at once is %j %s", (_, changes, expected) =>
  expect(isAtOnce({ ...settled, ...changes }, now)).toBe(expected),
);
