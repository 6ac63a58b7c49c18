import { describe, expect, test } from "vitest";
import { removalRule } from "@/lib/factors/removal-rule";
import { removeFactor } from "@/lib/factors/remove-factor";
import { minutes } from "@/lib/kernel/duration";
import type { Demand } from "@/lib/policy/second-factor";
import { answer } from "@/lib/testing/second-door";
import { atSecondDoor, counter, eventNames, openHouse, refused } from "@/lib/testing/story";
import { makePerson, openSessionFor, withRecoveryCodes, withTotp } from "@/lib/testing/test-context";
import { bucketKey } from "@/lib/throttle/bucket";

const house = openHouse();
const active = (userId: string) => house.db.factor.count({ where: { userId, state: "ACTIVE" } });

async function withTwo(isAdmin = false) {
  const person = await makePerson(house.ctx, { isAdmin });
  const apps = [await withTotp(house.ctx, person, "Phone"), await withTotp(house.ctx, person, "Tablet")] as const;
  const { actor } = await openSessionFor(house.ctx, person);
  return { person, apps, actor };
}

const one: Demand = { isDemanded: true, from: null, kinds: ["totp"], count: 1, emailCounts: false, strength: "any" };
test.each([
  ["the last one where one is demanded", one, { totp: 1 }, "totp", "last_one"],
  ["the last one where nothing is", { ...one, isDemanded: false }, { totp: 1 }, "totp", "allowed"],
  [
    "the last one before the day",
    { ...one, isDemanded: false, from: new Date("2031-03-01") },
    { sms: 1 },
    "sms",
    "allowed",
  ],
  ["one of two where one is demanded", one, { totp: 1, sms: 1 }, "totp", "allowed"],
  ["one of two where two are", { ...one, count: 2 }, { totp: 1, sms: 1 }, "sms", "needed"],
  ["one of three where two are", { ...one, count: 2 }, { totp: 2, sms: 1 }, "totp", "allowed"],
  ["the app beside an address that does not count", one, { totp: 1, email: 1 }, "totp", "needed"],
  ["the app beside an address that does", { ...one, emailCounts: true }, { totp: 1, email: 1 }, "totp", "allowed"],
  ["an address that does not count", one, { totp: 1, email: 1 }, "email", "allowed"],
  ["one that cannot be asked for", one, { totp: 1 }, "sms", "allowed"],
  ["the only one where two are demanded, which it pays in part", { ...one, count: 2 }, { totp: 1 }, "totp", "last_one"],
] as const)("removing %s", (_, demand, held, kind, rule) => expect(removalRule({ demand, held, kind })).toBe(rule));

describe("removing one of two", () => {
  test("ends it at once and every other session, and the acting one lives on", async () => {
    const { person, apps, actor } = await withTwo();
    await openSessionFor(house.ctx, person);
    const before = await atSecondDoor(house.stranger(), person.userId);
    expect(await removeFactor(house.ctx, { actor, factorId: apps[0].factorId })).toMatchObject({
      left: 1,
      endedSessions: 1,
    });
    expect(await house.db.session.findMany({ where: { userId: person.userId } })).toMatchObject([
      { id: actor.sessionId },
    ]);
    expect(await refused(answer(house.ctx, before, "totp", apps[1].codeAt(house.ctx.now)))).toBe("challenge.expired");
    const pass = await atSecondDoor(house.stranger(), person.userId);
    expect(await refused(answer(house.ctx, pass, "totp", apps[0].codeAt(house.ctx.now)))).toBe("totp.wrong_code");
    expect((await eventNames(house.ctx, person.userId)).filter((name) => name === "factor.removed")).toHaveLength(1);
  });

  test("twice, or somebody else's, or one that never was: all the same", async () => {
    const { apps, actor } = await withTwo();
    const other = await withTwo();
    for (const factorId of [other.apps[0].factorId, "AAAAAAAAAAAAAAAAAAAAAA"])
      expect(await refused(removeFactor(house.ctx, { actor, factorId }))).toBe("factors.gone");
    expect(await active(other.person.userId)).toBe(2);
    await removeFactor(house.ctx, { actor, factorId: apps[0].factorId });
    const now = { ...actor, credentialVersion: actor.credentialVersion + 1 };
    expect(await refused(removeFactor(house.ctx, { actor: now, factorId: apps[0].factorId }))).toBe("factors.gone");
  });

  test("by somebody who saw an older account is refused", async () => {
    const { person, apps, actor } = await withTwo();
    await removeFactor(house.ctx, { actor, factorId: apps[0].factorId });
    expect(await refused(removeFactor(house.ctx, { actor, factorId: apps[1].factorId }))).toBe(
      "account.changed_meanwhile",
    );
    expect(await active(person.userId)).toBe(1);
  });

  test("lifts the cap when what is left was bound after the last failure", async () => {
    const person = await makePerson(house.ctx);
    const old = await withTotp(house.ctx, person, "Old");
    const key = bucketKey("factor.totp", person.userId);
    await house.db.bucket.create({
      data: { key, fails: 3, orphans: 90, windowStart: house.ctx.now, updatedAt: house.ctx.now },
    });
    house.clock.move(minutes(1));
    await withTotp(house.ctx, person, "New");
    const { actor } = await openSessionFor(house.ctx, person);
    await removeFactor(house.ctx, { actor, factorId: old.factorId });
    expect(await counter(house.ctx, key)).toMatchObject({ orphans: 0 });
  });
});

describe("removing the last one", () => {
  test("where policy leaves it free, takes the recovery codes with it", async () => {
    const { person, apps, actor } = await withTwo();
    await withRecoveryCodes(house.ctx, person);
    await removeFactor(house.ctx, { actor, factorId: apps[0].factorId });
    await removeFactor(house.ctx, {
      actor: { ...actor, credentialVersion: actor.credentialVersion + 1 },
      factorId: apps[1].factorId,
    });
    expect(await house.db.recoveryCode.count({ where: { userId: person.userId } })).toBe(0);
    expect(await eventNames(house.ctx, person.userId)).toContain("recovery.voided");
  });

  test("where policy demands one, is refused: recovery codes do not count, nothing changes, no session ends", async () => {
    const { person, apps, actor } = await withTwo(true);
    await withRecoveryCodes(house.ctx, person);
    await removeFactor(house.ctx, { actor, factorId: apps[0].factorId });
    const now = { ...actor, credentialVersion: actor.credentialVersion + 1 };
    await openSessionFor(house.ctx, person);
    expect(await refused(removeFactor(house.ctx, { actor: now, factorId: apps[1].factorId }))).toBe("factors.last_one");
    expect(await active(person.userId)).toBe(1);
    expect(await house.db.session.count({ where: { userId: person.userId } })).toBe(2);
    expect(await house.db.user.findUnique({ where: { id: person.userId } })).toMatchObject({
      credentialVersion: now.credentialVersion,
    });
  });

  test("where two are asked of this person, none of two may go, and any of three", async () => {
    const person = await makePerson(house.ctx);
    const apps = [await withTotp(house.ctx, person, "Phone"), await withTotp(house.ctx, person, "Tablet")] as const;
    const policy = { demand: "on", count: 2 };
    await house.db.user.update({ where: { id: person.userId }, data: { policy } });
    const before = (await openSessionFor(house.ctx, person)).actor;
    expect(before.policy).toEqual(policy);
    expect(await refused(removeFactor(house.ctx, { actor: before, factorId: apps[0].factorId }))).toBe(
      "factors.needed",
    );
    await withTotp(house.ctx, person, "Watch");
    const { actor } = await openSessionFor(house.ctx, person);
    expect(await removeFactor(house.ctx, { actor, factorId: apps[0].factorId })).toMatchObject({ left: 2 });
  });

  test("both at once under that policy leaves one, every time", async () => {
    for (let round = 0; round < 10; round += 1) {
      const { person, apps, actor } = await withTwo(true);
      const outcomes = await Promise.allSettled(
        apps.map(({ factorId }) => removeFactor(house.ctx, { actor, factorId })),
      );
      expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      expect(await active(person.userId)).toBe(1);
    }
  });
});
