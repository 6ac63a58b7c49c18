import { expect, test } from "vitest";
import { keepsTheContract } from "@/lib/factors/contract/contract.kit";
import { codeAt, matchStep, stepAt } from "@/lib/factors/totp/code";
import { otpauthUri } from "@/lib/factors/totp/otpauth-uri";
import { totpStrategy } from "@/lib/factors/totp/strategy";
import { seconds } from "@/lib/kernel/duration";
import { answer } from "@/lib/testing/second-door";
import { atSecondDoor, openHouse, refused } from "@/lib/testing/story";
import { makePerson, withTotp } from "@/lib/testing/test-context";
import { setSettings } from "@/lib/testing/test-settings";

const house = openHouse();

keepsTheContract(house, {
  kind: "totp",
  give: async (ctx, person) => {
    const app = await withTotp(ctx, person);
    return { right: app.codeAt, secrets: [app.secret] };
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
    { code: "1" },
    "1".repeat(65),
  ],
  binding: { given: {}, right: ({ shown, at }) => codeAt(shown.secret ?? "", at) },
});

test("every code of the window is accepted once, none outside of it", async () => {
  for (const [drift, outcome] of [
    [-60, "totp.wrong_code"],
    [-30, "ok"],
    [0, "ok"],
    [30, "ok"],
    [60, "totp.wrong_code"],
  ] as const) {
    const person = await makePerson(house.ctx);
    const app = await withTotp(house.ctx, person);
    const pass = await atSecondDoor(house.stranger(), person.userId);
    const attempt = answer(house.ctx, pass, "totp", app.codeAt(new Date(house.clock.now().getTime() + drift * 1000)));
    if (outcome === "ok") expect((await attempt).userId).toBe(person.userId);
    else expect(await refused(attempt)).toBe(outcome);
  }
});

test("a window of nothing accepts this moment's code alone", async () => {
  setSettings({ TOTP_WINDOW: "0" });
  const person = await makePerson(house.ctx);
  const app = await withTotp(house.ctx, person);
  const pass = await atSecondDoor(house.stranger(), person.userId);
  for (const drift of [-30, 30])
    expect(
      await refused(answer(house.ctx, pass, "totp", app.codeAt(new Date(house.clock.now().getTime() + drift * 1000)))),
    ).toBe("totp.wrong_code");
  expect((await answer(house.ctx, pass, "totp", app.codeAt(house.clock.now()))).userId).toBe(person.userId);
  setSettings();
});

test("several apps: each remembers its own last code, and one's does not make the other's a replay", async () => {
  const person = await makePerson(house.ctx);
  const [phone, tablet] = [await withTotp(house.ctx, person, "Phone"), await withTotp(house.ctx, person, "Tablet")];
  for (const app of [phone, tablet]) {
    const pass = await atSecondDoor(house.stranger(), person.userId);
    expect((await answer(house.ctx, pass, "totp", app.codeAt(house.clock.now()))).userId).toBe(person.userId);
  }
  const rows = await house.db.factor.findMany({ where: { userId: person.userId } });
  expect(rows.map(({ lastStep }) => lastStep)).toEqual([stepAt(house.clock.now()), stepAt(house.clock.now())]);
  const pass = await atSecondDoor(house.stranger(), person.userId);
  for (const app of [phone, tablet])
    expect(await refused(answer(house.ctx, pass, "totp", app.codeAt(house.clock.now())))).toBe("totp.already_used");
});

test("a clock that jumps back revives no code", async () => {
  const person = await makePerson(house.ctx);
  const app = await withTotp(house.ctx, person);
  await answer(house.ctx, await atSecondDoor(house.stranger(), person.userId), "totp", app.codeAt(house.clock.now()));
  house.clock.move(seconds(-60));
  const pass = await atSecondDoor(house.stranger(), person.userId);
  expect(await refused(answer(house.ctx, pass, "totp", app.codeAt(house.clock.now())))).toBe("totp.already_used");
  house.clock.move(seconds(60));
});

test("a secret has 160 bits, and no two are alike", () => {
  const secrets = Array.from(
    { length: 200 },
    () => totpStrategy.enrolment?.begin(house.ctx, { userId: "x", email: "x" }, {}).secret ?? "",
  );
  expect(new Set(secrets).size).toBe(200);
  for (const secret of secrets) expect(secret).toMatch(/^[A-Z2-7]{32}$/);
});

test("the address for apps names issuer and account, and a colon in the brand cannot forge another account", () => {
  const uri = new URL(
    otpauthUri({ issuer: "Evil: Sallyport", account: "ada@example.test", secret: "JBSWY3DPEHPK3PXP" }),
  );
  expect(uri.protocol).toBe("otpauth:");
  expect(decodeURIComponent(uri.pathname).split(":")).toHaveLength(2);
  expect(Object.fromEntries(uri.searchParams)).toMatchObject({ secret: "JBSWY3DPEHPK3PXP", issuer: "Evil  Sallyport" });
});

test("a code of no moment is matched nowhere", () => {
  const secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
  expect(
    matchStep(secret, codeAt(secret, house.clock.now()), new Date(house.clock.now().getTime() + seconds(600)), 1),
  ).toBeNull();
});
