import { describe, expect, test } from "vitest";
import { beginEnrolment } from "@/lib/factors/begin-enrolment";
import { cancelEnrolment } from "@/lib/factors/cancel-enrolment";
import { confirmEnrolment } from "@/lib/factors/confirm-enrolment";
import { findFactorView, findPendingView, listFactors } from "@/lib/factors/list-factors";
import { renameFactor } from "@/lib/factors/rename-factor";
import { codeAt } from "@/lib/factors/totp/code";
import { hours, minutes, seconds } from "@/lib/kernel/duration";
import { answer, atSecondDoor, counter, eventNames, refusalOf, refused, useHouse, wrongCode } from "@/lib/testing/story";
import { makePerson, openSessionFor, type TestPerson, withRecoveryCodes, withTotp } from "@/lib/testing/test-context";
import { bucketKey } from "@/lib/throttle/store";

const house = useHouse();
const now = () => house.clock.now();
type Actor = Awaited<ReturnType<typeof openSessionFor>>["actor"];

async function begin(actor: Actor, replacesId: string | null = null): Promise<string> {
  await beginEnrolment(house.ctx, { actor, kind: "totp", replacesId });
  return secretOf(actor);
}

async function secretOf(actor: Actor): Promise<string> {
  const view = await findPendingView(house.ctx, actor, "totp");
  if (!view?.shown.secret) throw new Error("Nothing is pending.");
  return view.shown.secret;
}

const confirm = (actor: Actor, code: string, label = "") => confirmEnrolment(house.ctx, { actor, kind: "totp", answer: { code }, label, defaultLabel: "Authenticator app" });

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
    expect(new Set(bound.codes).size).toBe(10);
    const sessions = await house.db.session.findMany({ where: { userId: person.userId } });
    expect(sessions).toMatchObject([{ id: actor.sessionId, credentialVersion: 3, provenWith: "totp", aal: 2 }]);
    expect([other.session.id, third.session.id]).not.toContain(sessions[0]?.id);
    expect(await listFactors(house.ctx, person.userId)).toMatchObject([{ kind: "totp", label: "Authenticator app", quarantined: false }]);
    expect((await eventNames(house.ctx, person.userId)).slice(-4)).toEqual(["factor.begun", "recovery.generated", "sessions.ended", "factor.bound"]);
  });

  test("a second one gives no codes while there are some", async () => {
    const { person, actor } = await inside();
    const first = await confirm(actor, codeAt(await begin(actor), now()));
    expect(first.codes).toHaveLength(10);
    const again = { ...actor, credentialVersion: actor.credentialVersion + 1 };
    expect((await confirm(again, codeAt(await begin(again), now()))).codes).toBeNull();
    expect(await house.db.recoveryCode.count({ where: { userId: person.userId } })).toBe(10);
  });

  test("what is pending opens no challenge and does not make the account one with a factor", async () => {
    const { person, actor } = await inside();
    const secret = await begin(actor);
    const pass = await atSecondDoor(house.stranger(), person.userId);
    expect(await house.db.challenge.findUnique({ where: { id: pass.challengeId } })).toMatchObject({ state: "SATISFIED" });
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
    expect((await answer(house.ctx, pass, "totp", codeAt(secret, new Date(now().getTime() + seconds(30))))).userId).toBe(person.userId);
  });

  test("the secret is shown while it is pending and never again; the row never holds it readable", async () => {
    const { actor, person } = await inside();
    const secret = await begin(actor);
    expect((await findPendingView(house.ctx, actor, "totp"))?.shown.uri).toContain(`secret=${secret}`);
    expect(JSON.stringify(await house.db.factor.findMany({ where: { userId: person.userId } }))).not.toContain(secret);
    const { factorId } = await confirm(actor, codeAt(secret, now()));
    expect(await findPendingView(house.ctx, actor, "totp")).toBeNull();
    expect(JSON.stringify(await findFactorView(house.ctx, person.userId, factorId))).not.toContain(secret);
  });
});

describe("a code that does not confirm", () => {
  test("wrong five times: the enrolment is over, and the sixth, right one is refused", async () => {
    const { person, actor } = await inside();
    const secret = await begin(actor);
    for (let time = 0; time < 5; time += 1) expect(await refused(confirm(actor, wrongCode(secret, now())))).toBe("totp.wrong_code");
    expect(await refused(confirm(actor, codeAt(secret, now())))).toBe("factors.enrolment_gone");
    expect(await listFactors(house.ctx, person.userId)).toEqual([]);
    expect((await eventNames(house.ctx, person.userId)).filter((name) => name === "factor.confirm_refused")).toHaveLength(5);
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
    for (const code of ["", "12345", "abcdef", "1234567"]) expect(await refused(confirm(actor, code))).toBe("totp.malformed");
    expect(await refused(confirm(actor, "123456", "x".repeat(65)))).toBe("factors.label_malformed");
    expect(await refused(confirm(actor, "123456", "bad\u202ename"))).toBe("factors.label_malformed");
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
    expect(await refused(confirm(actor, codeAt(secret, new Date(now().getTime() + drift * 1000))))).toBe("totp.wrong_code");
  });

  test.each([-30, 0, 30])("%i s off confirms", async (drift) => {
    const { actor } = await inside();
    const secret = await begin(actor);
    expect((await confirm(actor, codeAt(secret, new Date(now().getTime() + drift * 1000)))).factorId).toBeTruthy();
  });

  test("at a login the clock is never explained", async () => {
    const { person } = await inside();
    const app = await withTotp(house.ctx, person);
    const pass = await atSecondDoor(house.stranger(), person.userId);
    for (const drift of [-60, 60, -300]) expect(await refused(answer(house.ctx, pass, "totp", app.codeAt(new Date(now().getTime() + drift * 1000))))).toBe("totp.wrong_code");
  });
});

describe("beginning again and cancelling", () => {
  test("leave the active one working, and only the newest pending one can be confirmed", async () => {
    const { person } = await inside();
    const app = await withTotp(house.ctx, person);
    const { actor } = await openSessionFor(house.ctx, person);
    const first = await begin(actor);
    const second = await begin(actor);
    expect(await refused(confirm(actor, codeAt(first, now())))).toBe("totp.wrong_code");
    const pass = await atSecondDoor(house.stranger(), person.userId);
    expect((await answer(house.ctx, pass, "totp", app.codeAt(now()))).userId).toBe(person.userId);
    expect((await confirm(actor, codeAt(second, now()))).factorId).toBeTruthy();
    expect(await listFactors(house.ctx, person.userId)).toHaveLength(2);
  });

  test("after cancelling, and after ten minutes, nothing is pending", async () => {
    const { actor, person } = await inside();
    let secret = await begin(actor);
    await cancelEnrolment(house.ctx, { actor, kind: "totp" });
    expect(await refused(confirm(actor, codeAt(secret, now())))).toBe("factors.enrolment_gone");
    secret = await begin(actor);
    house.clock.move(minutes(10));
    expect(await refused(confirm(actor, codeAt(secret, now())))).toBe("factors.enrolment_gone");
    expect(await findPendingView(house.ctx, actor, "totp")).toBeNull();
    expect(await listFactors(house.ctx, person.userId)).toEqual([]);
  });

  test("twenty at once leave one pending", async () => {
    const { person, actor } = await inside();
    await Promise.all(Array.from({ length: 15 }, () => beginEnrolment(house.ctx, { actor, kind: "totp", replacesId: null })));
    expect(await house.db.factor.count({ where: { userId: person.userId, state: "PENDING" } })).toBe(1);
    for (let time = 0; time < 5; time += 1) await beginEnrolment(house.ctx, { actor, kind: "totp", replacesId: null });
    expect(await refused(beginEnrolment(house.ctx, { actor, kind: "totp", replacesId: null }))).toBe("throttle.too_many");
  });
});

describe("replacing", () => {
  test("swaps in one moment: the old one answers until the new one is confirmed, never afterwards", async () => {
    const { person } = await inside();
    const old = await withTotp(house.ctx, person, "Old phone");
    const { actor } = await openSessionFor(house.ctx, person);
    const secret = await begin(actor, old.factorId);
    expect((await answer(house.ctx, await atSecondDoor(house.stranger(), person.userId), "totp", old.codeAt(now()))).userId).toBe(person.userId);
    house.clock.move(seconds(60));
    await confirm(actor, codeAt(secret, now()), "New phone");
    expect(await listFactors(house.ctx, person.userId)).toMatchObject([{ label: "New phone" }]);
    const pass = await atSecondDoor(house.stranger(), person.userId);
    expect(await refused(answer(house.ctx, pass, "totp", old.codeAt(now())))).toBe("totp.wrong_code");
  });

  test("what does not exist, or is somebody else's, reads the same", async () => {
    const [{ actor }, { person: other }] = [await inside(), await inside()];
    const theirs = await withTotp(house.ctx, other);
    for (const id of [theirs.factorId, "AAAAAAAAAAAAAAAAAAAAAA"]) expect(await refused(begin(actor, id))).toBe("factors.gone");
  });

  test("lifts the cap of the old binding, because everything of the kind is bound anew", async () => {
    const { person } = await inside();
    const old = await withTotp(house.ctx, person);
    const key = bucketKey("factor.totp", person.userId);
    await house.db.bucket.create({ data: { key, fails: 0, orphans: 90, windowStart: now(), updatedAt: now() } });
    house.clock.move(seconds(30));
    const { actor } = await openSessionFor(house.ctx, person);
    expect(await listFactors(house.ctx, person.userId)).toMatchObject([{ quarantined: true }]);
    await confirm(actor, codeAt(await begin(actor, old.factorId), now()));
    expect(await counter(house.ctx, key)).toMatchObject({ orphans: 0 });
    expect(await listFactors(house.ctx, person.userId)).toMatchObject([{ quarantined: false }]);
  });

  test("but adding another one beside it does not", async () => {
    const { person } = await inside();
    await withTotp(house.ctx, person);
    const key = bucketKey("factor.totp", person.userId);
    await house.db.bucket.create({ data: { key, fails: 0, orphans: 90, windowStart: now(), updatedAt: now() } });
    house.clock.move(seconds(30));
    const { actor } = await openSessionFor(house.ctx, person);
    await confirm(actor, codeAt(await begin(actor), now()));
    expect(await counter(house.ctx, key)).toMatchObject({ orphans: 90 });
  });
});

describe("limits and names", () => {
  test("five apps per person; replacing one of the five is still possible", async () => {
    const { person } = await inside();
    const apps = [];
    for (let count = 0; count < 5; count += 1) apps.push(await withTotp(house.ctx, person, `App ${count}`));
    const { actor } = await openSessionFor(house.ctx, person);
    expect(await refusalOf(begin(actor))).toMatchObject({ id: "factors.too_many", more: { params: { count: 5 } } });
    expect((await confirm(actor, codeAt(await begin(actor, apps[0]?.factorId ?? ""), now()))).factorId).toBeTruthy();
  });

  test("a person may call it what they like, in NFC and up to 64 characters; somebody else may not", async () => {
    const { person } = await inside();
    const app = await withTotp(house.ctx, person);
    const { actor } = await openSessionFor(house.ctx, person);
    await renameFactor(house.ctx, { actor, factorId: app.factorId, label: "  Cafe\u0301   手机 👩‍🚀 " });
    expect((await findFactorView(house.ctx, person.userId, app.factorId))?.label).toBe("Café 手机 👩‍🚀");
    for (const label of ["", "   ", "x".repeat(65), "a\0b", "a\u202eb"]) expect(await refused(renameFactor(house.ctx, { actor, factorId: app.factorId, label }))).toBe("factors.label_malformed");
    const stranger = await inside();
    for (const id of [app.factorId, "AAAAAAAAAAAAAAAAAAAAAA"]) expect(await refused(renameFactor(house.ctx, { actor: stranger.actor, factorId: id, label: "Mine" }))).toBe("factors.gone");
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
