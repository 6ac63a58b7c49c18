import { describe, expect, test } from "vitest";
import { destinationShared } from "@/lib/notices/kinds/destination-shared";
import { noticeFacts } from "@/lib/notices/notice-facts";
import { tellOtherOwners } from "@/lib/notices/tell-other-owners";
import { changePhone } from "@/lib/operator/change-phone";
import { throttleRules } from "@/lib/policy/throttle-rules";
import { lettersOf, sendingSettings } from "@/lib/testing/letters";
import { knock, openHouse, refused } from "@/lib/testing/story";
import { makePerson, openSessionFor } from "@/lib/testing/test-context";
import { withAddress } from "@/lib/testing/with-address";

const house = openHouse(sendingSettings);
const by = "cli";
const { free } = throttleRules["password.strangers"];

/** The same number, each time written in another way. */
const spellingsOf = (digits: string) => [
  `+1${digits}`,
  `+1 ${digits.slice(0, 3)} ${digits.slice(3)}`,
  digits,
  `(${digits.slice(0, 3)}) ${digits.slice(3, 6)}-${digits.slice(6)}`,
  `1.${digits}`,
  `011 1 ${digits}`,
];

/** How each of these wrong passwords ends, each from an address of its own. */
async function knockAs(identifiers: readonly string[]): Promise<string[]> {
  const nobody = { userId: "", email: "", username: null, isAdmin: false, password: "not the password at all" };
  const ends: string[] = [];
  for (const identifier of identifiers) ends.push(await refused(knock(house.stranger(), nobody, { identifier })));
  return ends;
}

describe("a phone number to log in with", () => {
  test("opens the first door in every spelling, until it is taken away", async () => {
    const ada = await makePerson(house.ctx);
    await changePhone(house.ctx, { userId: ada.userId, typed: "(202) 555-0123", by });
    for (const identifier of spellingsOf("2025550123"))
      expect((await knock(house.stranger(), ada, { identifier })).userId).toBe(ada.userId);
    await changePhone(house.ctx, { userId: ada.userId, typed: null, by });
    expect(await refused(knock(house.stranger(), ada, { identifier: "+12025550123" }))).toBe("login.wrong");
  });

  test("shares one counter over its spellings, and with the e-mail of its account", async () => {
    const ada = await makePerson(house.ctx);
    await changePhone(house.ctx, { userId: ada.userId, typed: "+12025550124", by });
    const wrong = Array.from({ length: free + 1 }, (_, time) => spellingsOf("2025550124")[time] ?? ada.email);
    expect(new Set(await knockAs(wrong))).toEqual(new Set(["login.wrong"]));
    expect(await knockAs([ada.email, ...spellingsOf("2025550124")])).toEqual(Array(7).fill("throttle.too_many"));
  });

  test("that nobody has is one counter just alike", async () => {
    const spellings = spellingsOf("2025550199");
    expect(new Set(await knockAs(spellings.slice(0, free + 1)))).toEqual(new Set(["login.wrong"]));
    expect(await knockAs(spellings)).toEqual(Array(6).fill("throttle.too_many"));
  });

  test("its change ends no session and is told at every address, with the number half hidden", async () => {
    const ada = await makePerson(house.ctx);
    await withAddress(house.ctx, ada.userId, "sms", "+12025550177");
    const { session } = await openSessionFor(house.ctx, ada);
    const told = async () => (await lettersOf(house.ctx, ada.userId)).filter(({ kind }) => kind === "phone.changed");
    for (const typed of ["+12025550125", "+12025550125", null]) {
      await changePhone(house.ctx, { userId: ada.userId, typed, by });
    }
    const facts = noticeFacts(house.ctx);
    expect(await told()).toMatchObject([
      { channel: "mail", to: ada.email, facts: { ...facts, phone: "+1 ••• 125" } },
      { channel: "sms", to: "+12025550177" },
      { channel: "mail", to: ada.email, facts: { ...facts, phone: "" } },
      { channel: "sms", to: "+12025550177" },
    ]);
    expect(
      await house.db.session.count({ where: { id: session.id, credentialVersion: session.credentialVersion } }),
    ).toBe(1);
  });

  test("that is somebody else's tells nobody and changes nothing", async () => {
    const [ada, grace] = [await makePerson(house.ctx), await makePerson(house.ctx)];
    await changePhone(house.ctx, { userId: ada.userId, typed: "+12025550126", by });
    const taking = changePhone(house.ctx, { userId: grace.userId, typed: "202 555 0126", by });
    expect(await refused(taking)).toBe("account.phone_taken");
    expect(await lettersOf(house.ctx, grace.userId)).toEqual([]);
    expect(await house.db.securityEvent.count({ where: { subjectId: grace.userId } })).toBe(0);
  });

  test("is told to its owner when somebody else binds that very number", async () => {
    const [ada, grace] = [await makePerson(house.ctx), await makePerson(house.ctx)];
    await changePhone(house.ctx, { userId: ada.userId, typed: "+12025550127", by });
    const { factorId } = await withAddress(house.ctx, grace.userId, "sms", "+12025550127");
    const bound = await house.db.factor.findUniqueOrThrow({ where: { id: factorId } });
    await tellOtherOwners(house.ctx, { ...bound, notice: destinationShared });
    const kinds = async (userId: string) => (await lettersOf(house.ctx, userId)).map(({ kind }) => kind);
    expect(await kinds(ada.userId)).toEqual(["phone.changed", "destination.shared"]);
    expect(await kinds(grace.userId)).toEqual([]);
  });
});
