import { describe, expect, test } from "vitest";
import type { Pass } from "@/lib/challenge/challenge";
import { beginAtLogin, confirmAtLogin, readAtLogin } from "@/lib/challenge/enrol-at-login";
import { enterByApi } from "@/lib/challenge/enter-by-api";
import { prepareAnswer } from "@/lib/challenge/prepare-answer";
import { startLogin } from "@/lib/challenge/start-login";
import { sha256 } from "@/lib/crypto/digest";
import { codeAt } from "@/lib/factors/totp/code";
import { ensure } from "@/lib/kernel/assert";
import { minutes, seconds } from "@/lib/kernel/duration";
import type { FactorKind } from "@/lib/policy/traits";
import { findLiveSession } from "@/lib/sessions/store";
import { lastCode, sendingSettings } from "@/lib/testing/letters";
import { answer } from "@/lib/testing/second-door";
import { counter, eventNames, openHouse, refused, wrongCode } from "@/lib/testing/story";
import { makePerson, type TestPerson, withAddress, withTotp } from "@/lib/testing/test-context";
import { bucketKey } from "@/lib/throttle/bucket";
import { findAccount } from "@/lib/users/store";

const house = openHouse({ ...sendingSettings, EMAIL_COUNTS: "true" });
const app = { id: "shop-front", demands: false };

/** A login of this person through an app, between the doors. */
async function throughApp({ userId }: TestPerson, by: typeof app = app): Promise<Pass> {
  const { ctx } = house;
  const account = await findAccount(ctx, userId);
  ensure(account, "the person has an account");
  const flags = { unmasked: false, demands: by.demands, isDefault: false, createdAt: ctx.now };
  await ctx.db.app.createMany({
    data: [{ id: by.id, name: by.id, origins: [], servers: [], ...flags }],
    skipDuplicates: true,
  });
  return (await startLogin(ctx, { account, amr: ["pwd"], deviceId: null, returnTo: "/", app: by })).pass;
}

const enter = (pass: Pass, code: string, kind: FactorKind = "totp", more = {}) =>
  enterByApi(house.ctx, { pass, kind, answer: { code, ...more }, label: "App" });

describe("an answer by the API", () => {
  test("opens a session of that app, once, and makes no device known", async () => {
    const person = await makePerson(house.ctx);
    const { codeAt: now } = await withTotp(house.ctx, person);
    const pass = await throughApp(person);
    const { opened } = await enter(pass, now(house.ctx.now));
    expect(opened.deviceToken).toBeNull();
    expect(await house.db.device.count({ where: { userId: person.userId } })).toBe(0);
    expect(await house.db.session.findMany({ where: { userId: person.userId } })).toMatchObject([
      { id: opened.sessionId, clientId: app.id, amr: ["pwd", "otp"], aal: 2, provenWith: "totp" },
    ]);
    expect(await refused(enter(pass, now(house.ctx.now)))).toBe("challenge.expired");
  });

  test("opens no door of the pages, and a session of the pages none of the app", async () => {
    const person = await makePerson(house.ctx);
    const { codeAt: now } = await withTotp(house.ctx, person);
    const { opened } = await enter(await throughApp(person), now(house.ctx.now));
    const hash = sha256(opened.sessionToken);
    expect(await findLiveSession(house.ctx, hash)).toBeNull();
    expect(await findLiveSession(house.ctx, hash, "another-app")).toBeNull();
    expect(await findLiveSession(house.ctx, hash, app.id)).toMatchObject({ userId: person.userId, clientId: app.id });
  });

  test("under another client's name is no login at all", async () => {
    const person = await makePerson(house.ctx);
    const { codeAt: now } = await withTotp(house.ctx, person);
    const pass = await throughApp(person);
    for (const clientId of ["portal", "another-app", ""])
      expect(await refused(enter({ ...pass, clientId }, now(house.ctx.now)))).toBe("challenge.expired");
    expect((await enter(pass, now(house.ctx.now))).opened.userId).toBe(person.userId);
  });

  test("that is wrong counts in the same counter as at the pages, and the fifth ends the login", async () => {
    const person = await makePerson(house.ctx);
    const { secret, codeAt: now } = await withTotp(house.ctx, person);
    const pass = await throughApp(person);
    const wrong = wrongCode(secret, house.ctx.now);
    for (let time = 0; time < 5; time += 1) expect(await refused(enter(pass, wrong))).toBe("totp.wrong_code");
    expect(await counter(house.ctx, bucketKey("factor.totp", person.userId))).toMatchObject({ fails: 5 });
    expect(await refused(enter(pass, now(house.ctx.now)))).toBe("challenge.expired");
  });

  test("has no idle limit, and ends with its day", async () => {
    const person = await makePerson(house.ctx);
    const { codeAt: now } = await withTotp(house.ctx, person);
    const { opened } = await enter(await throughApp(person), now(house.ctx.now));
    const live = () => findLiveSession(house.ctx, sha256(opened.sessionToken), app.id);
    house.clock.move(minutes(23 * 60));
    expect(await live()).not.toBeNull();
    house.clock.move(minutes(61));
    expect(await live()).toBeNull();
  });

  test("fifty at once open one session", async () => {
    const person = await makePerson(house.ctx);
    const { codeAt: now } = await withTotp(house.ctx, person);
    const pass = await throughApp(person);
    const code = now(house.ctx.now);
    const tries = await Promise.allSettled(Array.from({ length: 50 }, () => enter(pass, code)));
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await house.db.session.count({ where: { userId: person.userId } })).toBe(1);
  });
});

describe("a code that was sent", () => {
  test.each([
    ["the number itself", "+12025550123", true],
    ["the number in another spelling", "(202) 555-0123", true],
    ["the number as it is shown", "+1 ••• 123", true],
    ["no number", undefined, true],
    ["somebody else's number", "+12025550124", false],
    ["nonsense", "nobody", false],
  ])("with %s", async (_, to, isRight) => {
    const person = await makePerson(house.ctx);
    await withAddress(house.ctx, person, "sms", "+12025550123");
    const pass = await throughApp(person);
    house.clock.move(minutes(61));
    const later = await throughApp(person);
    await prepareAnswer(house.ctx, { pass: later, kind: "sms", factorId: null, sessionId: null });
    const trying = enter(later, await lastCode(house.ctx, person.userId), "sms", to === undefined ? {} : { to });
    if (isRight) expect((await trying).opened.userId).toBe(person.userId);
    else expect(await refused(trying)).toBe("sms.wrong_code");
    expect(pass.clientId).toBe(app.id);
  });
});

describe("an app that demands a second factor", () => {
  const strict = { id: "strict-shop", demands: true };

  /** Somebody without any, who began to bind an authenticator app in this login. */
  async function binding() {
    const person = await makePerson(house.ctx);
    const pass = await throughApp(person, strict);
    await beginAtLogin(house.ctx, { pass, kind: "totp", given: {} });
    const secret = (await readAtLogin(house.ctx, { pass, kind: "totp" }))?.pending.shown.secret ?? "";
    return { person, pass, secret };
  }
  const confirm = (pass: Pass, code: string) =>
    confirmAtLogin(house.ctx, { pass, kind: "totp", answer: { code }, label: "", defaultLabel: "App" });

  test("has an app bound in the login under the token that was there before, and the same code claims it once", async () => {
    const { person, pass, secret } = await binding();
    const code = codeAt(secret, house.ctx.now);
    await confirm(pass, code);
    expect(await house.db.session.count({ where: { userId: person.userId } })).toBe(0);
    const { opened } = await enter(pass, code);
    expect(opened.userId).toBe(person.userId);
    expect(await refused(enter(pass, code))).toBe("challenge.expired");
    expect((await eventNames(house.ctx, person.userId)).filter((name) => name === "challenge.answered")).toHaveLength(
      1,
    );
  });

  test("takes no wrong code for the claim, and the tries are the login's", async () => {
    const { pass, secret } = await binding();
    const code = codeAt(secret, house.ctx.now);
    await confirm(pass, code);
    for (let time = 0; time < 4; time += 1)
      expect(await refused(enter(pass, wrongCode(secret, house.ctx.now)))).toBe("totp.wrong_code");
    expect(await refused(enter(pass, code))).toBe("challenge.expired");
  });

  test("takes a later code of the new app too, which is spent by it", async () => {
    const { person, pass, secret } = await binding();
    await confirm(pass, codeAt(secret, house.ctx.now));
    house.clock.move(seconds(90));
    const code = codeAt(secret, house.ctx.now);
    expect((await enter(pass, code)).opened.userId).toBe(person.userId);
    expect(await refused(enter(await throughApp(person, strict), code))).toBe("totp.already_used");
  });

  test("and nobody else may use the code that bound it", async () => {
    const { person, pass, secret } = await binding();
    const code = codeAt(secret, house.ctx.now);
    await confirm(pass, code);
    expect(await refused(enter(await throughApp(person, strict), code))).toBe("totp.already_used");
  });

  test("waits for the claim until the login's own end", async () => {
    const [one, other] = [await binding(), await binding()];
    const at = house.ctx.now;
    await confirm(one.pass, codeAt(one.secret, at));
    await confirm(other.pass, codeAt(other.secret, at));
    house.clock.move(seconds(350));
    expect((await enter(one.pass, codeAt(one.secret, at))).opened.userId).toBe(one.person.userId);
    house.clock.move(seconds(11));
    expect(await refused(enter(other.pass, codeAt(other.secret, at)))).toBe("challenge.expired");
  });

  test("binds a number and opens with one code, and makes no recovery codes that nobody would see", async () => {
    const person = await makePerson(house.ctx);
    const pass = await throughApp(person, strict);
    const given = { destination: "+12025550177" };
    await beginAtLogin(house.ctx, { pass, kind: "sms", given });
    const { opened, reveal } = await enter(pass, await lastCode(house.ctx, person.userId), "sms");
    expect(opened.userId).toBe(person.userId);
    expect(reveal).toBeNull();
    expect(await house.db.factor.count({ where: { userId: person.userId, state: "ACTIVE", kind: "sms" } })).toBe(1);
    expect(await house.db.recoveryCode.count({ where: { userId: person.userId } })).toBe(0);
  });

  test("cannot have its login answered at the pages' door", async () => {
    const { pass, secret } = await binding();
    await confirm(pass, codeAt(secret, house.ctx.now));
    expect(
      await refused(answer(house.ctx, { ...pass, clientId: "portal" }, "totp", codeAt(secret, house.ctx.now))),
    ).toBe("challenge.expired");
  });
});
