import { codeNow } from "@/e2e/support/authenticator";
import { cookieLine } from "@/e2e/support/cookies";
import { openSessionOf } from "@/e2e/support/entry";
import { expect, test } from "@/e2e/support/fixtures";
import { type House, invite, moveIn, type Resident, secretOf } from "@/e2e/support/house";
import { alertsIn, ask, cookieIn, type Fields, filled, formIn, post } from "@/e2e/support/http";

/** A form somewhere in the house: where it stands, how to know it, one field of it, and what it says to nonsense. */
type Place = {
  readonly path: string;
  readonly mark: string;
  readonly field: string;
  readonly sentence: RegExp;
  readonly cookie: string;
};

async function login(): Promise<Place> {
  return {
    path: "/login",
    mark: 'name="identifier"',
    field: "identifier",
    sentence: /Type your email, username or phone, and your password\.|That name or password is not right/,
    cookie: "",
  };
}

async function challenge(house: House, person: Resident, address: string, way: "totp" | "recovery"): Promise<Place> {
  const from = { "x-forwarded-for": address };
  const page = await ask(house.url, "/login", { headers: from });
  const form = filled(formIn(page.body, 'name="identifier"'), { identifier: person.email, password: person.password });
  const cookie = cookieLine(
    house.url,
    "second-door",
    cookieIn(await post(house.url, "/login", form, from), "second-door") ?? "",
  );
  const sentence =
    way === "totp" ? /Type the six digits that your app shows\./ : /A recovery code has 16 letters and digits/;
  return {
    path: `/challenge/${way}`,
    mark: 'name="code"',
    field: "code",
    sentence: new RegExp(`${sentence.source}|Something in this form is not as expected\\.`),
    cookie,
  };
}

async function account(house: House, person: Resident, place: Omit<Place, "cookie">): Promise<Place> {
  return { ...place, cookie: cookieLine(house.url, "session", (await openSessionOf(house, person)).cookie) };
}

const unexpected = /Something in this form is not as expected\./;

/** Every form that takes something typed. */
const forms: Readonly<Record<string, (house: House, person: Resident, address: string) => Promise<Place>>> = {
  login,
  "second door by app": (house, person, address) => challenge(house, person, address, "totp"),
  "second door by recovery code": (house, person, address) => challenge(house, person, address, "recovery"),
  "new password": (house, person) =>
    account(house, person, {
      path: "/security/password",
      mark: 'name="current"',
      field: "current",
      sentence: /Please fill in both passwords\.|That is not your current password\.|This password is/,
    }),
  "name of an app": (house, person) =>
    account(house, person, {
      path: `/security/factors/${person.factorIds[0]}`,
      mark: "Save name",
      field: "label",
      sentence: new RegExp(`Give it a name of 1 to 64 characters\\.|${unexpected.source}`),
    }),
  invitation: async (house) => {
    const { link } = await invite(house);
    return {
      path: new URL(link).pathname,
      mark: 'name="password"',
      field: "password",
      sentence: /Type a password\.|This password is/,
      cookie: "",
    };
  },
};

/** What is sent in place of, or beside, the field. */
const nonsense: Readonly<Record<string, (form: Fields, field: string) => Fields>> = {
  nothing: (form, field) => filled(form, { [field]: "" }),
  "NUL bytes": (form, field) => filled(form, { [field]: "abc\0def" }),
  "twenty thousand letters": (form, field) => filled(form, { [field]: "x".repeat(20_000) }),
  "the field twice": (form, field) => [...filled(form, { [field]: "123456" }), [field, "123456"]],
  "a list": (form, field) => [...form.filter(([name]) => name !== field), [`${field}[]`, "1"], [`${field}[]`, "2"]],
  "a file": (form, field) => filled(form, { [field]: new Blob(["123456"]) }),
  "an unknown field beside it": (form) => [...form, ["userId", "somebody-else"]],
  "no field at all": (form, field) => form.filter(([name]) => name !== field),
};

for (const [name, openForm] of Object.entries(forms)) {
  test(`${name}: nonsense gets a clear answer and spends nothing`, async ({ house, address }) => {
    const ada = await moveIn(house, { apps: 1, codes: true });
    const { path, mark, field, sentence, cookie } = await openForm(house, ada, address);
    const headers = { "x-forwarded-for": address, ...(cookie === "" ? {} : { cookie }) };
    const page = await ask(house.url, path, { headers });
    const form = formIn(page.body, mark);
    const before = await spent(house, ada);
    for (const [what, spoil] of Object.entries(nonsense)) {
      const got = await post(house.url, path, spoil(form, field), headers);
      expect(got.status, what).toBeLessThan(500);
      expect(alertsIn(got.body), what).toMatch(sentence);
      expect(cookieIn(got, "session"), what).toBeNull();
    }
    expect(await spent(house, ada)).toEqual(before);
  });
}

/** All that a wrong answer may cost somebody. */
async function spent(house: House, { userId, email }: Resident) {
  return {
    challenges: await house.sql("SELECT attempts_left, state FROM challenges WHERE user_id = $1 ORDER BY id", [userId]),
    buckets: await house.sql(
      "SELECT key, fails FROM buckets WHERE position($1 in key) > 0 OR position($2 in key) > 0 ORDER BY key",
      [userId, email],
    ),
    sessions: await house.sql("SELECT step_up_failures FROM sessions WHERE user_id = $1 ORDER BY id", [userId]),
    account: await house.sql("SELECT password_failures, credential_version FROM users WHERE id = $1", [userId]),
    factors: await house.sql("SELECT label, state, last_step, tries_left FROM factors WHERE user_id = $1", [userId]),
    codes: await house.sql(
      "SELECT count(*)::int AS unused FROM recovery_codes WHERE user_id = $1 AND used_at IS NULL",
      [userId],
    ),
  };
}

test("full-width digits and spaces are digits", async ({ house, address }) => {
  const grace = await moveIn(house, { apps: 1 });
  const { path, mark, cookie } = await challenge(house, grace, address, "totp");
  const headers = { "x-forwarded-for": address, cookie };
  const form = formIn((await ask(house.url, path, { headers })).body, mark);
  const wide = [...codeNow(secretOf(grace))]
    .map((digit) => String.fromCodePoint(0xff10 + Number(digit)))
    .join("\u3000");
  const got = await post(house.url, path, filled(form, { code: wide }), headers);
  expect(cookieIn(got, "session")).not.toBeNull();
});

test("too few or too many digits, and signs that only look like some, cost nothing", async ({ house, address }) => {
  const alan = await moveIn(house, { apps: 1 });
  const { path, mark, sentence, cookie } = await challenge(house, alan, address, "totp");
  const headers = { "x-forwarded-for": address, cookie };
  const form = formIn((await ask(house.url, path, { headers })).body, mark);
  for (const code of ["١٢٣٤٥", "①②③④⑤⑥", "²³¹²³¹", "1234567.", "12345", "1234567", "12345a", "-12345", "1e5000"]) {
    expect(alertsIn((await post(house.url, path, filled(form, { code }), headers)).body), code).toMatch(sentence);
  }
  expect(await house.sql("SELECT attempts_left FROM challenges WHERE user_id = $1", [alan.userId])).toEqual([
    { attempts_left: 5 },
  ]);
});

test("an answer that names another way than its page costs at most its own try", async ({ house, address }) => {
  const katherine = await moveIn(house, { apps: 1 });
  const { path, mark, cookie } = await challenge(house, katherine, address, "totp");
  const headers = { "x-forwarded-for": address, cookie };
  const form = formIn((await ask(house.url, path, { headers })).body, mark);
  for (const kind of ["password", "carrier-pigeon", "__proto__", "recovery"]) {
    const got = await post(house.url, path, filled(form, { kind, code: codeNow(secretOf(katherine)) }), headers);
    expect(cookieIn(got, "session"), kind).toBeNull();
  }
  const got = await post(house.url, path, filled(form, { code: codeNow(secretOf(katherine)) }), headers);
  expect(cookieIn(got, "session")).not.toBeNull();
});

test("somebody else's app can be neither renamed nor replaced nor removed", async ({ house, address }) => {
  const [hedy, edsger] = [await moveIn(house, { apps: 1 }), await moveIn(house, { apps: 1 })];
  const cookie = cookieLine(house.url, "session", (await openSessionOf(house, hedy)).cookie);
  const path = `/security/factors/${hedy.factorIds[0]}`;
  const foreign = edsger.factorIds[0] ?? "";
  for (const [page, mark, values] of [
    [path, "Save name", { factorId: foreign, label: "Stolen" }],
    [path, 'name="replaces"', { replaces: foreign }],
    [`${path}/remove`, ">Remove<", { factorId: foreign }],
  ] as const) {
    const { body } = await ask(house.url, page, { headers: { cookie } });
    const got = await post(house.url, page, filled(formIn(body, mark), values), { cookie });
    expect(alertsIn(got.body), mark).toContain("This way of confirming is no longer there.");
  }
  const page = await ask(house.url, `/security/factors/${foreign}`, {
    headers: { cookie, "x-forwarded-for": address },
  });
  expect(page.status).toBe(404);
  const refusals = "SELECT meta FROM security_events WHERE name = 'authz.refused' AND subject_id = $1 AND ip = $2";
  expect(await house.sql(refusals, [hedy.userId, address])).toEqual([{ meta: { what: "factor" } }]);
  const rows = await house.sql("SELECT label, state FROM factors WHERE user_id = ANY($1)", [
    [hedy.userId, edsger.userId],
  ]);
  expect(rows).toEqual([
    { label: "Phone 1", state: "ACTIVE" },
    { label: "Phone 1", state: "ACTIVE" },
  ]);
});

test("a forged state of a form is only a state: it shows no sentence of its own and grants nothing", async ({
  house,
  address,
}) => {
  const headers = { "x-forwarded-for": address };
  const form = formIn((await ask(house.url, "/login", { headers })).body, 'name="identifier"');
  const forged = form.map(([name, value]) =>
    name.startsWith("$ACTION_") && typeof value === "string" && value.includes("idle")
      ? ([name, value.replace("idle", "done")] as const)
      : ([name, value] as const),
  );
  const got = await post(
    house.url,
    "/login",
    filled(forged, { identifier: "nobody@example.test", password: "wrong password" }),
    headers,
  );
  expect(cookieIn(got, "session")).toBeNull();
  expect(got.status).toBeLessThan(500);
});
