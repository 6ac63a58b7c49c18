import { afterEach, describe, expect, test } from "vitest";
import { commandLine, unknownPerson } from "@/lib/cli/command-line.kit";
import { makePerson } from "@/lib/testing/test-context";
import { setSettings } from "@/lib/testing/test-settings";

const { house, portal, json, events } = commandLine();
const phones = async () => (await house().db.user.findMany({ orderBy: { email: "asc" } })).map(({ phone }) => phone);

afterEach(() => setSettings({ SMS_COUNTRIES: "", PHONE_REGION: "" }));

describe("people phone", () => {
  test("sets a number in its one form, shows it, and takes it away", async () => {
    const { userId, email } = await makePerson(house().ctx, { email: "ada@example.test" });
    setSettings({ SMS_COUNTRIES: "US", PHONE_REGION: "US" });
    expect(await json("people phone ada@example.test 202-555-0123")).toEqual({
      code: 0,
      document: { ok: true, userId, email, phone: "+12025550123" },
    });
    expect((await portal("people list")).out).toMatch(/ada@example\.test +- +\+12025550123 +person/);
    expect((await portal("people phone +1(202)5550123 none")).out).toContain("without a phone number");
    expect(await phones()).toEqual([null]);
    expect(await events()).toEqual([
      { name: "account.phone_changed", actorId: null, meta: { by: "cli", has_phone: true } },
      { name: "account.phone_changed", actorId: null, meta: { by: "cli", has_phone: false } },
    ]);
  });

  test("the same number once more changes and records nothing", async () => {
    await makePerson(house().ctx, { email: "ada@example.test" });
    for (let time = 0; time < 2; time += 1) await portal("people phone ada@example.test +12025550123");
    await portal("people phone ada@example.test +1-202-555-0123");
    expect(await events()).toHaveLength(1);
  });

  test.each([
    ["+44 is no number", "people phone ada@example.test +44", "account.bad_phone"],
    ["a number without its country", "people phone ada@example.test 2025550123", "account.bad_phone"],
    ["somebody else's", "people phone ada@example.test +1.202.555.0156", "account.phone_taken"],
  ])("%s is refused with a sentence and changes nothing", async (_, line, id) => {
    await makePerson(house().ctx, { email: "ada@example.test" });
    await portal("people add grace@example.test --phone +12025550156");
    const before = await events();
    expect(await json(line)).toMatchObject({ code: 1, document: { error: { id } } });
    expect([await phones(), await events()]).toEqual([[null, "+12025550156"], before]);
  });

  test("two people at once: the number is one person's", async () => {
    for (const name of ["ada", "grace"]) await makePerson(house().ctx, { email: `${name}@example.test` });
    const runs = await Promise.all(
      ["ada", "grace"].map((name) => portal(`people phone ${name}@example.test +12025550123`)),
    );
    expect(runs.map(({ code }) => code).sort()).toEqual([0, 1]);
    expect((await phones()).filter(Boolean)).toEqual(["+12025550123"]);
  });

  test("a stranger is told", async () => {
    expect(await json("people phone nobody@example.test none")).toEqual({ code: 1, document: unknownPerson });
  });
});

test("people add takes a number to log in with, once", async () => {
  expect(await json("people add ada@example.test --phone +1-202-555-0123")).toMatchObject({ code: 0 });
  expect(await json("people add grace@example.test --phone +12025550123")).toMatchObject({
    code: 1,
    document: { error: { id: "setup.taken" } },
  });
  expect(await json("people add grace@example.test --phone 12")).toMatchObject({
    code: 1,
    document: { error: { id: "account.bad_phone" } },
  });
  expect(await phones()).toEqual(["+12025550123"]);
});
