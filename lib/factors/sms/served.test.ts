import { expect, test } from "vitest";
import { strategies } from "@/lib/factors/registry";
import { servedCodes } from "@/lib/factors/sms/served";
import { sayAny } from "@/lib/messages/say";
import type { Language } from "@/lib/messages/words-shape";
import { openHouse, refusalOf } from "@/lib/testing/story";

const house = openHouse({
  DEV_TOOLS: "true",
  SMS_CHANNEL: "mailbox",
  SECOND_FACTOR_KINDS: "totp,sms",
  SMS_COUNTRIES: "GB,DE,GG",
});

async function refusalTo(destination: string, language: Language): Promise<string> {
  const given = async () =>
    strategies.sms.enrolment?.begin({ ...house.ctx, language }, { userId: "u", email: "e" }, { destination });
  const { id, more } = await refusalOf(given());
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
