import { describe, expect, test } from "vitest";
import { readInvitation } from "@/lib/account/accept-invitation";
import { alarmsOf, next, tokenOf } from "@/lib/account/alarm.kit";
import { changePassword } from "@/lib/account/change-password";
import { readAlarm } from "@/lib/account/read-alarm";
import { claimLogin } from "@/lib/challenge/claim-login";
import { sha256 } from "@/lib/crypto/digest";
import { hours, milliseconds, minutes } from "@/lib/kernel/duration";
import { newAlarmLink } from "@/lib/links/alarm-link";
import { inviteAgain } from "@/lib/operator/invite-person";
import { throttleRules } from "@/lib/policy/throttle-rules";
import { findLiveSession } from "@/lib/sessions/store";
import { letterRows, sendingSettings } from "@/lib/testing/letters";
import { atSecondDoor, eventNames, knock, openHouse, refused } from "@/lib/testing/story";
import { makePerson, openSessionFor, type TestPerson } from "@/lib/testing/test-context";
import { withAddress } from "@/lib/testing/with-address";

const house = openHouse(sendingSettings);

const { alarmFor, press } = alarmsOf(house);

/** Everything that a press would change. */
async function standing({ userId }: TestPerson) {
  const user = await house.db.user.findUnique({ where: { id: userId } });
  const codes = await house.db.oneTimeLink.findMany({ where: { userId }, orderBy: { id: "asc" } });
  return {
    user,
    codes,
    sessions: await house.db.session.count({ where: { userId } }),
    letters: await house.db.letter.count(),
  };
}

describe("the page behind an alarm", () => {
  test("tells when, where and which browser, masks the account, and changes nothing however often it is opened", async () => {
    const person = await makePerson(house.ctx, { email: "katherine@example.test" });
    const pass = await atSecondDoor(house.stranger(), person.userId);
    const ctx = {
      ...house.stranger(),
      now: house.ctx.now,
      visitor: { ip: "198.51.100.7", agent: "Mozilla/5.0 Firefox/140.0" },
    };
    expect(await claimLogin(ctx, pass)).not.toBeNull();
    const link = await newAlarmLink(ctx, { kind: "device.new", userId: person.userId, challengeId: pass.challengeId });
    const before = await standing(person);
    for (let look = 0; look < 5; look += 1) {
      expect(await readAlarm(house.ctx, tokenOf(link))).toEqual({
        state: "open",
        kind: "device.new",
        who: "k•••@example.test",
        at: ctx.now,
        ip: "198.51.100.7",
        agent: "Mozilla/5.0 Firefox/140.0",
        wayBack: "letter_alone",
      });
    }
    expect(await standing(person)).toEqual(before);
  });

  test("stays calm about anything that is no open link", async () => {
    const person = await makePerson(house.ctx);
    const invitation = tokenOf((await inviteAgain(house.ctx, { userId: person.userId, by: "cli" }))?.link ?? null);
    const foreign = [undefined, 7, "", "over", "alm_", `alm_${"A".repeat(43)}`, `alm_${"A".repeat(42)}\n`];
    for (const token of [...foreign, invitation, `alm_${invitation.slice(4)}`]) {
      expect(await readAlarm(house.ctx, token)).toEqual({ state: "over" });
      expect(await refused(press(String(token)))).toBe("alarm.over");
    }
    expect(await readInvitation(house.ctx, invitation)).not.toBeNull();
  });
});

describe("this was not me", () => {
  test("ends sessions, half-finished logins and the password; the person and the administrators are told", async () => {
    const admin = await makePerson(house.ctx, { isAdmin: true });
    const person = await makePerson(house.ctx);
    await withAddress(house.ctx, person.userId, "sms", "+447700900111");
    const { token: cookie } = await openSessionFor(house.ctx, person);
    const half = await atSecondDoor(house.ctx, person.userId);
    const invitation = await inviteAgain(house.ctx, { userId: person.userId, by: "cli" });
    await press(await alarmFor(person));
    expect(await findLiveSession(house.ctx, sha256(cookie))).toBeNull();
    expect(await claimLogin(house.ctx, half)).toBeNull();
    expect(await refused(knock(house.stranger(), person))).toBe("login.wrong");
    expect(await readInvitation(house.ctx, tokenOf(invitation?.link ?? null))).toBeNull();
    const told = (await letterRows(house.ctx, person.userId)).filter(({ kind }) => kind === "account.secured");
    expect(told.map(({ channel }) => channel).sort()).toEqual(["mail", "sms"]);
    expect(await letterRows(house.ctx, admin.userId)).toMatchObject([{ kind: "account.contained", channel: "mail" }]);
    expect(await eventNames(house.ctx, person.userId)).toContain("account.contained");
    await house.db.user.update({ where: { id: admin.userId }, data: { isAdmin: false } });
  });

  test("has been taken care of once the password was changed; pressing changes nothing", async () => {
    const person = await makePerson(house.ctx);
    const { actor } = await openSessionFor(house.ctx, person);
    const token = await alarmFor(person);
    house.clock.move(minutes(1));
    await changePassword(house.ctx, { actor, current: person.password, next });
    expect(await readAlarm(house.ctx, token)).toEqual({ state: "moved" });
    const before = await standing(person);
    expect(await refused(press(token))).toBe("alarm.moved");
    expect(await standing(person)).toEqual(before);
    expect((await knock(house.stranger(), { ...person, password: next })).userId).toBe(person.userId);
  });

  test("works once, and a second alarm of the same person has been taken care of with it", async () => {
    const person = await makePerson(house.ctx);
    const [first, second] = [await alarmFor(person), await alarmFor(person, "second_step.wrong")];
    await press(first);
    expect(await readAlarm(house.ctx, first)).toEqual({ state: "used" });
    expect(await refused(press(first))).toBe("alarm.over");
    expect(await readAlarm(house.ctx, second)).toEqual({ state: "moved" });
    expect(await refused(press(second))).toBe("alarm.moved");
    const refusals = { subjectId: person.userId, name: "link.refused" };
    expect(await house.db.securityEvent.findMany({ where: refusals })).toMatchObject([
      { meta: { purpose: "alarm", reason: "over" } },
      { meta: { purpose: "alarm", reason: "over" } },
    ]);
  });

  test("pressed by fifty at once, in ten rounds: once", async () => {
    for (let round = 0; round < 10; round += 1) {
      const person = await makePerson(house.ctx);
      const token = await alarmFor(person);
      const outcomes = await Promise.allSettled(Array.from({ length: 50 }, () => press(token)));
      expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      const contained = { subjectId: person.userId, name: "account.contained" };
      expect(await house.db.securityEvent.count({ where: contained })).toBe(1);
      expect(await house.db.oneTimeLink.count({ where: { userId: person.userId, purpose: "reset" } })).toBe(1);
      const kinds = (await letterRows(house.ctx, person.userId)).map(({ kind }) => kind);
      expect(kinds.sort()).toEqual(["account.secured", "reset.link"]);
    }
  });

  test("lasts three days", async () => {
    const person = await makePerson(house.ctx);
    const token = await alarmFor(person);
    house.clock.move(milliseconds(hours(72) - 1));
    expect(await readAlarm(house.ctx, token)).toMatchObject({ state: "open" });
    house.clock.move(milliseconds(1));
    expect(await readAlarm(house.ctx, token)).toEqual({ state: "over" });
    expect(await refused(press(token))).toBe("alarm.over");
  });

  test("is nothing for somebody who was disabled meanwhile", async () => {
    const person = await makePerson(house.ctx);
    const token = await alarmFor(person);
    await house.db.user.update({ where: { id: person.userId }, data: { disabledAt: house.ctx.now } });
    expect(await readAlarm(house.ctx, token)).toEqual({ state: "over" });
    expect(await refused(press(token))).toBe("alarm.moved");
  });

  test("consumes a try of the visitor's address, so that nobody tries tokens by the thousand", async () => {
    const ctx = house.stranger();
    const answers: string[] = [];
    const { limit } = throttleRules["links.near"];
    for (let time = 0; time <= limit; time += 1) answers.push(await refused(press(`alm_${"B".repeat(43)}`, ctx)));
    expect(new Set(answers.slice(0, limit))).toEqual(new Set(["alarm.over"]));
    expect(answers[limit]).toBe("throttle.too_many");
  });
});
