import { describe, expect, test } from "vitest";
import { changePassword } from "@/lib/account/change-password";
import { ruleOfKind } from "@/lib/policy/throttle-rules";
import { answer } from "@/lib/testing/second-door";
import { atSecondDoor, counter, eventNames, knock, openHouse, refused } from "@/lib/testing/story";
import { makePerson, openSessionFor, type TestPerson, withTotp } from "@/lib/testing/test-context";
import { bucketKey } from "@/lib/throttle/bucket";
import { consumeWaitingTry } from "@/lib/throttle/waiting/store";

const house = openHouse();
const next = "nine slow ferries to nowhere";

async function inside() {
  const person = await makePerson(house.ctx);
  const app = await withTotp(house.ctx, person);
  const { actor, deviceToken } = await openSessionFor(house.ctx, person);
  const change = (current = person.password, chosen = next) =>
    changePassword(house.stranger(), { actor, current, next: chosen });
  return { person, app, actor, deviceToken, change };
}
const lastEvent = ({ userId }: TestPerson) =>
  house.db.securityEvent.findFirst({ where: { subjectId: userId }, orderBy: { id: "desc" } });
const sessions = (person: TestPerson) => house.db.session.findMany({ where: { userId: person.userId } });

describe("a new password that came encrypted", () => {
  test("is judged behind the right current one: a thief with somebody's ciphertext reads nothing of it in the answers", async () => {
    const { person, actor } = await inside();
    const change = (current: string, chosen: string) =>
      changePassword(house.stranger(), { actor, current, next: async () => chosen });
    for (const chosen of ["short", "passwordpassword", next])
      expect(await refused(change("not my password at all", chosen))).toBe("password.wrong_current");
    expect(await refused(change(person.password, "short"))).toBe("password.too_short");
    expect(await refused(change(person.password, person.password))).toBe("password.same_as_before");
    expect((await knock(house.stranger(), person)).userId).toBe(person.userId);
    await change(person.password, next);
    expect((await knock(house.stranger(), person, { password: next })).userId).toBe(person.userId);
  });

  test("and one that cannot be opened, by a fault of ours, costs no try", async () => {
    const { person, actor } = await inside();
    const broken = async (): Promise<string> => {
      throw new Error("the key is away");
    };
    const change = () => changePassword(house.stranger(), { actor, current: person.password, next: broken });
    for (let time = 0; time < 7; time += 1) await expect(change()).rejects.toThrow("the key is away");
    await changePassword(house.stranger(), { actor, current: person.password, next });
  });
});

describe("the right current password", () => {
  test("changes it, ends every other session and says how many, and voids what was half open", async () => {
    const { person, app, actor, change } = await inside();
    await openSessionFor(house.ctx, person);
    await openSessionFor(house.ctx, person);
    const halfOpen = await atSecondDoor(house.stranger(), person.userId);
    expect(await change()).toMatchObject({ endedSessions: 2 });
    expect(await sessions(person)).toMatchObject([
      { id: actor.sessionId, credentialVersion: actor.credentialVersion + 1 },
    ]);
    expect(await refused(answer(house.stranger(), halfOpen, "totp", app.codeAt(house.ctx.now)))).toBe(
      "challenge.expired",
    );
    expect(await refused(knock(house.stranger(), person))).toBe("login.wrong");
    expect((await knock(house.stranger(), person, { password: next })).userId).toBe(person.userId);
    expect(await eventNames(house.ctx, person.userId)).toContain("password.changed");
  });

  test("clears what was counted against the old one as a step-up proof, and only when it is changed", async () => {
    const { person, change } = await inside();
    const proof = bucketKey("factor.password", person.userId);
    for (let time = 0; time < 12; time += 1) await consumeWaitingTry(house.ctx, proof, ruleOfKind("password"));
    expect(await refused(change("not my password at all"))).toBe("password.wrong_current");
    expect((await counter(house.ctx, proof)).fails).toBeGreaterThan(0);
    await change();
    expect(await counter(house.ctx, proof)).toMatchObject({ fails: 0, orphans: 0, blockedUntil: null });
  });

  test("ends the wait that strangers' guesses at the old one had made: the new one logs in at once", async () => {
    const { person, change } = await inside();
    for (let time = 0; time < 6; time += 1)
      await refused(knock(house.stranger(), person, { password: "not the password at all" }));
    expect(await refused(knock(house.stranger(), person))).toBe("throttle.too_many");
    await change();
    expect((await knock(house.stranger(), person, { password: next })).userId).toBe(person.userId);
  });

  test("keeps this device known and forgets all others", async () => {
    const { person, deviceToken, change } = await inside();
    const other = await openSessionFor(house.ctx, person);
    await change();
    const wrong = { password: "not the password at all" };
    await refused(knock(house.stranger(), person, { ...wrong, deviceToken }));
    expect(await counter(house.ctx, bucketKey("password.strangers", person.userId))).toMatchObject({ fails: 0 });
    await refused(knock(house.stranger(), person, { ...wrong, deviceToken: other.deviceToken }));
    expect(await counter(house.ctx, bucketKey("password.strangers", person.userId))).toMatchObject({ fails: 1 });
  });

  test.each([
    ["short", "password.too_short"],
    ["12345678901234567890", "password.too_common"],
    ["Sallyport Sallyport", "password.only_names"],
    ["ü".repeat(600), "password.too_long"],
    ["seven quiet herons at dawn", "password.same_as_before"],
  ])("does not make %j a password", async (chosen, id) => {
    const { person, change } = await inside();
    expect(await refused(change(person.password, chosen))).toBe(id);
    expect((await knock(house.stranger(), person)).userId).toBe(person.userId);
  });
});

describe("a wrong current password", () => {
  test("changes nothing and is noted, with the session in which it was typed", async () => {
    const { person, actor, change } = await inside();
    expect(await refused(change("not my password at all"))).toBe("password.wrong_current");
    expect(await lastEvent(person)).toMatchObject({
      name: "password.change_refused",
      sessionRef: actor.sessionId.slice(0, 8),
      meta: { reason: "wrong_current" },
    });
    expect((await sessions(person)).length).toBe(1);
  });

  test("without a factor, ten on a known device use up its own tries, five more the strangers', and then it waits", async () => {
    const person = await makePerson(house.ctx);
    const { actor } = await openSessionFor(house.ctx, person);
    const change = (current = "not my password at all") => changePassword(house.stranger(), { actor, current, next });
    for (let time = 0; time < 15; time += 1) expect(await refused(change())).toBe("password.wrong_current");
    expect(await refused(change(person.password))).toBe("throttle.too_many");
    expect(await lastEvent(person)).toMatchObject({ name: "password.change_refused", meta: { reason: "throttled" } });
    expect(await house.db.device.count({ where: { userId: person.userId } })).toBe(0);
  });

  test("without a factor, the last one that the cap allows closes the password for all, and says so once", async () => {
    const person = await makePerson(house.ctx);
    const { actor } = await openSessionFor(house.ctx, person);
    await house.db.user.update({ where: { id: person.userId }, data: { passwordFailures: 98 } });
    const change = () => changePassword(house.stranger(), { actor, current: "not my password at all", next });
    for (let time = 0; time < 4; time += 1) await refused(change());
    const closed = { where: { subjectId: person.userId, name: "factor.closed" } };
    expect(await house.db.securityEvent.findMany(closed)).toMatchObject([{ meta: { kind: "password", lane: "all" } }]);
  });
});

describe("at once and too late", () => {
  test("ten changes at once: one wins, and its password is the one that works", async () => {
    const { person, actor } = await inside();
    const outcomes = await Promise.allSettled(
      Array.from({ length: 8 }, (_, index) =>
        changePassword(house.stranger(), { actor, current: person.password, next: `${next} ${index}` }),
      ),
    );
    const winners = outcomes.flatMap(({ status }, index) => (status === "fulfilled" ? [index] : []));
    expect(winners).toHaveLength(1);
    expect((await knock(house.stranger(), person, { password: `${next} ${winners[0]}` })).userId).toBe(person.userId);
  });

  test("a session that saw an older account changes nothing", async () => {
    const { person, change } = await inside();
    await withTotp(house.ctx, person, "Tablet");
    expect(await refused(change())).toBe("account.changed_meanwhile");
  });

  test("a change while somebody is at the second door: the old way in is closed whichever wins", async () => {
    for (let round = 0; round < 5; round += 1) {
      const { person, app, actor, change } = await inside();
      const pass = await atSecondDoor(house.stranger(), person.userId);
      await Promise.allSettled([change(), answer(house.stranger(), pass, "totp", app.codeAt(house.ctx.now))]);
      expect(
        await house.db.session.findMany({
          where: { userId: person.userId, credentialVersion: actor.credentialVersion + 1 },
        }),
      ).toMatchObject([{ id: actor.sessionId }]);
    }
  });
});
