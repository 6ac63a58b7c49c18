import { codeNow } from "@/e2e/support/authenticator";
import { cookieLine } from "@/e2e/support/cookies";
import { type DatabaseLine, layLine } from "@/e2e/support/database-line";
import { openSessionOf } from "@/e2e/support/entry";
import { expect, test } from "@/e2e/support/fixtures";
import { type House, moveIn, openHouse, type Resident, secretOf } from "@/e2e/support/house";
import { ask, cookieIn, filled, formIn, type Got, post } from "@/e2e/support/http";
import { type OwnPortal, withOwnPortal } from "@/e2e/support/own-portal";
import { registerApp } from "@/e2e/support/sdk/apps";
import { sdkClient } from "@/e2e/support/sdk/client";
import { toSecondStep } from "@/e2e/support/sdk/people";
import { encodeMfaToken } from "@/lib/auth/mfa-token";
import { sealSessionCookie } from "@/lib/auth/session-cookie";
import { openSecret } from "@/lib/crypto/factor-secret";
import { beginEnrolment } from "@/lib/factors/begin-enrolment";
import { binderOf } from "@/lib/factors/binder-of";
import { atSecondDoor } from "@/lib/testing/story";
import { openSessionFor } from "@/lib/testing/test-context";

/** One step of a login or after it: made ready with a whole database, then sent while it dies. */
type Step = (house: House, person: Resident) => Promise<() => Promise<Got>>;

const passed = async (house: House, person: Resident): Promise<string> =>
  cookieLine(
    house.url,
    "second-door",
    await encodeMfaToken(await atSecondDoor(house.ctx, person.userId), person.userId),
  );

const inSession = async (house: House, person: Resident): Promise<string> =>
  cookieLine(house.url, "session", (await openSessionOf(house, person)).cookie);

/** The form with `mark` on a page, filled in; sent with the cookie that read it. */
async function formAt(house: House, path: string, mark: string, values: Readonly<Record<string, string>>, cookie = "") {
  const headers: Readonly<Record<string, string>> = cookie === "" ? {} : { cookie };
  const form = filled(formIn((await ask(house.url, path, { headers })).body, mark), values);
  return () => post(house.url, path, form, headers);
}

/** As if its last proof were an hour old. */
const proofIsOld = (house: House, { userId }: Resident) =>
  house.sql("UPDATE sessions SET proven_at = proven_at - interval '1 hour' WHERE user_id = $1", [userId]);

const steps: Readonly<Record<string, Step>> = {
  "the password": (house, { email, password }) =>
    formAt(house, "/login", 'name="identifier"', { identifier: email, password }),
  "a wrong password": (house, { email }) =>
    formAt(house, "/login", 'name="identifier"', { identifier: email, password: "not the password at all" }),
  "the code, up to the session": async (house, person) =>
    formAt(house, "/challenge/totp", 'name="code"', { code: codeNow(secretOf(person)) }, await passed(house, person)),
  "the code, in a browser with a session": async (house, person) => {
    const cookie = `${await passed(house, person)}; ${await inSession(house, person)}`;
    return formAt(house, "/challenge/totp", 'name="code"', { code: codeNow(secretOf(person)) }, cookie);
  },
  "a wrong code": async (house, person) =>
    formAt(house, "/challenge/totp", 'name="code"', { code: "000000" }, await passed(house, person)),
  "a page of the session": async (house, person) => {
    const cookie = await inSession(house, person);
    return () => ask(house.url, "/security", { headers: { cookie } });
  },
  "logging out": async (house, person) => formAt(house, "/security", ">Log out<", {}, await inSession(house, person)),
  "asking for a step-up": async (house, person) => {
    const cookie = await inSession(house, person);
    const path = `/security/factors/${person.factorIds[0]}/remove`;
    const send = await formAt(house, path, ">Remove<", {}, cookie);
    await proofIsOld(house, person);
    return send;
  },
  "the step-up": async (house, person) => {
    const session = await inSession(house, person);
    const path = `/security/factors/${person.factorIds[0]}/remove`;
    const ask = await formAt(house, path, ">Remove<", {}, session);
    await proofIsOld(house, person);
    const asked = await ask();
    const door = cookieLine(house.url, "second-door", cookieIn(asked, "second-door") ?? "");
    const code = codeNow(secretOf(person));
    return formAt(house, "/challenge/totp", 'name="code"', { code }, `${session}; ${door}`);
  },
};

/** Binding an app: at these the database dies at every eighth statement, because `lib/testing/killed-between.test.ts` asks at each what is left. */
const bindings: Readonly<Record<string, Step>> = {
  "beginning an enrolment": async (house, person) =>
    formAt(house, "/security/factors/new", 'value="totp"', {}, await inSession(house, person)),
  "confirming it": async (house, person) => {
    const { actor, token } = await openSessionFor(house.ctx, person);
    const begun = { binder: binderOf(actor), kind: "totp", replacesId: null, given: {} } as const;
    const { factorId: id } = await beginEnrolment(house.ctx, begun);
    const pending = await house.ctx.db.factor.findUniqueOrThrow({ where: { id } });
    const values = { code: codeNow(openSecret(pending) ?? ""), label: "Tablet" };
    const cookie = cookieLine(house.url, "session", sealSessionCookie(token, person.userId));
    return formAt(house, "/security/factors/new/totp", 'name="code"', values, cookie);
  },
};

/** What somebody has who was let in, or whose factors were touched. A try at a factor that waits is consumed, and nobody is there to give it back. */
async function granted(house: House, { userId }: Resident) {
  return {
    sessions: await house.sql("SELECT id, token_hash, proven_at FROM sessions WHERE user_id = $1 ORDER BY id", [
      userId,
    ]),
    factors: await house.sql(
      "SELECT id, state, CASE WHEN state = 'ACTIVE' THEN tries_left END AS tries FROM factors WHERE user_id = $1 ORDER BY id",
      [userId],
    ),
  };
}

const settings = {
  DEV_TOOLS: "false",
  MAIL_CHANNEL: "off",
  REGISTRATION: "closed",
  SMS_CHANNEL: "off",
  SECOND_FACTOR_KINDS: "totp",
};

async function withLine(story: (line: DatabaseLine, portal: OwnPortal, house: House) => Promise<void>): Promise<void> {
  const line = await layLine();
  await withOwnPortal(
    { databaseAddress: line.addressOf, settings: { ...settings, TRUSTED_PROXIES: "127.0.0.0/8" } },
    async (portal) => {
      const house = openHouse(portal);
      await story(line, portal, house).finally(() => house.close());
    },
  ).finally(() => line.close());
}

/** The line is whole again and the portal has noticed. */
async function mended(line: DatabaseLine, house: House, person: Resident): Promise<void> {
  await line.mend();
  const cookie = await inSession(house, person);
  await expect.poll(async () => (await ask(house.url, "/security", { headers: { cookie } })).status).toBe(200);
}

/**
 * The portal's housework asks the database as well. A line that falls with a statement of its, when the request is over already, tells nothing: the same is tried again. A request that
 * answers as if nothing had been is found all the same: it does so each time. Out: what the last try gave.
 */
async function unlessHousework<T>(
  line: DatabaseLine,
  play: () => Promise<T>,
  isTold: (given: T) => boolean,
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    const given = await play();
    if (!line.isCut() || isTold(given) || tries === 3) return given;
  }
}

test("whichever statement of a login the database dies at: later, in words, and nothing is granted", async () => {
  test.setTimeout(240_000);
  await withLine(async (line, portal, house) => {
    const witness = await moveIn(house, { apps: 1 });
    const counted: Record<string, number> = {};
    for (const [name, prepare] of Object.entries({ ...steps, ...bindings })) {
      for (let nth = 1; nth < 60; nth += name in bindings ? 8 : 1) {
        const play = async () => {
          await mended(line, house, witness);
          const person = await moveIn(house, { apps: 1 });
          const send = await prepare(house, person);
          const before = await granted(house, person);
          line.cutAt(nth);
          return { got: await send(), before, person };
        };
        const { got, before, person } = await unlessHousework(line, play, ({ got: { status } }) => status === 503);
        if (!line.isCut()) break;
        counted[name] = nth;
        const where = `${name}, statement ${nth}`;
        expect([got.status, got.body.includes("<h1>We cannot answer right now</h1>")], where).toEqual([503, true]);
        expect(Number(got.headers["retry-after"]), where).toBeGreaterThan(0);
        expect(cookieIn(got, "session"), where).toBeNull();
        expect(await granted(house, person), where).toEqual(before);
      }
      await mended(line, house, witness);
    }
    expect(Object.keys(counted)).toEqual([...Object.keys(steps), ...Object.keys(bindings)]);
    expect(portal.hasEnded()).toBe(false);
  });
});

let offices = 0;

/** An address that nobody has called from: its limits are not what this is about. */
function someOffice(): string {
  offices += 1;
  return `198.51.${100 + Math.floor(offices / 250)}.${1 + (offices % 250)}`;
}

const associating = "associating one";

/** Calls of an app, each made ready with a whole database. */
const calls: Readonly<
  Record<string, (house: House, appId: string, person: Resident) => Promise<() => Promise<unknown>>>
> = {
  "the password": async (house, appId, { email, password }) => {
    const sdk = sdkClient(house, { appId, address: someOffice() });
    return () => sdk.loginByEmail(email, password);
  },
  "the code": async (house, appId, person) => {
    const sdk = sdkClient(house, { appId, address: someOffice() });
    const given = { ...(await toSecondStep(sdk, person)), totp: codeNow(secretOf(person)) };
    return () => sdk.mfa.verifyTotpMfa(given);
  },
  "the list of factors": async (house, appId, person) => {
    const sdk = await insider(house, appId, person);
    return () => sdk.mfa.getMfaAuthenticators({ type: "totp" });
  },
  "another token": async (house, appId, person) => {
    const sdk = await insider(house, appId, person);
    return () => sdk.refreshToken();
  },
  [associating]: async (house, appId, person) => {
    const sdk = await insider(house, appId, person);
    return () => sdk.mfa.assosicateMfaAuthenticator();
  },
  "removing an app": async (house, appId, person) => {
    const sdk = await insider(house, appId, person);
    return () => sdk.mfa.deleteMfaAuthenticator();
  },
};

async function insider(house: House, appId: string, person: Resident) {
  const sdk = sdkClient(house, { appId, address: someOffice() });
  await sdk.mfa.verifyTotpMfa({ ...(await toSecondStep(sdk, person)), totp: codeNow(secretOf(person)) });
  return sdk;
}

/** The code of the refusal that a call of an app ends with; null: it was answered. */
const codeOf = (called: Promise<unknown>): Promise<unknown> =>
  called.then(
    () => null,
    (refused: unknown) =>
      typeof refused === "object" && refused !== null && "code" in refused ? refused.code : refused,
  );

test("the same for apps: 503 in the envelope, and no token", async () => {
  test.setTimeout(240_000);
  await withLine(async (line, _, house) => {
    const witness = await moveIn(house, { apps: 1 });
    const { id: appId } = await registerApp(house);
    const counted: Record<string, number> = {};
    for (const [name, prepare] of Object.entries(calls)) {
      for (let nth = 1; nth < 60; nth += name === associating ? 8 : 1) {
        const play = async () => {
          await mended(line, house, witness);
          const person = await moveIn(house, { apps: 1 });
          const call = await prepare(house, appId, person);
          const before = await granted(house, person);
          line.cutAt(nth);
          return { code: await codeOf(call()), before, person };
        };
        const { code, before, person } = await unlessHousework(line, play, (given) => given.code === 503);
        if (!line.isCut()) break;
        counted[name] = nth;
        expect(code, `${name}, statement ${nth}`).toBe(503);
        expect(await granted(house, person), `${name}, statement ${nth}`).toEqual(before);
      }
      await mended(line, house, witness);
    }
    expect(Object.keys(counted)).toEqual(Object.keys(calls));
  });
});
