import { codeNow } from "@/e2e/support/authenticator";
import { cookieLine, cookieName } from "@/e2e/support/cookies";
import { openSessionOf } from "@/e2e/support/entry";
import { expect, test } from "@/e2e/support/fixtures";
import { type House, moveIn, type Resident, secretOf } from "@/e2e/support/house";
import { ask, cookieIn, filled, formIn, post } from "@/e2e/support/http";

/** Through the first door; the value of the cookie between the two. */
async function firstDoor(house: House, person: Resident, address: string): Promise<string> {
  const from = { "x-forwarded-for": address };
  const login = await ask(house.url, "/login", { headers: from });
  const form = filled(formIn(login.body, 'name="identifier"'), { identifier: person.email, password: person.password });
  return cookieIn(await post(house.url, "/login", form, from), "second-door") ?? "";
}

/** Where a private page leads somebody with these cookies; null: it opened. */
async function ledAway(house: House, cookie: string): Promise<string | null> {
  const got = await ask(house.url, "/security", { headers: { cookie } });
  return got.status === 200 ? null : (got.headers.location ?? String(got.status));
}

const toLogin = "/login?returnTo=%2Fsecurity&session=over";

test("the mfaToken is no session, and a session is no mfaToken", async ({ house, address }) => {
  const ada = await moveIn(house, { apps: 1 });
  const mfaToken = await firstDoor(house, ada, address);
  expect(await ledAway(house, cookieLine(house.url, "session", mfaToken))).toBe(toLogin);
  const { cookie } = await openSessionOf(house, ada);
  expect(await ledAway(house, cookieLine(house.url, "session", cookie))).toBeNull();
  const challenge = await ask(house.url, "/challenge/totp", {
    headers: { cookie: cookieLine(house.url, "second-door", cookie) },
  });
  expect([challenge.status, challenge.headers.location]).toEqual([307, "/challenge/expired"]);
});

/** Flips the case of the last letter that has one. */
const caseChanged = (token: string) =>
  token.replace(/[A-Za-z](?=[^A-Za-z]*$)/, (letter) =>
    letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase(),
  );

const damages: Readonly<Record<string, (token: string, name: string) => string>> = {
  truncated: (token) => token.slice(0, -3),
  "changed in case": caseChanged,
  "with a changed middle": (token) => `${token.slice(0, 120)}${token[120] === "A" ? "B" : "A"}${token.slice(121)}`,
  "without its signature": (token) => token.split(".").slice(0, 4).join("."),
  "in pieces by a forged chunk": (token, name) => `${token}; ${name}.0=x`,
  empty: () => "",
  "of eight thousand letters": () => "a".repeat(8000),
  "an unsigned JWT": () =>
    `${Buffer.from('{"alg":"none"}').toString("base64url")}.${Buffer.from('{"sub":"x","sid":"y"}').toString("base64url")}.`,
  "a bare row token": () => `ses_${"A".repeat(43)}`,
};

for (const [what, damage] of Object.entries(damages)) {
  test(`a token ${what} opens neither door, and costs its owner nothing`, async ({ house, address }) => {
    const grace = await moveIn(house, { apps: 1 });
    const { cookie, id } = await openSessionOf(house, grace);
    const opened = await ledAway(
      house,
      cookieLine(house.url, "session", damage(cookie, cookieName(house.url, "session"))),
    );
    // a stray chunk beside a whole cookie may or may not be joined to it; what it never does is open another door
    if (!what.includes("pieces")) expect(opened).toBe(toLogin);
    const mfaToken = await firstDoor(house, grace, address);
    const challenge = await ask(house.url, "/challenge/totp", {
      headers: { cookie: cookieLine(house.url, "second-door", damage(mfaToken, cookieName(house.url, "second-door"))) },
    });
    if (!what.includes("pieces"))
      expect([challenge.status, challenge.headers.location]).toEqual([307, "/challenge/expired"]);
    const rows = await house.sql("SELECT attempts_left, state FROM challenges WHERE user_id = $1 AND state = 'OPEN'", [
      grace.userId,
    ]);
    expect(rows).toEqual([{ attempts_left: 5, state: "OPEN" }]);
    expect(await ledAway(house, cookieLine(house.url, "session", cookie))).toBeNull();
    expect(await house.sql("SELECT id FROM sessions WHERE user_id = $1", [grace.userId])).toEqual([{ id }]);
  });
}

test("one login's mfaToken does not answer another person's challenge, and each token works once", async ({
  house,
  address,
}) => {
  const [ada, alan] = [await moveIn(house, { apps: 1 }), await moveIn(house, { apps: 1 })];
  const from = { "x-forwarded-for": address };
  const cookie = cookieLine(house.url, "second-door", await firstDoor(house, ada, address));
  const page = await ask(house.url, "/challenge/totp", { headers: { ...from, cookie } });
  const form = formIn(page.body, 'name="code"');
  const foreign = await post(house.url, "/challenge/totp", filled(form, { code: codeNow(secretOf(alan)) }), {
    ...from,
    cookie,
  });
  expect(cookieIn(foreign, "session")).toBeNull();
  const right = filled(form, { code: codeNow(secretOf(ada)) });
  const first = await post(house.url, "/challenge/totp", right, { ...from, cookie });
  expect(cookieIn(first, "session")).not.toBeNull();
  const second = await post(house.url, "/challenge/totp", filled(form, { code: codeNow(secretOf(ada), 1) }), {
    ...from,
    cookie,
  });
  expect(cookieIn(second, "session")).toBeNull();
  expect(second.headers.location).toBe("/challenge/expired");
  expect(
    await house.sql("SELECT count(*)::int AS count FROM sessions WHERE user_id = ANY($1)", [[ada.userId, alan.userId]]),
  ).toEqual([{ count: 1 }]);
});
