import { beforeEach, describe, expect, test } from "vitest";
import type { Pass } from "@/lib/challenge/challenge";
import { claimLogin } from "@/lib/challenge/claim-login";
import { beginAtLogin, confirmAtLogin } from "@/lib/challenge/enrol-at-login";
import { openSecret } from "@/lib/crypto/factor-secret";
import { codeAt } from "@/lib/factors/totp/code";
import { days, hours, later, minutes } from "@/lib/kernel/duration";
import { openLetter } from "@/lib/letters/open-letter";
import { readSpentLink } from "@/lib/links/spent-link";
import { invitePerson } from "@/lib/operator/invite-person";
import { throttleRules } from "@/lib/policy/throttle-rules";
import { askToRegister } from "@/lib/registration/ask-to-register";
import { readRegistration, register } from "@/lib/registration/register";
import { sendingSettings } from "@/lib/testing/letters";
import { eventNames, knock, openHouse, refused } from "@/lib/testing/story";
import { makePerson } from "@/lib/testing/test-context";
import { setSettings } from "@/lib/testing/test-settings";

const open = { ...sendingSettings, REGISTRATION: "open", MAIL_PER_DAY: "40" };
const house = openHouse(open);
const password = "eleven patient otters at dusk";

beforeEach(async () => {
  setSettings({ ...open, SECOND_FACTOR: "admins" });
  house.clock.move(days(2));
  await house.db.letter.deleteMany();
});

const mail = () => `${house.ctx.random.bytes(6).toString("hex")}@example.test`;
const ask = (email: string, ctx = house.stranger()) => askToRegister(ctx, { email });

/** Every letter that waits, oldest first: its kind, where it goes, in which language, and the token in its link. */
async function letters() {
  const rows = await house.db.letter.findMany({ orderBy: [{ createdAt: "asc" }, { seq: "asc" }] });
  return rows.map((row) => {
    const letter = openLetter(row);
    const facts: unknown = letter?.facts;
    const link = typeof facts === "object" && facts !== null && "link" in facts ? String(facts.link) : "";
    return { kind: row.kind, to: letter?.to, language: row.language, token: link.split("/register/")[1] ?? "" };
  });
}

async function linkFor(email: string): Promise<string> {
  await ask(email);
  return (await letters()).filter(({ to }) => to === email).at(-1)?.token ?? "";
}
const choose = (token: string, chosen = password) => register(house.stranger(), { token, password: chosen });

const someoneWith = (email: string) => ({ userId: "", email, username: null, isAdmin: false, password });

/** An app is bound between the doors, by its first code. */
async function bindAtLogin(begun: Pass) {
  const { factorId, pass: prolonged } = await beginAtLogin(house.stranger(), { pass: begun, kind: "totp", given: {} });
  const app = await house.db.factor.findUniqueOrThrow({ where: { id: factorId } });
  const pass = prolonged ?? begun;
  const answer = { code: codeAt(openSecret(app) ?? "", house.ctx.now) };
  const confirming = { pass, kind: "totp", answer, label: "", defaultLabel: "Phone" } as const;
  return { app, pass, ...(await confirmAtLogin(house.stranger(), confirming)) };
}

describe("whoever asks with an address that nobody has", () => {
  test("gets a link by letter; looking spends nothing, a poor password neither; then the account is theirs, and their login begins", async () => {
    const email = mail();
    const token = await linkFor(email);
    for (let look = 0; look < 3; look += 1) expect(await readRegistration(house.ctx, token)).toEqual({ email });
    expect(await refused(choose(token, "short"))).toBe("password.too_short");
    expect(await refused(choose(token, email.split("@")[0]))).toMatch(/^password\./);
    const started = await choose(token);
    expect(started.next).toBe("claim");
    expect(await claimLogin(house.ctx, started.pass)).toMatchObject({ userId: started.userId });
    expect(await house.db.user.findUnique({ where: { email } })).toMatchObject({
      isAdmin: false,
      username: null,
      phone: null,
    });
    expect((await knock(house.stranger(), someoneWith(email))).userId).toBe(started.userId);
    expect(await eventNames(house.ctx, started.userId)).toContain("registration.completed");
    expect(await readSpentLink(house.ctx, token, "registration")).toEqual({ why: "used", userId: started.userId });
    expect(await refused(choose(token))).toBe("setup.link_over");
  });

  test("is led to a second factor where everybody needs one, is in once it is bound, and is asked for it the next time", async () => {
    setSettings({ ...open, SECOND_FACTOR: "everyone" });
    const email = mail();
    const started = await choose(await linkFor(email));
    expect(started.next).toBe("enrol");
    expect(await claimLogin(house.ctx, started.pass)).toBeNull();
    const { app, pass, reveal } = await bindAtLogin(started.pass);
    expect(reveal?.codes).toHaveLength(10);
    expect(await claimLogin(house.ctx, pass)).toMatchObject({ userId: started.userId });
    expect((await knock(house.stranger(), someoneWith(email))).next).toBe("answer");
    expect(app.kind).toBe("totp");
  });

  test("and leaves before it is bound owes it at the next login: the password alone opens nothing", async () => {
    setSettings({ ...open, SECOND_FACTOR: "everyone" });
    const email = mail();
    await choose(await linkFor(email));
    house.clock.move(hours(1));
    const again = await knock(house.stranger(), someoneWith(email));
    expect(again.next).toBe("enrol");
    expect(await claimLogin(house.ctx, again.pass)).toBeNull();
    expect(await claimLogin(house.ctx, (await bindAtLogin(again.pass)).pass)).toMatchObject({ userId: again.userId });
  });

  test("who asks three times has three links; the first that is used ends the others", async () => {
    const email = mail();
    for (let time = 0; time < 3; time += 1) await ask(email);
    const tokens = (await letters()).map(({ token }) => token);
    expect(new Set(tokens).size).toBe(3);
    await choose(tokens[1] ?? "");
    for (const token of tokens) {
      expect(await readRegistration(house.ctx, token)).toBeNull();
      expect(await refused(choose(token, "nine slow ferries to nowhere"))).toBe("setup.link_over");
    }
    expect(await house.db.user.count({ where: { email } })).toBe(1);
  });

  test("twenty at once, with two links of one address: one account", async () => {
    const email = mail();
    const tokens = [await linkFor(email), await linkFor(email)];
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, (_, n) => choose(tokens[n % 2] ?? "", `${password} ${n}`)),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await house.db.user.count({ where: { email } })).toBe(1);
  });

  test("a day later, by another kind of link, or with a changed letter nothing opens", async () => {
    const token = await linkFor(mail());
    const invited = await invitePerson(house.ctx, { email: mail(), username: null, isAdmin: false, by: "cli" });
    const other = invited.link.split("/welcome/")[1] ?? "";
    for (const wrong of [
      other,
      other.replace("inv_", "reg_"),
      `${token.slice(0, -1)}${token.endsWith("A") ? "B" : "A"}`,
      "",
    ])
      expect(await refused(choose(wrong))).toBe("setup.link_over");
    house.clock.move(days(1));
    expect(await readRegistration(house.ctx, token)).toBeNull();
    expect(await refused(choose(token))).toBe("setup.link_over");
    expect((await readSpentLink(house.ctx, token, "registration")).why).toBe("expired");
  });
});

describe("an address that somebody has", () => {
  test.each([
    ["as it is", (email: string) => email],
    ["in capitals", (email: string) => email.toUpperCase()],
    ["with a name before it", (email: string) => `Ada Lovelace <${email}>`],
    ["as a link", (email: string) => `mailto:${email}?subject=Hello`],
    [
      "in wide letters",
      (email: string) => email.replace(/[a-z]/g, (sign) => String.fromCodePoint((sign.codePointAt(0) ?? 0) + 0xfee0)),
    ],
    ["with a dot behind it", (email: string) => `${email}.`],
    ["with what nobody sees", (email: string) => email.replace("@", "\u200b@")],
  ])("%s: a thief who asks with it learns nothing, and its owner reads that there is an account", async (_, spell) => {
    const ada = await makePerson(house.ctx);
    await house.db.user.update({ where: { id: ada.userId }, data: { language: "zh" } });
    const before = await house.db.user.findUnique({ where: { id: ada.userId } });
    await expect(ask(spell(ada.email))).resolves.toBeUndefined();
    expect(await letters()).toEqual([{ kind: "register.taken", to: ada.email, language: "zh", token: "" }]);
    expect(await house.db.user.findUnique({ where: { id: ada.userId } })).toEqual(before);
    const asked = await house.db.securityEvent.findMany({
      where: { subjectId: ada.userId, name: "registration.asked" },
    });
    expect(asked).toMatchObject([{ actorId: null }]);
  });

  test("a thief with the mailbox of somebody who was invited, or is disabled, gets no link to choose a password here", async () => {
    const never = await invitePerson(house.ctx, { email: mail(), username: null, isAdmin: false, by: "cli" });
    const { email: invited } = await house.db.user.findUniqueOrThrow({ where: { id: never.userId } });
    const disabled = await makePerson(house.ctx);
    await house.db.user.update({ where: { id: disabled.userId }, data: { disabledAt: house.ctx.now } });
    for (const email of [invited, disabled.email]) await ask(email);
    expect((await letters()).map(({ kind, token }) => [kind, token])).toEqual([
      ["register.taken", ""],
      ["register.taken", ""],
    ]);
  });

  test("that was free when the link was sent: the link makes no second account and changes nothing of the first", async () => {
    const email = mail();
    const token = await linkFor(email);
    const ada = await makePerson(house.ctx, { email });
    expect(await readRegistration(house.ctx, token)).toBeNull();
    expect(await refused(choose(token))).toBe("setup.link_over");
    expect((await knock(house.stranger(), ada)).userId).toBe(ada.userId);
  });
});

describe("a flood of questions", () => {
  test("sends one address three letters an hour and five a day, and says the same of all", async () => {
    const email = mail();
    for (let time = 0; time < 6; time += 1) await ask(email);
    expect(await letters()).toHaveLength(3);
    house.clock.move(hours(1));
    for (let time = 0; time < 6; time += 1) await ask(email);
    expect(await letters()).toHaveLength(5);
  });

  test("from one address is refused, whomever it asks for; logins and links from there go on", async () => {
    const ctx = house.stranger();
    const { limit } = throttleRules["register.near"];
    for (let time = 0; time < limit; time += 1) await ask("nobody@example.test", ctx);
    const ada = await makePerson(house.ctx);
    for (const email of [mail(), ada.email]) expect(await refused(ask(email, ctx))).toBe("throttle.too_many");
    expect((await knock(ctx, ada)).userId).toBe(ada.userId);
    house.clock.move(minutes(61));
    await ask(mail(), ctx);
  });

  test("from everywhere uses up half of the day, says so to all alike, and leaves a login's codes theirs", async () => {
    const ada = await makePerson(house.ctx);
    const boss = await makePerson(house.ctx, { isAdmin: true });
    for (let time = 0; time < 20; time += 1) await ask(mail());
    for (const email of [mail(), ada.email]) expect(await refused(ask(email))).toBe("throttle.no_letters");
    const told = (await letters()).filter(({ to }) => to === boss.email).map(({ kind }) => kind);
    expect(told).toEqual(["budget.spent"]);
    const spent = await house.db.securityEvent.count({ where: { name: "send.budget_spent", at: house.ctx.now } });
    expect(spent).toBe(1);
  });

  test.each(["no address", "@example.test", "a@b", `${"a".repeat(400)}@example.test`])(
    "%s costs nothing",
    async (typed) => {
      const ctx = house.stranger();
      expect(await refused(ask(typed, ctx))).toBe("setup.bad_email");
      expect(await house.db.bucket.count({ where: { key: { startsWith: `register.near:${ctx.visitor.ip}` } } })).toBe(
        0,
      );
    },
  );
});

test.each(["closed", "invitation"])(
  "where registration is %s nobody asks, and a link of before makes nothing",
  async (registration) => {
    const token = await linkFor(mail());
    setSettings({ REGISTRATION: registration });
    expect(await refused(ask(mail()))).toBe("register.closed");
    expect(await readRegistration(house.ctx, token)).toBeNull();
    expect(await refused(choose(token))).toBe("setup.link_over");
  },
);

test("an address that somebody left, and may still take back, is nobody else's yet", async () => {
  const [ada, former] = [await makePerson(house.ctx), mail()];
  const moment = { changedAt: house.ctx.now, expiresAt: later(house.ctx.now, hours(72)) };
  await house.db.emailChange.create({
    data: { id: house.ctx.random.id(), userId: ada.userId, former, next: ada.email, ...moment },
  });
  await ask(former);
  expect((await letters()).map(({ kind, token }) => [kind, token])).toEqual([["register.taken", ""]]);
});
