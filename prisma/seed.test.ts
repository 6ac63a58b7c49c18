import { afterAll, beforeAll, expect, test } from "vitest";
import { answerChallenge } from "@/lib/challenge/answer-challenge";
import { canonicalCode } from "@/lib/factors/recovery/codes";
import { codeAt } from "@/lib/factors/totp/code";
import { ensure } from "@/lib/kernel/assert";
import { systemClock } from "@/lib/kernel/clock";
import { logInWithPassword } from "@/lib/login/log-in-with-password";
import { listPeople } from "@/lib/operator/list-people";
import { cast, member } from "@/lib/testing/cast";
import { listFactors } from "@/lib/testing/listed-factors";
import { monday, testContext, testHouse } from "@/lib/testing/test-context";
import { checkNewPassword } from "@/lib/users/password-rules";
import { findAccountByIdentifier } from "@/lib/users/store";
import { castTable, seed } from "@/prisma/seed";

let house: Awaited<ReturnType<typeof testHouse>>;
const asOf = () => testContext({ db: house.db, clock: systemClock });
beforeAll(async () => {
  house = await testHouse();
  await seed(house.url);
});
afterAll(() => house.close());

async function knock(name: string) {
  const { email, password } = member(name);
  return logInWithPassword(asOf(), { identifier: email, password, deviceToken: null, returnTo: "/" });
}

test("seeding again changes nothing, not even the time of a row", async () => {
  const dump = () =>
    Promise.all([
      house.db.user.findMany({ orderBy: { id: "asc" } }),
      house.db.factor.findMany({ orderBy: { id: "asc" } }),
      house.db.recoveryCode.findMany({ orderBy: { id: "asc" } }),
      house.db.bucket.findMany({ orderBy: { key: "asc" } }),
      house.db.securityEvent.count(),
    ]);
  const before = await dump();
  await seed(house.url);
  expect(await dump()).toEqual(before);
});

test("everybody's password is one that the rules accept, and every code can be typed", async () => {
  for (const each of cast) {
    await checkNewPassword(each.password, { ...each, policy: null }, monday);
    expect(each.password.length).toBeGreaterThanOrEqual(15);
    for (const code of each.recoveryCodes) expect(canonicalCode(code)).toBe(code);
    for (const { secret } of each.apps) expect(secret).toMatch(/^[A-Z2-7]{32}$/);
  }
});

test("Ada gets in with her password, Grace and Hedy with the codes of their apps", async () => {
  expect((await knock("Ada")).next).toBe("claim");
  for (const name of ["Grace", "Hedy"]) {
    const started = await knock(name);
    expect(started.next).toBe("answer");
    const secret = member(name).apps.at(-1)?.secret ?? "";
    const answer = { code: codeAt(secret, asOf().now) };
    const answered = await answerChallenge(asOf(), { pass: started.pass, kind: "totp", answer, sessionId: null });
    expect(answered.userId).toBe(started.userId);
  }
});

test("Edsger waits, Katherine's app is closed but a recovery code lets her in", async () => {
  await expect(knock("Edsger")).rejects.toThrow("throttle.too_many");
  const started = await knock("Katherine");
  const [app] = member("Katherine").apps;
  ensure(app, "she has an app");
  const answer = { code: codeAt(app.secret, asOf().now) };
  const way = { pass: started.pass, sessionId: null };
  await expect(answerChallenge(asOf(), { ...way, kind: "totp", answer })).rejects.toThrow("throttle.closed");
  const code = { code: member("Katherine").recoveryCodes[0] };
  expect((await answerChallenge(asOf(), { ...way, kind: "recovery", answer: code })).reveal?.codes).toHaveLength(1);
  expect((await listFactors(asOf(), { ...started, deviceId: null })).map(({ closed }) => closed)).toEqual(["here"]);
});

test("Hedy has two codes left, Barbara is an administrator with nothing", async () => {
  const people = await listPeople(asOf());
  expect(people.find(({ email }) => email === "hedy@example.test")).toMatchObject({
    factors: { totp: 2 },
    recoveryCodes: 2,
  });
  expect(people.find(({ email }) => email === "barbara@example.test")).toMatchObject({ factors: {}, isAdmin: true });
  expect(await findAccountByIdentifier(asOf(), "barbara")).toMatchObject({ email: "barbara@example.test" });
});

test("the table tells how to get in as each of them", () => {
  const table = castTable();
  for (const { email, password } of cast) expect(table).toContain(`${email}   password: ${password}`);
  expect(table).toContain("otpauth://totp/");
  expect(table).toContain("HEDY-0000-0000-0001");
});
