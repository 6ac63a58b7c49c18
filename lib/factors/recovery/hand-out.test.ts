import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { inTransaction } from "@/lib/context/context";
import { type Actor, binderOf } from "@/lib/factors/actor";
import { beginEnrolment } from "@/lib/factors/begin-enrolment";
import { bindFactor, provePending } from "@/lib/factors/bind-factor";
import { cancelEnrolment } from "@/lib/factors/cancel-enrolment";
import { confirmEnrolment } from "@/lib/factors/confirm-enrolment";
import { findPendingView } from "@/lib/factors/list-factors";
import { handOutCode } from "@/lib/factors/recovery/hand-out";
import { prepareSet, storeSet } from "@/lib/factors/recovery/new-set";
import { countUnused, listUnused } from "@/lib/factors/recovery/store";
import { regenerateCodes } from "@/lib/factors/regenerate-codes";
import { strategies } from "@/lib/factors/registry";
import { removeFactor } from "@/lib/factors/remove-factor";
import { resetFactors } from "@/lib/factors/reset-factors";
import { codeAt } from "@/lib/factors/totp/code";
import { minutes } from "@/lib/kernel/duration";
import { DomainError } from "@/lib/kernel/errors";
import { sweep } from "@/lib/sweep/sweep";
import { answer } from "@/lib/testing/second-door";
import { atSecondDoor, eventNames, openHouse, refused } from "@/lib/testing/story";
import { makePerson, openSessionFor, type TestPerson, withRecoveryCodes, withTotp } from "@/lib/testing/test-context";
import { takeGuardRow } from "@/lib/users/store";

const house = openHouse();
const kind = "totp" as const;
const written = /^[0-9a-f]{4}(?:-[0-9a-f]{4}){6}$/;

/** A session of this person, begun now. */
const actorOf = async (person: TestPerson): Promise<Actor> => (await openSessionFor(house.ctx, person)).actor;

/** Begins an app and hands a code out with it, as an app's call does. */
async function associate(actor: Actor) {
  const { factorId } = await beginEnrolment(house.ctx, { binder: binderOf(actor), kind, replacesId: null, given: {} });
  const code = await handOutCode(house.ctx, { userId: actor.userId, factorId });
  const secret = (await findPendingView(house.ctx, binderOf(actor), kind))?.shown.secret ?? "";
  return { factorId, code, secret };
}

const confirm = (actor: Actor, secret: string) =>
  confirmEnrolment(house.ctx, {
    ...{ actor, kind, label: "", defaultLabel: "Authenticator app" },
    answer: { code: codeAt(secret, house.clock.now()) },
  });

const recover = async ({ userId }: TestPerson, code: string) =>
  answer(house.stranger(), await atSecondDoor(house.stranger(), userId), "recovery", code);

async function bound(): Promise<{ person: TestPerson; code: string; factorId: string }> {
  const person = await makePerson(house.ctx);
  const actor = await actorOf(person);
  const { code, secret, factorId } = await associate(actor);
  expect(await confirm(actor, secret)).toMatchObject({ codes: null });
  return { person, code, factorId };
}

const rowsOf = ({ userId }: TestPerson) => house.db.recoveryCode.findMany({ where: { userId } });

describe("handed out and not confirmed", () => {
  test("it opens nothing, is not counted and is nobody's way in", async () => {
    const person = await makePerson(house.ctx);
    const { code } = await associate(await actorOf(person));
    expect(code).toMatch(written);
    expect(await countUnused(house.ctx, person.userId)).toBe(0);
    expect(await strategies.recovery.held(house.ctx, person.userId)).toEqual([]);
    await withTotp(house.ctx, person);
    expect(await refused(recover(person, code))).toBe("recovery.wrong_code");
    expect(await rowsOf(person)).toMatchObject([{ activeAt: null, usedAt: null, format: "hex-28" }]);
  });

  test("beside an active set it opens nothing either", async () => {
    const person = await makePerson(house.ctx);
    await withTotp(house.ctx, person);
    await withRecoveryCodes(house.ctx, person);
    const { code } = await associate(await actorOf(person));
    expect(await refused(recover(person, code))).toBe("recovery.wrong_code");
    expect(await countUnused(house.ctx, person.userId)).toBe(10);
  });

  test("asked again for the same factor, another one takes its place", async () => {
    const person = await makePerson(house.ctx);
    const actor = await actorOf(person);
    const { code, secret, factorId } = await associate(actor);
    const again = await handOutCode(house.ctx, { userId: actor.userId, factorId });
    expect(await rowsOf(person)).toHaveLength(1);
    await confirm(actor, secret);
    expect(await refused(recover(person, code))).toBe("recovery.wrong_code");
    expect((await recover(person, again)).userId).toBe(person.userId);
  });

  test("none is handed out with a factor that waits no more, or is another person's", async () => {
    const { person, factorId } = await bound();
    const ada = await makePerson(house.ctx);
    const waiting = await associate(await actorOf(ada));
    const { userId } = person;
    expect(await refused(handOutCode(house.ctx, { userId, factorId }))).toBe("factors.enrolment_gone");
    expect(await refused(handOutCode(house.ctx, { userId, factorId: waiting.factorId }))).toBe(
      "factors.enrolment_gone",
    );
    house.clock.move(minutes(10));
    expect(await refused(handOutCode(house.ctx, { userId: ada.userId, factorId: waiting.factorId }))).toBe(
      "factors.enrolment_gone",
    );
  });
});

describe("confirmed", () => {
  test("it is the set: it opens once and shows another of its own format, which works", async () => {
    const { person, code } = await bound();
    const { reveal } = await recover(person, code);
    expect(reveal).toHaveLength(1);
    expect(reveal[0]).toMatch(written);
    expect(reveal[0]).not.toBe(code);
    expect(await refused(recover(person, code))).toBe("recovery.wrong_code");
    expect((await recover(person, reveal[0] ?? "")).userId).toBe(person.userId);
    expect(await countUnused(house.ctx, person.userId)).toBe(1);
    expect(await eventNames(house.ctx, person.userId)).toContain("recovery.generated");
  });

  test("typed large, with spaces or without dashes it is the same code", async () => {
    const { person, code } = await bound();
    let current = code;
    const variants = [
      (c: string) => c.toUpperCase(),
      (c: string) => c.replaceAll("-", " "),
      (c: string) => ` ${c.replaceAll("-", "")} `,
      (c: string) => c.replaceAll("0", "O").replaceAll("1", "l"),
    ];
    for (const variant of variants) current = (await recover(person, variant(current))).reveal[0] ?? "";
    expect(current).toMatch(written);
  });

  test("two uses at once: one yes, one replacement", async () => {
    const { person, code } = await bound();
    const outcomes = await Promise.allSettled([recover(person, code), recover(person, code), recover(person, code)]);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await countUnused(house.ctx, person.userId)).toBe(1);
  });

  test("it joins the ten of the portal, of which each works and is replaced in its own format", async () => {
    const person = await makePerson(house.ctx);
    await withTotp(house.ctx, person);
    const ten = await withRecoveryCodes(house.ctx, person);
    const actor = await actorOf(person);
    const { code, secret } = await associate(actor);
    expect((await confirm(actor, secret)).codes).toBeNull();
    const codes = await listUnused(house.ctx, person.userId);
    expect(codes).toHaveLength(11);
    expect(new Set(codes.map(({ setId, salt }) => `${setId} ${salt}`)).size).toBe(1);
    expect((await recover(person, code)).reveal[0]).toMatch(written);
    expect((await recover(person, ten[4] ?? "")).reveal[0]).toMatch(/^[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}$/);
    expect(await countUnused(house.ctx, person.userId)).toBe(11);
    expect(await eventNames(house.ctx, person.userId)).toContain("recovery.added");
  });

  test("it takes the place of the one that was handed out before it, and of none of the ten", async () => {
    const { person, code } = await bound();
    const actor = await actorOf(person);
    const next = await associate(actor);
    expect((await recover(person, code)).userId).toBe(person.userId); // still good: the next one is not confirmed
    await confirm(actor, next.secret);
    const codes = await listUnused(house.ctx, person.userId);
    expect(codes).toMatchObject([{ format: "hex-28" }]);
    expect((await recover(person, next.code)).userId).toBe(person.userId);
  });

  test("two confirmations at once: one binds, and its code is good", async () => {
    const person = await makePerson(house.ctx);
    const actor = await actorOf(person);
    const { code, secret } = await associate(actor);
    const outcomes = await Promise.allSettled([confirm(actor, secret), confirm(actor, secret)]);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await countUnused(house.ctx, person.userId)).toBe(1);
    expect((await recover(person, code)).userId).toBe(person.userId);
  });

  test("of two that were handed out to somebody without codes, the first to be confirmed is the set and takes the other's app along", async () => {
    const person = await makePerson(house.ctx);
    const [one, other] = [await actorOf(person), await actorOf(person)];
    const [first, second] = [await associate(one), await associate(other)];
    expect(await rowsOf(person)).toHaveLength(2);
    await confirm(one, first.secret);
    expect(await refused(confirm(other, second.secret))).toBe("factors.enrolment_gone");
    expect(await rowsOf(person)).toHaveLength(1);
    expect((await recover(person, first.code)).userId).toBe(person.userId);
  });
});

describe("a change of the set between handing out and confirming", () => {
  async function waiting() {
    const person = await makePerson(house.ctx);
    const app = await withTotp(house.ctx, person);
    const [portal, lane] = [await actorOf(person), await actorOf(person)];
    return { person, app, portal, lane, ...(await associate(lane)) };
  }

  test("a new set voids it, and its app must be begun again: nobody keeps a code that opens nothing", async () => {
    const { person, portal, lane, code, secret } = await waiting();
    const ten = await regenerateCodes(house.ctx, { actor: portal });
    expect(await refused(confirm(lane, secret))).toBe("factors.enrolment_gone");
    expect(await refused(recover(person, code))).toBe("recovery.wrong_code");
    expect((await recover(person, ten[0] ?? "")).userId).toBe(person.userId);
    const again = await associate(lane);
    await confirm(lane, again.secret);
    expect((await recover(person, again.code)).userId).toBe(person.userId);
  });

  test("removing the last factor voids it", async () => {
    const { person, portal, app } = await waiting();
    await removeFactor(house.ctx, { actor: portal, factorId: app.factorId });
    expect(await rowsOf(person)).toEqual([]);
    expect(await house.db.factor.count({ where: { userId: person.userId } })).toBe(0);
    expect(await eventNames(house.ctx, person.userId)).not.toContain("recovery.voided"); // none was good for anything
  });

  test("an operator's reset voids it", async () => {
    const { person } = await waiting();
    expect(await resetFactors(house.ctx, { userId: person.userId, by: "cli" })).toMatchObject({ factors: 1, codes: 0 });
    expect(await rowsOf(person)).toEqual([]);
  });

  test("a set that is made while the code is hashed stops it: it would be under another salt", async () => {
    const person = await makePerson(house.ctx);
    await withTotp(house.ctx, person);
    await withRecoveryCodes(house.ctx, person);
    const binder = binderOf(await actorOf(person));
    const { factorId } = await beginEnrolment(house.ctx, { binder, kind, replacesId: null, given: {} });
    const set = await prepareSet(house.ctx);
    const handing: Promise<string>[] = [];
    await inTransaction(house.ctx, async (tx) => {
      await takeGuardRow(tx, person.userId);
      handing.push(refused(handOutCode(house.ctx, { userId: person.userId, factorId })));
      await pause(400); // long enough to hash one code and to meet this transaction
      await storeSet(tx, person.userId, set);
    });
    expect(await Promise.all(handing)).toEqual(["account.changed_meanwhile"]);
    expect(await rowsOf(person)).toHaveLength(10);
  });

  test("one that is handed out between the judging of the app's code and its binding stops the binding", async () => {
    const person = await makePerson(house.ctx);
    const actor = await actorOf(person);
    const binder = binderOf(actor);
    const { factorId } = await beginEnrolment(house.ctx, { binder, kind, replacesId: null, given: {} });
    const secret = (await findPendingView(house.ctx, binder, kind))?.shown.secret ?? "";
    const answered = { code: codeAt(secret, house.clock.now()) };
    const proven = await provePending(house.ctx, { binder, kind, answer: answered });
    const code = await handOutCode(house.ctx, { userId: person.userId, factorId });
    const from = actor.credentialVersion;
    const binding = inTransaction(house.ctx, (tx) =>
      bindFactor(tx, { proven, label: "App", from, along: async () => undefined }),
    );
    expect(await refused(binding)).toBe("account.changed_meanwhile");
    await confirm(actor, secret);
    expect((await recover(person, code)).userId).toBe(person.userId);
  });

  test("a new set voids one that was confirmed, like every other", async () => {
    const { person, code } = await bound();
    const ten = await regenerateCodes(house.ctx, { actor: await actorOf(person) });
    expect(await refused(recover(person, code))).toBe("recovery.wrong_code");
    expect((await recover(person, ten[9] ?? "")).userId).toBe(person.userId);
    expect(await countUnused(house.ctx, person.userId)).toBe(10);
  });
});

test("handed out, given up, confirmed and made anew at once: no fault, one salt, and no code without its app", async () => {
  for (let round = 0; round < 6; round += 1) {
    const person = await makePerson(house.ctx);
    await withTotp(house.ctx, person);
    const [portal, lane] = [await actorOf(person), await actorOf(person)];
    const { factorId, secret } = await associate(lane);
    const outcomes = await Promise.allSettled([
      cancelEnrolment(house.ctx, { actor: portal, kind }),
      handOutCode(house.ctx, { userId: person.userId, factorId }),
      regenerateCodes(house.ctx, { actor: portal }),
      round % 2 === 0 ? confirm(lane, secret) : cancelEnrolment(house.ctx, { actor: lane, kind }),
    ]);
    for (const outcome of outcomes)
      if (outcome.status === "rejected") expect(outcome.reason).toBeInstanceOf(DomainError);
    const codes = await rowsOf(person);
    expect(new Set(codes.map(({ salt, setId }) => `${salt} ${setId}`)).size).toBe(1);
    for (const each of codes.filter(({ activeAt }) => activeAt === null))
      expect(await house.db.factor.count({ where: { id: each.factorId ?? "", state: "PENDING" } })).toBe(1);
  }
});

describe("a pending app that goes takes its code along", () => {
  test("when it is given up, or begun anew", async () => {
    const person = await makePerson(house.ctx);
    const actor = await actorOf(person);
    await associate(actor);
    const { factorId } = await associate(actor);
    expect(await rowsOf(person)).toMatchObject([{ factorId }]);
    await cancelEnrolment(house.ctx, { actor, kind });
    expect(await rowsOf(person)).toEqual([]);
  });

  test("another session's stays", async () => {
    const person = await makePerson(house.ctx);
    const [mine, theirs] = [await actorOf(person), await actorOf(person)];
    const { factorId } = await associate(mine);
    await associate(theirs);
    await cancelEnrolment(house.ctx, { actor: theirs, kind });
    expect(await rowsOf(person)).toMatchObject([{ factorId }]);
  });

  test("when its ten minutes are over: it cannot be confirmed, and the sweep takes both", async () => {
    const person = await makePerson(house.ctx);
    const actor = await actorOf(person);
    house.clock.move(minutes(11));
    await sweep(house.ctx); // what earlier stories left behind
    const { secret } = await associate(actor);
    expect(await sweep(house.ctx)).toMatchObject({ enrolments: 0, handedOutCodes: 0 });
    house.clock.move(minutes(10) + 1);
    expect(await refused(confirm(actor, secret))).toBe("factors.enrolment_gone");
    expect(await sweep(house.ctx)).toMatchObject({ enrolments: 1, handedOutCodes: 1 });
    expect(await rowsOf(person)).toEqual([]);
  });

  test("the sweep takes none that is good", async () => {
    const { person, code } = await bound();
    house.clock.move(minutes(30));
    expect(await sweep(house.ctx)).toMatchObject({ handedOutCodes: 0 });
    expect((await recover(person, code)).userId).toBe(person.userId);
  });
});
