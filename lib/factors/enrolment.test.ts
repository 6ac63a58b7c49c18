import { describe, expect, test } from "vitest";
import { beginEnrolment } from "@/lib/factors/begin-enrolment";
import { binderOf } from "@/lib/factors/binder-of";
import { confirmEnrolment } from "@/lib/factors/confirm-enrolment";
import { findFactorView, findPendingView } from "@/lib/factors/list-factors";
import { codeAt } from "@/lib/factors/totp/code";
import { hours, seconds } from "@/lib/kernel/duration";
import { sayIn } from "@/lib/messages/say";
import { listFactors } from "@/lib/testing/listed-factors";
import { answer } from "@/lib/testing/second-door";
import { atSecondDoor, eventNames, openHouse, refusalOf, refused, wrongCode } from "@/lib/testing/story";
import { makePerson, openSessionFor, type TestPerson, withRecoveryCodes, withTotp } from "@/lib/testing/test-context";

const house = openHouse();
const now = () => house.clock.now();
type Actor = Awaited<ReturnType<typeof openSessionFor>>["actor"];

async function begin(actor: Actor, replacesId: string | null = null): Promise<string> {
  await beginEnrolment(house.ctx, { binder: binderOf(actor), kind: "totp", replacesId, given: {} });
  return secretOf(actor);
}

async function secretOf(actor: Actor): Promise<string> {
  const view = await findPendingView(house.ctx, binderOf(actor), "totp");
  if (!view?.shown.secret) throw new Error("Nothing is pending.");
  return view.shown.secret;
}

const confirm = (actor: Actor, code: string, label = "") =>
  confirmEnrolment(house.ctx, { actor, kind: "totp", answer: { code }, label, defaultLabel: "Authenticator app" });

async function inside(): Promise<{ person: TestPerson; actor: Actor }> {
  const person = await makePerson(house.ctx);
  return { person, actor: (await openSessionFor(house.ctx, person)).actor };
}

describe("binding the first app", () => {
  test("makes it active, gives ten codes once and ends every other session", async () => {
    const { person, actor } = await inside();
    const [other, third] = [await openSessionFor(house.ctx, person), await openSessionFor(house.ctx, person)];
    const secret = await begin(actor);
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    const bound = await confirm(actor, codeAt(secret, now()));
    expect(bound).toMatchObject({ endedSessions: 2 });
    expect(new Set(bound.codes?.codes).size).toBe(10);
    const sessions = await house.db.session.findMany({ where: { userId: person.userId } });
    expect(sessions).toMatchObject([{ id: actor.sessionId, credentialVersion: 3, provenWith: "totp", aal: 2 }]);
    expect([other.session.id, third.session.id]).not.toContain(sessions[0]?.id);
    expect(await listFactors(house.ctx, { ...person, deviceId: null })).toMatchObject([
      { kind: "totp", label: "Authenticator app", closed: "nowhere" },
    ]);
    expect((await eventNames(house.ctx, person.userId)).slice(-4)).toEqual([
      "factor.begun",
      "recovery.generated",
      "sessions.ended",
      "factor.bound",
    ]);
  });

  test("a second one gives no codes while there are some", async () => {
    const { person, actor } = await inside();
    const first = await confirm(actor, codeAt(await begin(actor), now()));
    expect(first.codes?.codes).toHaveLength(10);
    const again = { ...actor, credentialVersion: actor.credentialVersion + 1 };
    expect((await confirm(again, codeAt(await begin(again), now()))).codes).toBeNull();
    expect(await house.db.recoveryCode.count({ where: { userId: person.userId } })).toBe(10);
  });

  test("what is pending opens no challenge and does not make the account one with a factor", async () => {
    const { person, actor } = await inside();
    const secret = await begin(actor);
    const pass = await atSecondDoor(house.stranger(), person.userId);
    expect(await house.db.challenge.findUnique({ where: { id: pass.challengeId } })).toMatchObject({
      state: "SATISFIED",
    });
    await withTotp(house.ctx, person);
    const later = await atSecondDoor(house.stranger(), person.userId);
    expect(await refused(answer(house.ctx, later, "totp", codeAt(secret, now())))).toBe("totp.wrong_code");
  });

  test("the code that confirmed is spent: it opens no challenge afterwards", async () => {
    const { person, actor } = await inside();
    const secret = await begin(actor);
    await confirm(actor, codeAt(secret, now()));
    const pass = await atSecondDoor(house.stranger(), person.userId);
    expect(await refused(answer(house.ctx, pass, "totp", codeAt(secret, now())))).toBe("totp.already_used");
    expect(
      (await answer(house.ctx, pass, "totp", codeAt(secret, new Date(now().getTime() + seconds(30))))).userId,
    ).toBe(person.userId);
  });

  test("the secret is shown while it is pending and never again; the row never holds it readable", async () => {
    const { actor, person } = await inside();
    const secret = await begin(actor);
    expect((await findPendingView(house.ctx, binderOf(actor), "totp"))?.shown.uri).toContain(`secret=${secret}`);
    expect(JSON.stringify(await house.db.factor.findMany({ where: { userId: person.userId } }))).not.toContain(secret);
    const { factorId } = await confirm(actor, codeAt(secret, now()));
    expect(await findPendingView(house.ctx, binderOf(actor), "totp")).toBeNull();
    expect(JSON.stringify(await findFactorView(house.ctx, { ...person, deviceId: null }, factorId))).not.toContain(
      secret,
    );
  });
});

describe("a code that does not confirm", () => {
  test("wrong five times: the enrolment is over, and the sixth, right one is refused", async () => {
    const { person, actor } = await inside();
    const secret = await begin(actor);
    const shown = [];
    for (let time = 0; time < 5; time += 1) {
      expect(await refused(confirm(actor, wrongCode(secret, now())))).toBe("totp.wrong_code");
      shown.push((await findPendingView(house.ctx, binderOf(actor), "totp"))?.isLastTry ?? null);
    }
    expect(shown.slice(0, 4)).toEqual([false, false, false, true]);
    expect(await refused(confirm(actor, codeAt(secret, now())))).toBe("factors.enrolment_gone");
    expect(await listFactors(house.ctx, { ...person, deviceId: null })).toEqual([]);
    expect(
      (await eventNames(house.ctx, person.userId)).filter((name) => name === "factor.confirm_refused"),
    ).toHaveLength(5);
  });

  test("beginning again does not reset the ten of an hour", async () => {
    const { actor } = await inside();
    for (const times of [5, 5]) {
      const secret = await begin(actor);
      for (let time = 0; time < times; time += 1) await refused(confirm(actor, wrongCode(secret, now())));
    }
    const secret = await begin(actor);
    expect(await refused(confirm(actor, codeAt(secret, now())))).toBe("throttle.too_many");
    house.clock.move(hours(1));
    expect((await confirm(actor, codeAt(await begin(actor), now()))).factorId).toBeTruthy();
  });

  test("malformed ones and bad names cost nothing", async () => {
    const { person, actor } = await inside();
    await begin(actor);
    for (const code of ["", "12345", "abcdef", "1234567"])
      expect(await refused(confirm(actor, code))).toBe("totp.malformed");
    expect(await refused(confirm(actor, "123456", "x".repeat(65)))).toBe("factors.label_malformed");
    expect(await refused(confirm(actor, "123456", "bad\u0000name"))).toBe("factors.label_malformed");
    expect(await house.db.factor.findFirst({ where: { userId: person.userId } })).toMatchObject({ triesLeft: 5 });
  });

  test.each([
    [-60, "totp.clock_behind", 1],
    [-300, "totp.clock_behind", 5],
    [-600, "totp.clock_behind", 10],
    [60, "totp.clock_ahead", 1],
    [600, "totp.clock_ahead", 10],
  ])("a phone's clock %i s off is told so, and refused all the same", async (drift, id, minutesOff) => {
    const { actor } = await inside();
    const secret = await begin(actor);
    const refusal = await refusalOf(confirm(actor, codeAt(secret, new Date(now().getTime() + drift * 1000))));
    expect(refusal).toMatchObject({ id, more: { field: "code", params: { minutes: minutesOff } } });
  });

  test.each([-630, 630])("%i s off is simply not right", async (drift) => {
    const { actor } = await inside();
    const secret = await begin(actor);
    expect(await refused(confirm(actor, codeAt(secret, new Date(now().getTime() + drift * 1000))))).toBe(
      "totp.wrong_code",
    );
  });

  test.each([-30, 0, 30])("%i s off confirms", async (drift) => {
    const { actor } = await inside();
    const secret = await begin(actor);
    expect((await confirm(actor, codeAt(secret, new Date(now().getTime() + drift * 1000)))).factorId).toBeTruthy();
  });

  test("at a login a code of another time and one of no time are refused in the same words, which speak of the clock", async () => {
    const { person } = await inside();
    const app = await withTotp(house.ctx, person);
    const pass = await atSecondDoor(house.stranger(), person.userId);
    const codes = [-60, 60, -300].map((drift) => app.codeAt(new Date(now().getTime() + drift * 1000)));
    for (const code of [wrongCode(app.secret, now()), ...codes]) {
      const refusal = await refusalOf(answer(house.ctx, pass, "totp", code));
      expect(refusal).toMatchObject({ id: "totp.wrong_code", more: { field: "code" } });
      expect(refusal.more.params).toBeUndefined();
    }
    expect(sayIn("en")("totp.wrong_code")).toMatch(
      /If the next one is refused too, set your phone’s clock to automatic/,
    );
    expect(sayIn("zh")("totp.wrong_code")).toMatch(/如果下一个仍不正确，请将手机时间设为自动/);
  });
});

describe("confirming at once", () => {
  test("twenty confirmations of one code bind one app with one set of codes", async () => {
    const { person, actor } = await inside();
    const secret = await begin(actor);
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => confirm(actor, codeAt(secret, now()))));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await house.db.factor.count({ where: { userId: person.userId, state: "ACTIVE" } })).toBe(1);
    expect(await house.db.recoveryCode.count({ where: { userId: person.userId } })).toBe(10);
  });

  test("somebody who changed the account meanwhile wins: the confirmation is refused and binds nothing", async () => {
    const { person, actor } = await inside();
    const secret = await begin(actor);
    await house.db.user.update({ where: { id: person.userId }, data: { credentialVersion: { increment: 1 } } });
    expect(await refused(confirm(actor, codeAt(secret, now())))).toBe("account.changed_meanwhile");
    expect(await house.db.factor.count({ where: { userId: person.userId, state: "ACTIVE" } })).toBe(0);
    expect(await house.db.recoveryCode.count({ where: { userId: person.userId } })).toBe(0);
  });

  test("the codes that a person had stay theirs when they bind another app", async () => {
    const { person } = await inside();
    await withTotp(house.ctx, person);
    const codes = await withRecoveryCodes(house.ctx, person);
    const { actor } = await openSessionFor(house.ctx, person);
    await confirm(actor, codeAt(await begin(actor), now()));
    const pass = await atSecondDoor(house.stranger(), person.userId);
    expect((await answer(house.ctx, pass, "recovery", codes[9] ?? "")).userId).toBe(person.userId);
  });
});
