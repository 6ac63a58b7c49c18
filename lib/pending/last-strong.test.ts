import { describe, expect, test } from "vitest";
import { sha256 } from "@/lib/crypto/digest";
import { beginEnrolment } from "@/lib/factors/begin-enrolment";
import { binderOf } from "@/lib/factors/binder-of";
import { findPendingView } from "@/lib/factors/list-factors";
import { takesLastStrong } from "@/lib/factors/removal-rule";
import { codeAt } from "@/lib/factors/totp/code";
import { days, earlier, minutes } from "@/lib/kernel/duration";
import { askToRemoveAllOfKind, askToRemoveFactor } from "@/lib/pending/ask-to-remove";
import { confirmReplacement } from "@/lib/pending/confirm-replacement";
import { doDue } from "@/lib/pending/do-due";
import { strictly } from "@/lib/pending/pending.kit";
import { vetoInSession } from "@/lib/pending/veto-change";
import { type Actor, actorOf } from "@/lib/sessions/acting-session";
import { findLiveSession } from "@/lib/sessions/store";
import { dueNow } from "@/lib/testing/due-now";
import { lettersOf, sendingSettings } from "@/lib/testing/letters";
import { answer } from "@/lib/testing/second-door";
import { settledActor } from "@/lib/testing/settled";
import { atSecondDoor, openHouse, refused } from "@/lib/testing/story";
import { makePerson, monday, openSessionFor, type TestPerson, withTotp } from "@/lib/testing/test-context";

const house = openHouse(sendingSettings);
const label = { label: "", defaultLabel: "App" } as const;

const on = (day: number) => new Date(monday.getTime() + days(day));
const app = (id: string, day: number) => ({ id, kind: "totp", since: on(day) });
const mailbox = { id: "mailbox", kind: "email", since: on(0) };

describe("of an old account the last strong factor goes with", () => {
  test.each([
    ["the only one", [app("a", 0), mailbox], ["a"], true],
    ["one of two old ones", [app("a", 0), app("b", 1)], ["a"], false],
    ["both of them", [app("a", 0), app("b", 1)], ["a", "b"], true],
    ["the old one beside one of yesterday", [app("a", 0), app("thief", 19)], ["a"], true],
    ["the one of yesterday beside the old one", [app("a", 0), app("thief", 19)], ["thief"], false],
    ["the older of two of this week", [app("a", 17), app("thief", 19)], ["a"], true],
    ["the younger of these", [app("a", 17), app("thief", 19)], ["thief"], false],
    ["a mailbox", [mailbox], ["mailbox"], false],
  ] as const)("%s", (_, held, going, takes) => {
    const settledBefore = earlier(on(20), days(7));
    expect(takesLastStrong({ held, going, settledBefore })).toBe(takes);
  });
});

test("of an account that is younger than a week each of its strong factors counts", () => {
  const held = [app("a", 0), app("b", 1)];
  expect(takesLastStrong({ held, going: ["a"], settledBefore: null })).toBe(false);
  expect(takesLastStrong({ held, going: ["a", "b"], settledBefore: null })).toBe(true);
});

/** Somebody whose app is a week old. */
async function owner() {
  const person = await makePerson(house.ctx);
  const own = await withTotp(house.ctx, person);
  house.clock.move(days(8));
  return { person, own };
}

/** In a session an app is begun, in the place of another where one is said, and its first code typed. */
async function bind(actor: Actor, replacesId: string | null) {
  const binder = binderOf(actor);
  await beginEnrolment(house.ctx, { binder, kind: "totp", replacesId, given: {} });
  const secret = (await findPendingView(house.ctx, binder, "totp"))?.shown.secret ?? "";
  const typed = { code: codeAt(secret, house.clock.now()) };
  const bound = await confirmReplacement(house.ctx, { actor, kind: "totp", answer: typed, ...label });
  const session = await findLiveSession(house.ctx, sha256(bound.sessionToken ?? ""));
  return {
    secret,
    staysFor: bound.staysFor,
    hasReplaced: bound.hasReplaced,
    actor: session ? actorOf(session) : actor,
  };
}

const labels = async ({ userId }: TestPerson) =>
  (await house.db.factor.findMany({ where: { userId, state: "ACTIVE" }, orderBy: { createdAt: "asc" } })).map(
    ({ id }) => id,
  );

/** The second door of a login takes this code. */
const opens = async ({ userId }: TestPerson, code: string): Promise<boolean> =>
  (await answer(house.stranger(), await atSecondDoor(house.stranger(), userId), "totp", code)).userId === userId;

describe("a thief with the password and a phished code", () => {
  test("who binds their own app and then removes the owner's waits: that one works, and says who was here", async () => {
    const { person, own } = await owner();
    const { actor } = await bind((await openSessionFor(house.stranger(), person)).actor, null);
    expect(await askToRemoveFactor(house.ctx, { actor, factorId: own.factorId })).toMatchObject({ done: false });
    expect(await askToRemoveAllOfKind(house.ctx, { actor, kind: "totp" })).toMatchObject({ done: false });
    expect(await labels(person)).toContain(own.factorId);
    expect((await lettersOf(house.ctx, person.userId)).map(({ kind }) => kind)).toContain("change.waits");
  });

  test("who puts their own app in the place of the owner's has it beside that, and the owner stops the rest", async () => {
    const { person, own } = await owner();
    const { actor, ...said } = await bind((await openSessionFor(house.stranger(), person)).actor, own.factorId);
    expect(said).toMatchObject({ staysFor: 24, hasReplaced: false });
    expect(await labels(person)).toHaveLength(2);
    house.clock.move(minutes(1));
    expect(await opens(person, own.codeAt(house.clock.now()))).toBe(true);
    const waiting = await house.db.pendingChange.findFirstOrThrow({ where: { userId: person.userId } });
    expect(waiting).toMatchObject({ kind: "factor.remove", state: "WAITING", askedIn: actor.sessionId });
    await vetoInSession(house.ctx, { actor: (await openSessionFor(house.ctx, person)).actor, id: waiting.id });
    expect(await labels(person)).toContain(own.factorId);
  });
});

test("a thief who begins a replacement while another enrolment is being confirmed has not confirmed the replacement", async () => {
  const { person, own: theirs } = await owner();
  const { actor } = await openSessionFor(house.stranger(), person);
  const binder = binderOf(actor);
  const begin = (replacesId: string | null) =>
    beginEnrolment(house.ctx, { binder, kind: "totp", replacesId, given: {} });
  await begin(null);
  let looks = 0;
  const factor = new Proxy(house.db.factor, {
    get: (of, name) => {
      const own: unknown = Reflect.get(of, name);
      if (name !== "findFirst" || typeof own !== "function") return own;
      return async (asked: { readonly where: { readonly state?: string } }) => {
        const isLook = asked.where.state === "PENDING";
        if (isLook) looks += 1;
        if (isLook && looks === 2) await begin(theirs.factorId);
        return own.call(of, asked);
      };
    },
  });
  const db = new Proxy(house.db, { get: (of, name) => (name === "factor" ? factor : Reflect.get(of, name)) });
  const typed = { code: "000000" };
  const confirming = confirmReplacement({ ...house.ctx, db }, { actor, kind: "totp", answer: typed, ...label });
  expect(await refused(confirming)).toBe("factors.replaced_elsewhere");
  expect(looks).toBe(2);
});

describe("somebody who has a new telephone", () => {
  test("binds it in a new browser, and after a day the old one is gone; codes of both work until then", async () => {
    const { person, own } = await owner();
    const { secret } = await bind((await openSessionFor(house.ctx, person)).actor, own.factorId);
    house.clock.move(minutes(1));
    expect(await opens(person, codeAt(secret, house.clock.now()))).toBe(true);
    await dueNow(house.ctx, person.userId);
    house.clock.move(minutes(1));
    await doDue(house.ctx, strictly);
    expect(await labels(person)).not.toContain(own.factorId);
    expect(await opens(person, codeAt(secret, house.clock.now()))).toBe(true);
  });

  test("puts it in the old one's place at once where they are settled and freshly proven", async () => {
    const { person, own } = await owner();
    expect(await bind(await settledActor(house.ctx, person), own.factorId)).toMatchObject({
      staysFor: null,
      hasReplaced: true,
    });
    expect(await labels(person)).not.toContain(own.factorId);
  });

  test("does so everywhere while another old one stays, or the account is younger than a week", async () => {
    const { person, own } = await owner();
    const tablet = await withTotp(house.ctx, person, "Tablet");
    const since = earlier(house.clock.now(), days(8));
    await house.db.factor.update({ where: { id: tablet.factorId }, data: { confirmedAt: since } });
    expect((await bind((await openSessionFor(house.ctx, person)).actor, own.factorId)).staysFor).toBeNull();
    const young = await makePerson(house.ctx);
    const first = await withTotp(house.ctx, young);
    expect((await bind((await openSessionFor(house.ctx, young)).actor, first.factorId)).staysFor).toBeNull();
  });
});
