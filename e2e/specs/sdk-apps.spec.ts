import { expect } from "@/e2e/support/fixtures";
import { someNumber } from "@/e2e/support/mailbox";
import { insiderOf, refusalOf } from "@/e2e/support/sdk/answers";
import { registerApp } from "@/e2e/support/sdk/apps";
import { test } from "@/e2e/support/sdk/fixtures";
import { toSecondStep } from "@/e2e/support/sdk/people";

test("an app that demands a second factor demands it of everybody who comes through it", async ({
  house,
  person,
  client,
}) => {
  const ada = await person();
  const { id: appId } = await registerApp(house, { demands: true });
  const step = await toSecondStep(client({ appId }), ada);
  expect(step).toMatchObject({ code: 1636, totpMfaEnabled: false });
  expect(step.offered).toContain("OTP");
  insiderOf(await client().loginByEmail(ada.email, ada.password));
});

test("where codes go is told masked, and whole only to an app that may see it", async ({ house, person, client }) => {
  const [number, address] = [someNumber(), "loom.keeper@mail.example.test"];
  const grace = await person({ phones: [number], mails: [address] });
  const masked = await toSecondStep(client(), grace);
  expect(masked.code).toBe(1636);
  expect(masked.offered).toEqual(["SMS", "EMAIL"]);
  expect(JSON.stringify(masked)).not.toContain(number.slice(2, -4));
  expect(JSON.stringify(masked)).not.toContain("loom.keeper");
  expect(masked.mfaPhone).toContain(number.slice(-3));
  expect(masked.mfaEmail).toMatch(/^l.+@mail\.example\.test$/);
  const { id: appId } = await registerApp(house, { unmasked: true });
  const whole = await toSecondStep(client({ appId }), grace);
  expect([whole.mfaPhone, whole.mfaEmail, whole.email]).toEqual([number, address, grace.email]);
});

test("an app that nobody registered is refused before anything is looked at", async ({ house, person, client }) => {
  const hedy = await person();
  const right = await refusalOf(client({ appId: "nobodys-app" }).loginByEmail(hedy.email, hedy.password));
  const wrong = await refusalOf(client({ appId: "nobodys-app" }).loginByEmail(hedy.email, "not the password at all"));
  expect(right).toEqual(wrong);
  expect(await house.sql("SELECT password_failures FROM users WHERE id = $1", [hedy.userId])).toEqual([
    { password_failures: 0 },
  ]);
});

test("a client that names no app speaks for the default one", async ({ house, person, client }) => {
  const edsger = await person();
  await registerApp(house, { isDefault: true });
  const sdk = client({ appId: null });
  insiderOf(await sdk.loginByEmail(edsger.email, edsger.password));
  expect((await sdk.getCurrentUser())?.id).toBe(edsger.userId);
});

test("the visitor's address is taken from the call only when the app's own server makes it", async ({
  house,
  person,
  client,
  address,
}) => {
  const barbara = await person();
  const clientIp = "203.0.113.77";
  const { id: appId } = await registerApp(house, { servers: [`${address}/32`] });
  for (const [from, seen] of [
    [client({ appId }), clientIp],
    [client(), address],
  ] as const) {
    insiderOf(await from.loginByEmail(barbara.email, barbara.password, { clientIp }));
    const [last] = await house.sql("SELECT ip FROM sessions WHERE user_id = $1 ORDER BY created_at DESC LIMIT 1", [
      barbara.userId,
    ]);
    expect(last).toEqual({ ip: seen });
  }
});
