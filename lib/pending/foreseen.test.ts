import { expect, test } from "vitest";
import { sayAny } from "@/lib/messages/say";
import { foreseen } from "@/lib/pending/foreseen";
import { sendingSettings } from "@/lib/testing/letters";
import { setSettings } from "@/lib/testing/test-settings";

test.each([
  ["mail leaves", {}, { hours: 24, told: "yes" }],
  [
    "only text messages leave, which stop nothing",
    { MAIL_CHANNEL: "off", SECOND_FACTOR_KINDS: "totp,sms" },
    { hours: 24, told: "no" },
  ],
  [
    "nothing leaves: three days at least",
    { MAIL_CHANNEL: "off", SMS_CHANNEL: "off", SECOND_FACTOR_KINDS: "totp" },
    { hours: 72, told: "no" },
  ],
] as const)("a page promises no letter that cannot leave: %s", (_, settings, expected) => {
  setSettings({ ...sendingSettings, ...settings });
  expect(foreseen(24)).toEqual(expected);
  expect(foreseen(168).hours).toBe(168);
  for (const language of ["en", "zh"] as const) {
    const said = sayAny(language, "pending.will_wait", foreseen(24));
    if (expected.told === "no") expect(said).toMatch(/sends no letters|不发送邮件/);
    else expect(said).toMatch(/to every address|所有地址/);
  }
});

/** Where nothing but a link is left. */
const forsaken = { old: "no", way: "administrators" } as const;

test.each(["lock.back", "lock.back_admin"] as const)("%s promises no way back that is not there", (id) => {
  for (const language of ["en", "zh"] as const) {
    const way = (way: string) => sayAny(language, id, { ...forsaken, way, told: "yes" });
    for (const there of ["letter", "letter_alone"]) expect(way(there)).toMatch(/Forgot your password|忘记密码/);
    expect(way("administrators")).not.toMatch(/Forgot your password|忘记密码/);
    expect(sayAny(language, id, { ...forsaken, told: "no" })).not.toMatch(/so are you|也会收到/);
    for (const told of ["yes", "no"]) {
      expect(sayAny(language, id, { ...forsaken, told })).not.toMatch(/present password|现在的密码/);
      expect(sayAny(language, id, { ...forsaken, old: "yes", told })).toMatch(/present password|现在的密码/);
    }
  }
});
