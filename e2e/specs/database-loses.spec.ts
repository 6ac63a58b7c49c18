import { codeNow } from "@/e2e/support/authenticator";
import { cookieLine } from "@/e2e/support/cookies";
import { expect, test } from "@/e2e/support/fixtures";
import { type House, moveIn, openHouse, type Resident, secretOf } from "@/e2e/support/house";
import { ask, filled, formIn, type Got, post } from "@/e2e/support/http";
import { withOwnPortal } from "@/e2e/support/own-portal";
import { insiderOf, refusalOf } from "@/e2e/support/sdk/answers";
import { registerApp } from "@/e2e/support/sdk/apps";
import { sdkClient } from "@/e2e/support/sdk/client";
import { toSecondStep } from "@/e2e/support/sdk/people";
import { encodeMfaToken } from "@/lib/auth/mfa-token";
import { atSecondDoor } from "@/lib/testing/story";

/** From now on every transaction that tells what it did is lost against another one (PostgreSQL 40001), however often it is tried. */
const loseForEver = async ({ sql }: House) => {
  await sql(`CREATE FUNCTION lose() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'lost' USING ERRCODE = '40001'; END $$`);
  await sql("CREATE TRIGGER lose BEFORE INSERT ON security_events FOR EACH ROW EXECUTE FUNCTION lose()");
};
const winAgain = ({ sql }: House) => sql("DROP FUNCTION lose() CASCADE");

/** The page in words, with the time to come back. */
function isLater(got: Got, what: string): void {
  expect([got.status, got.body.includes("<h1>We cannot answer right now</h1>")], what).toEqual([503, true]);
  expect(Number(got.headers["retry-after"]), what).toBeGreaterThan(0);
  expect(got.setCookies, what).toEqual([]);
}

/** The code at the second door, to be sent. */
async function codeForm(house: House, person: Resident) {
  const token = await encodeMfaToken(await atSecondDoor(house.ctx, person.userId), person.userId);
  const cookie = cookieLine(house.url, "second-door", token);
  const { body } = await ask(house.url, "/challenge/totp", { headers: { cookie } });
  const form = filled(formIn(body, 'name="code"'), { code: codeNow(secretOf(person)) });
  return () => post(house.url, "/challenge/totp", form, { cookie });
}

test("a database where somebody else is always first: 503 with a time to come back, on pages and in the API, and no try is lost", async () => {
  await withOwnPortal({}, async (portal) => {
    const house = openHouse(portal);
    const [ada, grace] = [await moveIn(house, { apps: 1 }), await moveIn(house, { apps: 1 })];
    const login = formIn((await ask(portal.url, "/login")).body, 'name="identifier"');
    const password = () => post(portal.url, "/login", filled(login, { identifier: ada.email, password: ada.password }));
    const code = await codeForm(house, ada);
    const sdk = sdkClient(house, { appId: (await registerApp(house)).id });
    const given = { ...(await toSecondStep(sdk, grace)), totp: codeNow(secretOf(grace)) };
    await loseForEver(house);
    const [typed, entered, called] = await Promise.all([code(), password(), refusalOf(sdk.mfa.verifyTotpMfa(given))]);
    isLater(typed, "the code");
    isLater(entered, "the password");
    expect(called).toMatchObject({ code: 503, data: { retryAfter: 5 } });
    await winAgain(house);
    expect(await house.sql("SELECT DISTINCT attempts_left, state FROM challenges")).toEqual([
      { attempts_left: 5, state: "OPEN" },
    ]);
    expect((await code()).status).toBe(303);
    expect((await password()).status).toBe(303);
    expect(await sdk.mfa.verifyTotpMfa(given).then(insiderOf)).toMatchObject({ id: grace.userId });
    await house.close();
  });
});
