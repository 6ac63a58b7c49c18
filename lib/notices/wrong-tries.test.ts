import { describe, expect, test } from "vitest";
import { changePassword } from "@/lib/account/change-password";
import { answerChallenge } from "@/lib/challenge/answer-challenge";
import { startStepUp } from "@/lib/challenge/start-step-up";
import { minutes } from "@/lib/kernel/duration";
import { doorsOf } from "@/lib/notices/doors.kit";
import { sendingSettings } from "@/lib/testing/letters";
import { answer } from "@/lib/testing/second-door";
import { atSecondDoor, knock, openHouse, refused, wrongCode } from "@/lib/testing/story";
import { makePerson, openSessionFor, withRecoveryCodes, withTotp } from "@/lib/testing/test-context";

const house = openHouse(sendingSettings);
const { kinds } = doorsOf(house);

describe("the right password and wrong second steps", () => {
  test("are told from the third on, in one login", async () => {
    const grace = await makePerson(house.ctx);
    const { secret } = await withTotp(house.ctx, grace);
    const pass = await atSecondDoor(house.stranger(), grace.userId);
    const guess = () => refused(answer(house.stranger(), pass, "totp", wrongCode(secret, house.ctx.now)));
    await guess();
    await guess();
    expect(await kinds(grace)).toEqual([]);
    await guess();
    expect(await kinds(grace)).toEqual(["second_step.wrong"]);
    await guess();
    expect(await kinds(grace)).toEqual(["second_step.wrong", "digest"]);
  });

  test("are told from the third on, over several logins; an owner's own typos before a success are not", async () => {
    const katherine = await makePerson(house.ctx);
    const app = await withTotp(house.ctx, katherine);
    const wrong = async () => {
      const pass = await atSecondDoor(house.stranger(), katherine.userId);
      await refused(answer(house.stranger(), pass, "totp", wrongCode(app.secret, house.ctx.now)));
      return pass;
    };
    await answer(house.ctx, await wrong(), "totp", app.codeAt(house.ctx.now));
    await wrong();
    await wrong();
    expect(await kinds(katherine)).toEqual([]);
    await wrong();
    expect(await kinds(katherine)).toEqual(["second_step.wrong"]);
  });

  test("are told from the third on, over several logins on a known device too, which has a counter of its own", async () => {
    const grace = await makePerson(house.ctx);
    const app = await withTotp(house.ctx, grace);
    const { deviceToken } = await openSessionFor(house.ctx, grace);
    const wrong = async () => {
      const pass = await atSecondDoor(house.ctx, grace.userId, deviceToken);
      await refused(answer(house.ctx, pass, "totp", wrongCode(app.secret, house.ctx.now)));
    };
    await wrong();
    await wrong();
    expect(await kinds(grace)).toEqual([]);
    await wrong();
    expect(await kinds(grace)).toEqual(["second_step.wrong"]);
  });

  test("are told for recovery codes too, which have no counter of their own", async () => {
    const hedy = await makePerson(house.ctx);
    await withTotp(house.ctx, hedy);
    await withRecoveryCodes(house.ctx, hedy);
    await house.db.letter.deleteMany({ where: { userId: hedy.userId } });
    const pass = await atSecondDoor(house.stranger(), hedy.userId);
    for (let time = 0; time < 3; time += 1)
      await refused(answer(house.stranger(), pass, "recovery", "0000-0000-0000-0000"));
    expect(await kinds(hedy)).toEqual(["second_step.wrong"]);
  });

  test("are not told when a right code was merely used before, nor at a step-up of somebody who is in", async () => {
    const grace = await makePerson(house.ctx);
    const app = await withTotp(house.ctx, grace);
    await answer(house.ctx, await atSecondDoor(house.ctx, grace.userId), "totp", app.codeAt(house.ctx.now));
    const replayed = await atSecondDoor(house.ctx, grace.userId);
    for (let time = 0; time < 4; time += 1)
      expect(await refused(answer(house.ctx, replayed, "totp", app.codeAt(house.ctx.now)))).toBe("totp.already_used");
    const { session } = await openSessionFor(house.ctx, grace);
    const pass = await startStepUp(house.ctx, { session, action: "password.change", returnTo: "/security" });
    const code = { code: wrongCode(app.secret, house.ctx.now) };
    for (let time = 0; time < 4; time += 1)
      await refused(answerChallenge(house.ctx, { pass, kind: "totp", answer: code, sessionId: session.id }));
    expect(await kinds(grace)).toEqual([]);
  });
});

describe("many wrong passwords", () => {
  test("are told too where they were typed as the current one, in a session whose device has used up its own tries", async () => {
    const edsger = await makePerson(house.ctx);
    const { actor } = await openSessionFor(house.ctx, edsger);
    const typed = { actor, current: "not the password at all", next: "nine slow ferries to nowhere" };
    const guess = () => refused(changePassword(house.stranger(), typed));
    for (let time = 0; time < 14; time += 1) await guess();
    expect(await kinds(edsger)).toEqual(["device.forgotten"]);
    await guess();
    expect(await kinds(edsger)).toEqual(["device.forgotten", "password.waits"]);
  });

  test("are told when a wait begins, once per wait, and gathered within the hour", async () => {
    const edsger = await makePerson(house.ctx);
    const guess = () => refused(knock(house.stranger(), edsger, { password: "not the password at all" }));
    for (let time = 0; time < 4; time += 1) await guess();
    expect(await kinds(edsger)).toEqual([]);
    await guess();
    expect(await kinds(edsger)).toEqual(["password.waits"]);
    expect(await guess()).toBe("throttle.too_many");
    expect(await kinds(edsger)).toEqual(["password.waits"]);
    house.clock.move(minutes(1));
    expect(await guess()).toBe("login.wrong");
    expect(await kinds(edsger)).toEqual(["password.waits", "digest"]);
  });
});
