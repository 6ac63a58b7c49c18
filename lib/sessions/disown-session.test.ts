import { describe, expect, test } from "vitest";
import { sha256 } from "@/lib/crypto/digest";
import { ensure } from "@/lib/kernel/assert";
import { days, hours } from "@/lib/kernel/duration";
import { logOut } from "@/lib/login/log-out";
import { trusting } from "@/lib/login/trusted-device.kit";
import { type Actor, actorOf } from "@/lib/sessions/acting-session";
import { disownSession } from "@/lib/sessions/disown-session";
import { endSessionOf } from "@/lib/sessions/end-by-owner";
import { findLiveSession, sweepSessions } from "@/lib/sessions/store";
import { eventNames, openHouse, refused } from "@/lib/testing/story";
import { makePerson, openSessionFor, type TestPerson, withTotp } from "@/lib/testing/test-context";
import { enterIn, type Jar } from "@/lib/testing/trusted-browser";

const house = openHouse(trusting);
const refOf = ({ sessionId }: Actor) => sessionId.slice(0, 8);

async function enterAs(ada: TestPerson, jar: Jar, trusts = false): Promise<Actor> {
  const { opened } = await enterIn(house.stranger(), ada, { jar, trusts });
  const session = await findLiveSession(house.ctx, sha256(opened.sessionToken));
  ensure(session, "the session is live");
  return actorOf(session);
}

/** A thief with the password and a phished code has ticked that no second step be asked in their browser; the owner is in another one. */
async function scene() {
  const ada = await makePerson(house.ctx);
  await withTotp(house.ctx, ada);
  const jar: Jar = { devices: null };
  const thief = await enterAs(ada, jar, true);
  return { ada, jar, thief, owner: (await openSessionFor(house.ctx, ada)).actor };
}
type Scene = Awaited<ReturnType<typeof scene>>;

/** The thief comes with the password alone: is the second step asked? */
const isAsked = async ({ ada, jar }: Scene) => (await enterIn(house.stranger(), ada, { jar: { ...jar } })).isAsked;

describe("a thief who trusted a browser and is disowned when that login", () => {
  test.each<[string, (scene: Scene) => Promise<unknown>, "ended" | "over"]>([
    ["still lives", async () => undefined, "ended"],
    ["was logged out by the thief", ({ thief }) => logOut(house.ctx, thief), "over"],
    [
      "was ended by the owner",
      ({ owner, thief }) => endSessionOf(house.ctx, { actor: owner, id: thief.sessionId }),
      "over",
    ],
    ["was idle for too long", async () => house.clock.move(hours(2)), "over"],
    [
      "is of last week, and its row is gone",
      async () => {
        house.clock.move(days(7));
        await sweepSessions(house.ctx, 1000);
      },
      "over",
    ],
  ])("%s is asked for the second step there again, and that is what is said", async (_, end, login) => {
    const one = await scene();
    await end(one);
    expect(await isAsked(one)).toBe(false);
    expect(await disownSession(house.ctx, { actor: one.owner, ref: refOf(one.thief) })).toEqual({
      login,
      browser: "forgotten",
    });
    expect(await isAsked(one)).toBe(true);
    const names = await eventNames(house.ctx, one.ada.userId);
    expect([names.includes("devices.forgotten"), names.includes("authz.refused")]).toEqual([true, false]);
  });

  test("is over, and has another one open in the same browser, is logged out of that too", async () => {
    const one = await scene();
    const again = await enterAs(one.ada, one.jar);
    await logOut(house.ctx, one.thief);
    await disownSession(house.ctx, { actor: one.owner, ref: refOf(one.thief) });
    expect(await house.db.session.findUnique({ where: { id: again.sessionId } })).toBeNull();
    expect(await house.db.session.findUnique({ where: { id: one.owner.sessionId } })).not.toBeNull();
  });

  test("came as the owner's very browser: that one is trusted no longer, stays known, and stays logged in", async () => {
    const { ada, jar, thief: owner } = await scene();
    const thief = await enterAs(ada, { ...jar });
    await logOut(house.ctx, thief);
    const other = await enterAs(ada, { ...jar });
    expect(await disownSession(house.ctx, { actor: owner, ref: refOf(thief) })).toEqual({
      login: "over",
      browser: "own",
    });
    expect(await isAsked({ ada, jar, thief, owner })).toBe(true);
    const left = await house.db.session.findMany({ where: { id: { in: [owner.sessionId, other.sessionId] } } });
    expect(left.map(({ id }) => id)).toEqual([owner.sessionId]);
  });
});

test("said twice, the second time nothing is left of it; the password stays open", async () => {
  const { ada, thief, owner } = await scene();
  const ref = refOf(thief);
  await disownSession(house.ctx, { actor: owner, ref });
  expect(await disownSession(house.ctx, { actor: owner, ref })).toEqual({ login: "over", browser: "none" });
  expect(await house.db.user.findUnique({ where: { id: ada.userId } })).toMatchObject({ passwordClosedAt: null });
});

test("of a login before events named its browser it says that nobody knows which one that was", async () => {
  const { ada, thief, owner } = await scene();
  await logOut(house.ctx, thief);
  await house.db
    .$executeRaw`UPDATE security_events SET meta = meta - 'device' WHERE subject_id = ${ada.userId} AND name = 'session.opened'`;
  expect(await disownSession(house.ctx, { actor: owner, ref: refOf(thief) })).toEqual({
    login: "over",
    browser: "unknown",
  });
});

test("the acting login, somebody else's and a made-up one end nothing; the last two leave a row", async () => {
  const [one, other] = [await scene(), await scene()];
  await logOut(house.ctx, other.thief);
  for (const ref of [refOf(one.owner), refOf(other.thief), refOf(other.owner), "nobodys0"])
    expect(await refused(disownSession(house.ctx, { actor: one.owner, ref }))).toBe("sessions.gone");
  expect((await eventNames(house.ctx, one.ada.userId)).filter((name) => name === "authz.refused")).toHaveLength(3);
  expect(await isAsked(other)).toBe(false);
});
