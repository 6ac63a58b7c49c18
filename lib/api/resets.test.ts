import { expect, test } from "vitest";
import * as z from "zod";
import { resetPassword } from "@/lib/api/resets";
import { sendEmail } from "@/lib/api/sends";
import { verifyTotp } from "@/lib/api/verify";
import { openBearer } from "@/lib/api/who";
import { minutes } from "@/lib/kernel/duration";
import { lastCode, lettersOf, sendingSettings } from "@/lib/testing/letters";
import { lookUp } from "@/lib/testing/resets";
import { someApp as app } from "@/lib/testing/some-app";
import { knock, openHouse, refused, wrongCode } from "@/lib/testing/story";
import { makePerson, type TestPerson, withAddress, withTotp } from "@/lib/testing/test-context";

const house = openHouse(sendingSettings);
const next = "nine slow ferries to nowhere";
const caller = () => ({ ctx: house.stranger(), app, token: null, looksLikeMfa: false });

/** Asks for the code as the package does, which may leave out the scene. */
async function codeFor(person: TestPerson, scene?: string): Promise<string> {
  expect(await sendEmail.run(caller(), { email: person.email, ...(scene && { scene }) })).toMatchObject({ code: 200 });
  await lookUp(house);
  return lastCode(house.ctx, person.userId);
}

const reset = (person: TestPerson, code: string, newPassword = next) =>
  resetPassword.run(caller(), { email: person.email, code, newPassword });

const withToken = z.object({ mfaToken: z.string() });
const holder = async (data: unknown) => ({
  ...caller(),
  ...(await openBearer(house.ctx, app, withToken.parse(data).mfaToken)),
});

test.each([undefined, "RESET_PASSWORD", "RESET_PASSWORD_VERIFY_CODE"])(
  "the code of the letter sets the password, once, where nothing is bound (scene %s)",
  async (scene) => {
    const person = await makePerson(house.ctx);
    const code = await codeFor(person, scene);
    expect(await reset(person, "00000000")).toMatchObject({ code: 2001 });
    expect(await reset(person, code, "short")).toMatchObject({ code: 400, message: "password.too_short" });
    expect(await reset(person, code)).toMatchObject({ code: 200 });
    expect(await reset(person, code)).toMatchObject({ code: 2001 });
    expect(await knock(house.stranger(), { ...person, password: next })).toMatchObject({ next: "claim" });
  },
);

test("a thief with the mailbox meets the second step, and sets nothing; its owner sets the password and gets no token", async () => {
  const person = await makePerson(house.ctx);
  const totp = await withTotp(house.ctx, person);
  await house.db.app.create({ data: { ...app, origins: [], servers: [], createdAt: house.ctx.now } });
  const asked = await reset(person, await codeFor(person));
  expect(asked).toMatchObject({ code: 1635, data: { totpMfaEnabled: true, mfaEmail: null } });
  const bearer = await holder(asked.data);
  expect(await verifyTotp.run(bearer, { totp: wrongCode(totp.secret, house.ctx.now) })).toMatchObject({ code: 6001 });
  expect(await knock(house.stranger(), person)).toMatchObject({ next: "answer" });
  expect(await verifyTotp.run(bearer, { totp: totp.codeAt(house.ctx.now) })).toMatchObject({
    code: 200,
    data: { id: person.userId, token: null },
  });
  expect(await verifyTotp.run(bearer, { totp: totp.codeAt(house.ctx.now) })).toMatchObject({ code: 2021 });
  expect(await refused(knock(house.stranger(), person))).toBe("login.wrong");
  expect(await house.db.session.count({ where: { userId: person.userId } })).toBe(0);
  await house.db.app.deleteMany();
  expect(await house.db.challenge.count({ where: { userId: person.userId, newPassword: { not: null } } })).toBe(0);
});

test("unknown, late, another app's and another account's read like a wrong code; a number is not offered", async () => {
  const [person, other] = [await makePerson(house.ctx), await makePerson(house.ctx)];
  const code = await codeFor(person);
  expect(await reset({ ...person, email: "nobody@example.test" }, code)).toMatchObject({ code: 2001 });
  expect(await reset(other, code)).toMatchObject({ code: 2001 });
  const elsewhere = { ...caller(), app: { ...app, id: "another" } };
  const given = { email: person.email, code, newPassword: next };
  expect(await resetPassword.run(elsewhere, given)).toMatchObject({ code: 2001 });
  expect(await resetPassword.run(caller(), { phone: "+12025550143", code, newPassword: next })).toMatchObject({
    code: 501,
  });
  house.clock.move(minutes(10));
  expect(await reset(person, code)).toMatchObject({ code: 2001 });
});

test("twenty wrong codes a day, then none is judged; whoever has only the mailbox as a factor is sent to the operator", async () => {
  const person = await makePerson(house.ctx);
  const code = await codeFor(person);
  for (let guess = 0; guess < 20; guess += 1) await reset(person, "00000000");
  expect(await reset(person, code)).toMatchObject({ code: 1002 });
  const bound = await makePerson(house.ctx);
  await withAddress(house.ctx, bound, "email", bound.email);
  await sendEmail.run(caller(), { email: bound.email });
  await lookUp(house);
  expect((await lettersOf(house.ctx, bound.userId)).map(({ kind }) => kind)).toEqual(["reset.operator"]);
});
