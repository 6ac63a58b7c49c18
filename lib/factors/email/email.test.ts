import { expect, test } from "vitest";
import { prepareAnswer } from "@/lib/challenge/prepare-answer";
import { keepsTheContract } from "@/lib/factors/contract/contract.kit";
import { strategies } from "@/lib/factors/registry";
import { lastCode, lettersOf, sendingSettings } from "@/lib/testing/letters";
import { answer } from "@/lib/testing/second-door";
import { atSecondDoor, openHouse } from "@/lib/testing/story";
import { makePerson, withAddress } from "@/lib/testing/test-context";
import { setSettings } from "@/lib/testing/test-settings";
import { readMailbox } from "@/lib/users/contact-rules";

const house = openHouse(sendingSettings);
const freshAddress = () => `${house.ctx.random.bytes(6).toString("hex")}@mail.example.test`;

keepsTheContract(house, {
  kind: "email",
  give: async (ctx, person) => {
    const address = freshAddress();
    await withAddress(ctx, person, "email", address);
    const right = async (_at: Date, pass: Parameters<typeof prepareAnswer>[1]["pass"]) => {
      await prepareAnswer(house.stranger(), { pass, kind: "email", factorId: null, sessionId: null });
      return lastCode(house.ctx, person.userId);
    };
    return { right, secrets: [address] };
  },
  wrong: "00000000",
  malformed: ["", "123456", "123456789", "12a45678", "١٢٣٤٥٦٧", 12345678, null, ["12345678"], "1".repeat(65)],
  binding: {
    get given() {
      return { destination: freshAddress() };
    },
    right: ({ userId }) => lastCode(house.ctx, userId),
  },
});

test.each([
  [" Ada@Example.TEST ", "ada@example.test"],
  ["ada+codes@example.test", "ada+codes@example.test"],
  ["ａｄａ＠example.test", "ada@example.test"],
  ["ada@bücher.example", "ada@xn--bcher-kva.example"],
  ['"ada lovelace"@example.test', null],
  ["ada@example.test, eve@example.test", null],
  ["ada@example.test;eve@example.test", null],
  ["ada@eve@example.test", null],
  ["ada@example.test\r\nBcc: eve@example.test", null],
  ["Ada <ada@example.test>", "ada@example.test"],
  ["аda@example.test", null], // Cyrillic а
  ["ada@localhost", null],
  ["ada@-x.example", null],
  ["ada..l@example.test", null],
  [`${"a".repeat(65)}@example.test`, null],
  [`${"a".repeat(310)}@example.test`, null],
  ["", null],
  ["\u0000@example.test", null],
])("%j is written to as %j", (typed, address) => expect(readMailbox(typed)).toBe(address));

test("while text messages are off, whoever has only a number gets a code at the account's own address", async () => {
  const person = await makePerson(house.ctx);
  await withAddress(house.ctx, person, "sms", "+12025550199");
  setSettings({ ...sendingSettings, SMS_ENABLED: "false" });
  try {
    const pass = await atSecondDoor(house.stranger(), person.userId);
    expect(await strategies.sms.held(house.ctx, person.userId)).toEqual([]);
    expect(await prepareAnswer(house.stranger(), { pass, kind: null, factorId: null, sessionId: null })).toBe("email");
    expect((await lettersOf(house.ctx, person.userId)).at(-1)).toMatchObject({ to: person.email, channel: "mail" });
    const code = await lastCode(house.ctx, person.userId);
    expect((await answer(house.stranger(), pass, "email", code)).userId).toBe(person.userId);
  } finally {
    setSettings({ ...sendingSettings, SMS_ENABLED: "true" });
  }
});
