import { expect, test } from "vitest";
import { prepareAnswer } from "@/lib/challenge/prepare-answer";
import { keepsTheContract } from "@/lib/factors/contract/contract.kit";
import { lastCode, sendingSettings } from "@/lib/testing/letters";
import { openHouse } from "@/lib/testing/story";
import { withAddress } from "@/lib/testing/test-context";
import { maskPhone, readPhone } from "@/lib/users/phone-number";

const house = openHouse(sendingSettings);
let numbers = 0;

/** A number that nobody else in this file has: what is sent to one number is counted together. */
function freshNumber(): string {
  numbers += 1;
  return `+1202${5_550_100 + numbers * 10_001}`;
}

keepsTheContract(house, {
  kind: "sms",
  give: async (ctx, person) => {
    const number = freshNumber();
    await withAddress(ctx, person, "sms", number);
    const right = async (_at: Date, pass: Parameters<typeof prepareAnswer>[1]["pass"]) => {
      await prepareAnswer(house.stranger(), { pass, kind: "sms", factorId: null, sessionId: null });
      return lastCode(house.ctx, person.userId);
    };
    return { right, secrets: [number, number.slice(1)] };
  },
  wrong: "000000",
  malformed: [
    "",
    "12345",
    "1234567",
    "12a456",
    "١٢٣٤٥",
    "1234567.",
    "１２３４５",
    123456,
    null,
    ["123456"],
    "1".repeat(65),
    "\u00001234",
  ],
  binding: {
    get given() {
      return { destination: freshNumber() };
    },
    right: ({ userId }) => lastCode(house.ctx, userId),
  },
});

const rules = { countries: ["US", "DE", "CN", "GB"], region: "US" };
const served = (number: string) => ({ kind: "ok", number });

test.each([
  ["+1 202 555 0143", served("+12025550143")],
  ["(202) 555-0143", served("+12025550143")],
  ["  +49 1511 2345678 ", served("+4915112345678")],
  ["＋１２０２５５５０１４３", served("+12025550143")],
  ["+86 138-0013-8000", served("+8613800138000")],
  ["+33 6 12 34 56 78", { kind: "not_served" }],
  ["+44 20 7946 0123", { kind: "not_mobile" }],
  ["+44 800 123 4567", { kind: "not_mobile" }],
  ["+1 900 555 1234", { kind: "not_mobile" }],
  ["+44 70 1234 5678", { kind: "not_mobile" }],
  ["+882 16 1234567", { kind: "not_served" }],
  ["", { kind: "malformed" }],
  ["+", { kind: "malformed" }],
  ["12", { kind: "malformed" }],
  ["ten four", { kind: "malformed" }],
  ["+1 202 555 0143 ext. 9", { kind: "extension" }],
  ["+1 202 555 0143 x9", { kind: "extension" }],
  ["tel:+1-202-555-0143;ext=9", { kind: "extension" }],
  ["+86 138 0013 8000 转 12", { kind: "extension" }],
  ["+1 202 555 0143\r\nTo: +19005551234", { kind: "malformed" }],
  ["+1٢٠٢٥٥٥٠١٤٣", served("+12025550143")],
  ["tel:+12025550143", served("+12025550143")],
  ["Tel: (202) 555-0143", served("+12025550143")],
  ["\u202d+1 (202) 555\u20110143\u202c", served("+12025550143")],
  ["+1\u00a0202\u2009555\u22120143\ufeff", served("+12025550143")],
  ["+1 202–555–0143", served("+12025550143")],
  ["+1·202·555·0143", served("+12025550143")],
  ["00 49 1511 2345678", served("+4915112345678")],
  ["+52 1 55 1234 5678", { kind: "not_served" }],
  ["tel:+12025550143;phone-context=example.test", { kind: "malformed" }],
  ["+1202555\u00000143", { kind: "malformed" }],
  ["9".repeat(500), { kind: "malformed" }],
])("%j is read as %j", (typed, reading) => expect(readPhone(typed, rules)).toEqual(reading));

test("without a region a number must bring its country", () => {
  expect(readPhone("202 555 0143", { ...rules, region: null })).toEqual({ kind: "malformed" });
});

test.each([
  ["+12025550143", "+1 ••• 143"],
  ["+8613800138000", "+86 ••• 000"],
  ["+1", "•••"],
])("%s is shown as %s", (number, shown) => expect(maskPhone(number)).toBe(shown));

test("a Mexican number is one, with the mobile prefix of the old days and without", () => {
  const mexican = { countries: ["MX"], region: "MX" };
  for (const typed of ["+52 55 1234 5678", "+52 1 55 1234 5678", "55 1234 5678", "1 55 1234 5678", "044 55 1234 5678"])
    expect(readPhone(typed, mexican), typed).toEqual(served("+525512345678"));
});
