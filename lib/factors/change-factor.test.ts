import { describe, expect, test } from "vitest";
import { beginEnrolment } from "@/lib/factors/begin-enrolment";
import { binderOf } from "@/lib/factors/binder-of";
import { cancelEnrolment } from "@/lib/factors/cancel-enrolment";
import { confirmEnrolment } from "@/lib/factors/confirm-enrolment";
import { findFactorView, findPendingView } from "@/lib/factors/list-factors";
import { renameFactor } from "@/lib/factors/rename-factor";
import { codeAt } from "@/lib/factors/totp/code";
import { minutes, seconds } from "@/lib/kernel/duration";
import { lettersOf, sendingSettings } from "@/lib/testing/letters";
import { listFactors } from "@/lib/testing/listed-factors";
import { answer } from "@/lib/testing/second-door";
import { atSecondDoor, counter, openHouse, refusalOf, refused } from "@/lib/testing/story";
import { makePerson, openSessionFor, type TestPerson, withTotp } from "@/lib/testing/test-context";
import { bucketKey } from "@/lib/throttle/bucket";

const house = openHouse(sendingSettings);
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
    expect(await listFactors(house.ctx, { ...person, deviceId: null })).toHaveLength(2);
  });

  test("after cancelling, and after ten minutes, nothing is pending", async () => {
    const { actor, person } = await inside();
    let secret = await begin(actor);
    await cancelEnrolment(house.ctx, { actor, kind: "totp" });
    expect(await refused(confirm(actor, codeAt(secret, now())))).toBe("factors.enrolment_gone");
    secret = await begin(actor);
    house.clock.move(minutes(10));
    expect(await refused(confirm(actor, codeAt(secret, now())))).toBe("factors.enrolment_gone");
    expect(await findPendingView(house.ctx, binderOf(actor), "totp")).toBeNull();
    expect(await listFactors(house.ctx, { ...person, deviceId: null })).toEqual([]);
  });

  test("twenty at once leave one pending", async () => {
    const { person, actor } = await inside();
    await Promise.all(
      Array.from({ length: 15 }, () =>
        beginEnrolment(house.ctx, { binder: binderOf(actor), kind: "totp", replacesId: null, given: {} }),
      ),
    );
    expect(await house.db.factor.count({ where: { userId: person.userId, state: "PENDING" } })).toBe(1);
    for (let time = 0; time < 5; time += 1)
      await beginEnrolment(house.ctx, { binder: binderOf(actor), kind: "totp", replacesId: null, given: {} });
    expect(
      await refused(beginEnrolment(house.ctx, { binder: binderOf(actor), kind: "totp", replacesId: null, given: {} })),
    ).toBe("throttle.too_many");
  });
});

describe("replacing", () => {
  test("swaps in one moment: the old one answers until the new one is confirmed, never afterwards", async () => {
    const { person } = await inside();
    const old = await withTotp(house.ctx, person, "Old phone");
    const { actor } = await openSessionFor(house.ctx, person);
    const secret = await begin(actor, old.factorId);
    expect(
      (await answer(house.ctx, await atSecondDoor(house.stranger(), person.userId), "totp", old.codeAt(now()))).userId,
    ).toBe(person.userId);
    house.clock.move(seconds(60));
    await confirm(actor, codeAt(secret, now()), "New phone");
    const told = (await lettersOf(house.ctx, person.userId)).filter(({ kind }) => kind === "factor.bound");
    expect(told.map(({ facts }) => facts)).toMatchObject([{ label: "New phone", replaces: "Old phone" }]);
    expect(await listFactors(house.ctx, { ...person, deviceId: null })).toMatchObject([{ label: "New phone" }]);
    const pass = await atSecondDoor(house.stranger(), person.userId);
    expect(await refused(answer(house.ctx, pass, "totp", old.codeAt(now())))).toBe("totp.wrong_code");
  });

  test("what does not exist, or is somebody else's, reads the same", async () => {
    const [{ actor }, { person: other }] = [await inside(), await inside()];
    const theirs = await withTotp(house.ctx, other);
    for (const id of [theirs.factorId, "AAAAAAAAAAAAAAAAAAAAAA"])
      expect(await refused(begin(actor, id))).toBe("factors.gone");
  });

  test("lifts the cap of the old binding, because everything of the kind is bound anew", async () => {
    const { person } = await inside();
    const old = await withTotp(house.ctx, person);
    const key = bucketKey("factor.totp", person.userId);
    await house.db.bucket.create({ data: { key, fails: 0, orphans: 90, windowStart: now(), updatedAt: now() } });
    house.clock.move(seconds(30));
    const { actor } = await openSessionFor(house.ctx, person);
    expect(await listFactors(house.ctx, { ...person, deviceId: null })).toMatchObject([{ closed: "here" }]);
    await confirm(actor, codeAt(await begin(actor, old.factorId), now()));
    expect(await counter(house.ctx, key)).toMatchObject({ orphans: 0 });
    expect(await listFactors(house.ctx, { ...person, deviceId: null })).toMatchObject([{ closed: "nowhere" }]);
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
    expect((await findFactorView(house.ctx, { ...person, deviceId: null }, app.factorId))?.label).toBe(
      "Café 手机 👩‍🚀",
    );
    for (const label of ["", "   ", "x".repeat(65), "a\0b", "\u200b"])
      expect(await refused(renameFactor(house.ctx, { actor, factorId: app.factorId, label }))).toBe(
        "factors.label_malformed",
      );
    const stranger = await inside();
    for (const id of [app.factorId, "AAAAAAAAAAAAAAAAAAAAAA"])
      expect(await refused(renameFactor(house.ctx, { actor: stranger.actor, factorId: id, label: "Mine" }))).toBe(
        "factors.gone",
      );
  });
});
