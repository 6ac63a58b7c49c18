import { describe, expect, test } from "vitest";
import { findCurrentSession } from "@/lib/auth/current-session";
import { sealSessionCookie } from "@/lib/auth/session-cookie";
import { claimLogin } from "@/lib/challenge/claim-login";
import { sha256 } from "@/lib/crypto/digest";
import { hours, milliseconds, minutes, seconds } from "@/lib/kernel/duration";
import { logOut } from "@/lib/login/log-out";
import { policy } from "@/lib/policy/policy";
import { eventNames, knock, openHouse } from "@/lib/testing/story";
import { makePerson, openSessionFor, type TestPerson, type TestSession, withTotp } from "@/lib/testing/test-context";

const house = openHouse();

async function signedIn() {
  const person = await makePerson(house.ctx);
  return { person, opened: await openSessionFor(house.ctx, person) };
}
const look = async ({ token, actor }: TestSession) =>
  findCurrentSession(house.ctx, sealSessionCookie(token, actor.userId));

describe("a session", () => {
  test("is found by its token, of which only a hash is stored", async () => {
    const { person, opened } = await signedIn();
    expect(await look(opened)).toMatchObject({ userId: person.userId, email: person.email, amr: ["pwd"] });
    const row = await house.db.session.findFirstOrThrow({ where: { userId: person.userId } });
    expect(row.tokenHash).toBe(sha256(opened.token));
    expect(JSON.stringify(row)).not.toContain(opened.token);
  });

  test("is not opened by a proof of a kind that this portal does not know, as beside a newer one on the same database", async () => {
    const person = await makePerson(house.ctx);
    const { pass } = await knock(house.ctx, person);
    await house.db.challenge.update({ where: { id: pass.challengeId }, data: { satisfiedWith: "a-kind-of-tomorrow" } });
    expect(await claimLogin(house.ctx, pass)).toBeNull();
    expect(await house.db.session.count({ where: { userId: person.userId } })).toBe(0);
  });

  test("ends after an hour of quiet, and lives on while it is used", async () => {
    const { opened } = await signedIn();
    house.clock.move(milliseconds(hours(1) - seconds(1)));
    expect(await look(opened)).not.toBeNull();
    house.clock.move(milliseconds(hours(1) - seconds(1)));
    expect(await look(opened)).not.toBeNull();
    house.clock.move(hours(1));
    expect(await look(opened)).toBeNull();
  });

  test("ends after a day however busy it was", async () => {
    const { opened } = await signedIn();
    for (let half = 0; half < 47; half += 1) {
      house.clock.move(minutes(30));
      expect(await look(opened)).not.toBeNull();
    }
    house.clock.move(minutes(30));
    expect(await look(opened)).toBeNull();
  });

  test("is written at most once a minute by being looked at", async () => {
    const { opened } = await signedIn();
    const seen = async () =>
      (await house.db.session.findFirstOrThrow({ where: { userId: opened.actor.userId } })).lastSeenAt.getTime();
    const start = await seen();
    house.clock.move(seconds(59));
    await look(opened);
    expect(await seen()).toBe(start);
    house.clock.move(seconds(1));
    await look(opened);
    expect(await seen()).toBe(start + minutes(1));
  });

  test("is over at once when it is logged out, and twice is no error", async () => {
    const { person, opened } = await signedIn();
    for (let time = 0; time < 2; time += 1) await logOut(house.ctx, opened.actor);
    expect(await look(opened)).toBeNull();
    expect((await eventNames(house.ctx, person.userId)).filter((name) => name === "session.ended")).toHaveLength(1);
  });

  test("cannot be ended by somebody else", async () => {
    const [mine, theirs] = [await signedIn(), await signedIn()];
    await logOut(house.ctx, { sessionId: theirs.opened.actor.sessionId, userId: mine.person.userId });
    expect(await look(theirs.opened)).not.toBeNull();
  });

  test("is void when the account is disabled or its security stamp rises", async () => {
    const [one, other] = [await signedIn(), await signedIn()];
    await house.db.user.update({ where: { id: one.person.userId }, data: { disabledAt: house.ctx.now } });
    await withTotp(house.ctx, other.person);
    expect([await look(one.opened), await look(other.opened)]).toEqual([null, null]);
  });

  test("a database that fails is a fault, never a yes and never a login page", async () => {
    const { opened } = await signedIn();
    const db = new Proxy(house.db, { get: () => () => Promise.reject(new Error("The database went away.")) });
    await expect(
      findCurrentSession({ ...house.ctx, now: house.ctx.now, db }, sealSessionCookie(opened.token, "x")),
    ).rejects.toThrow("went away");
  });
});

test("the twenty-first session sends away the one that was idle the longest", async () => {
  const person = await makePerson(house.ctx);
  const first = await openSessionFor(house.ctx, person);
  for (let more = 0; more < policy.session.perPerson; more += 1) {
    house.clock.move(seconds(1));
    await openSessionFor(house.ctx, person);
  }
  expect(await house.db.session.count({ where: { userId: person.userId } })).toBe(policy.session.perPerson);
  expect(await look(first)).toBeNull();
  expect(await endings(person)).toMatchObject([
    { result: "ok", sessionRef: first.actor.sessionId.slice(0, 8), meta: { why: "cap" } },
  ]);
});

test("one that had ended by itself leaves without a word", async () => {
  const person = await makePerson(house.ctx);
  for (let more = 0; more < policy.session.perPerson; more += 1) await openSessionFor(house.ctx, person);
  house.clock.move(hours(2));
  await openSessionFor(house.ctx, person);
  expect(await house.db.session.count({ where: { userId: person.userId } })).toBe(policy.session.perPerson);
  expect(await endings(person)).toEqual([]);
});

const endings = ({ userId }: TestPerson) =>
  house.db.securityEvent.findMany({ where: { subjectId: userId, name: "session.ended" } });
