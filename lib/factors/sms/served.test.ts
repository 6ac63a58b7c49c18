import { describe, expect, test } from "vitest";
import { strategies } from "@/lib/factors/registry";
import { homeCode, servedCodes } from "@/lib/factors/sms/served";
import { sayAny } from "@/lib/messages/say";
import type { Language } from "@/lib/messages/words-shape";
import { openHouse, refusalOf } from "@/lib/testing/story";
import { setSettings } from "@/lib/testing/test-settings";

const house = openHouse({
  DEV_TOOLS: "true",
  SMS_CHANNEL: "mailbox",
  SECOND_FACTOR_KINDS: "totp,sms",
  SMS_COUNTRIES: "GB,DE,GG",
});

const begin = async (destination: string, language: Language) =>
  strategies.sms.enrolment?.begin({ ...house.ctx, language }, { userId: "u", email: "e" }, { destination });

async function refusalTo(destination: string, language: Language): Promise<string> {
  const { id, more } = await refusalOf(begin(destination, language));
  return sayAny(language, id, more.params);
}

test("the hint names only codes that are served, each once", () => expect(servedCodes()).toBe("+44, +49"));

test("the refusal says which countries are", async () => {
  expect(await refusalTo("+1 202 555 0143", "en")).toContain("only of United Kingdom, Germany, and Guernsey.");
  expect(await refusalTo("+1 202 555 0143", "zh")).toContain("仅支持英国、德国和根西岛。");
});

test("what cannot be read is answered with codes that would do, and with no others", async () => {
  const said = await refusalTo("ten four", "en");
  expect(said).toContain("+44, +49");
  expect(said).not.toContain("+1");
});

describe("where numbers are read in the operator's country", () => {
  const hint = (language: Language) => sayAny(language, "sms.number_hint", { codes: servedCodes(), home: homeCode() });

  test("the hint says that its code may be left out, and so may it", async () => {
    expect(hint("en")).toMatch(/^With its country code: \+44, \+49\. /);
    expect(await refusalTo("07400 123456", "en")).toMatch(/Type it with its country code: \+44, \+49\.$/);
    setSettings({ PHONE_REGION: "GB" });
    expect(hint("en")).toMatch(/^With its country code: \+44, \+49; \+44 may be left out\. /);
    expect(hint("zh")).toMatch(/^请带国家\/地区代码：\+44, \+49；\+44 可省略。/);
    expect(await refusalTo("ten four", "en")).toMatch(/\+44, \+49; \+44 may be left out\.$/);
    await expect(begin("07400 123456", "en")).resolves.toBeTruthy();
    setSettings({ PHONE_REGION: "" });
  });
});
