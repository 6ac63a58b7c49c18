import { beforeEach, describe, expect, test } from "vitest";
import { recordRefusedAccess } from "@/lib/audit/record-refused-access";
import { answerChallenge } from "@/lib/challenge/answer-challenge";
import { prepareAnswer } from "@/lib/challenge/prepare-answer";
import { startStepUp } from "@/lib/challenge/start-step-up";
import { beginEnrolment } from "@/lib/factors/begin-enrolment";
import { binderOf } from "@/lib/factors/binder-of";
import { removeAllOfKind, removeFactor } from "@/lib/factors/remove-factor";
import { renameFactor } from "@/lib/factors/rename-factor";
import { minutes } from "@/lib/kernel/duration";
import { openHouse, refused } from "@/lib/testing/story";
import { makePerson, openSessionFor, withAddress, withTotp } from "@/lib/testing/test-context";

const house = openHouse({
  SECOND_FACTOR_KINDS: "totp,sms",
  DEV_TOOLS: "true",
  SMS_CHANNEL: "mailbox",
  SMS_COUNTRIES: "US",
});
beforeEach(() => house.clock.move(minutes(1))); // what was told before is not counted any more

async function grace() {
  const person = await makePerson(house.ctx);
  const { factorId } = await withTotp(house.ctx, person);
  return { person, factorId, ...(await openSessionFor(house.ctx, person)) };
}

const rows = (subjectId: string | null) =>
  house.db.securityEvent.findMany({ where: { subjectId, name: "authz.refused" }, orderBy: { id: "asc" } });

describe("what is somebody else's, or not there, is refused and leaves a row", () => {
  test("a factor that is renamed, removed or replaced", async () => {
    const [own, other] = [await grace(), await grace()];
    const { actor } = own;
    const { userId } = own.person;
    const binder = binderOf(actor);
    for (const factorId of [other.factorId, "nobody's"]) {
      expect(await refused(renameFactor(house.stranger(), { actor, factorId, label: "Mine" }))).toBe("factors.gone");
      expect(await refused(removeFactor(house.stranger(), { actor, factorId }))).toBe("factors.gone");
      const replacing = { binder, kind: "totp", replacesId: factorId, given: {} } as const;
      expect(await refused(beginEnrolment(house.stranger(), replacing))).toBe("factors.gone");
    }
    expect(await refused(removeAllOfKind(house.stranger(), { actor, kind: "sms" }))).toBe("factors.gone");
    const about = { result: "refused", subjectId: userId, actorId: userId, meta: { what: "factor" } };
    expect(await rows(userId)).toMatchObject(Array.from({ length: 7 }, () => about));
    expect(await rows(other.person.userId)).toEqual([]);
  });

  test("a step-up of another session", async () => {
    const [owner, thief] = [await grace(), await grace()];
    const pass = await startStepUp(house.ctx, {
      session: owner.session,
      action: "factor.remove",
      returnTo: "/security",
    });
    const { sessionId } = thief.actor;
    const asked = { pass, kind: "totp", answer: { code: "123456" }, sessionId } as const;
    expect(await refused(answerChallenge(house.stranger(), asked))).toBe("challenge.expired");
    const preparing = { pass, kind: null, factorId: null, sessionId };
    expect(await refused(prepareAnswer(house.stranger(), preparing))).toBe("challenge.expired");
    const about = { actorId: null, meta: { what: "challenge" } };
    expect(await rows(owner.person.userId)).toMatchObject([about, about]);
  });

  test("a code to an address of somebody else", async () => {
    const [own, other] = [await makePerson(house.ctx), await makePerson(house.ctx)];
    await withAddress(house.ctx, own, "sms", "+12025550124");
    const factorId = await withAddress(house.ctx, other, "sms", "+12025550125");
    const { session } = await openSessionFor(house.ctx, own);
    const pass = await startStepUp(house.ctx, { session, action: "factor.remove", returnTo: "/security" });
    const preparing = { pass, kind: "sms", factorId, sessionId: session.id } as const;
    expect(await refused(prepareAnswer(house.stranger(), preparing))).toBe("post.nothing_sent");
    expect(await rows(own.userId)).toMatchObject([{ meta: { what: "factor" } }]);
  });
});

describe("a flood of refused requests fills no disk", () => {
  const flood = async (count: number, from: () => typeof house.ctx) => {
    for (let sent = 0; sent < count; sent += 1)
      await recordRefusedAccess(from(), { name: "origin.refused", subjectId: null, meta: { why: "origin" } });
  };
  const count = () => house.db.securityEvent.count({ where: { name: "origin.refused" } });

  test("ten thousand of one address are five rows, and the next minute says how many were not written", async () => {
    const one = house.stranger();
    const before = await count();
    await flood(10_000, () => one);
    expect(await count()).toBe(before + 5);
    house.clock.move(minutes(1));
    await flood(1, () => one);
    const last = await house.db.securityEvent.findFirst({ where: { name: "origin.refused" }, orderBy: { id: "desc" } });
    expect(last?.meta).toMatchObject({ left_out: 9_995 });
  });

  test("ten thousand of as many addresses are sixty", async () => {
    const before = await count();
    await flood(10_000, house.stranger);
    expect(await count()).toBe(before + 60);
  });

  test("a flood of one kind hides no other, and moving within a /64 gains nothing", async () => {
    let host = 0;
    const within = () => ({
      ...house.ctx,
      visitor: { ...house.ctx.visitor, ip: `2001:db8:7:1::${(++host).toString(16)}` },
    });
    const before = await count();
    await flood(500, within);
    expect(await count()).toBe(before + 5);
    await recordRefusedAccess(within(), { name: "authz.refused", subjectId: null, meta: { what: "app" } });
    await recordRefusedAccess(within(), { name: "authz.refused", subjectId: null, meta: { what: "factor" } });
    const probes = await rows(null);
    expect(probes.slice(-2)).toMatchObject([{ meta: { what: "app" } }, { meta: { what: "factor" } }]);
  });
});
