import { describe, expect, test } from "vitest";
import { changePassword } from "@/lib/account/change-password";
import { readAlarm } from "@/lib/account/read-alarm";
import { answerChallenge } from "@/lib/challenge/answer-challenge";
import { claimLogin } from "@/lib/challenge/claim-login";
import { startLogin } from "@/lib/challenge/start-login";
import { startStepUp } from "@/lib/challenge/start-step-up";
import type { Ctx } from "@/lib/context/context";
import { unseal } from "@/lib/crypto/seal";
import { ensure } from "@/lib/kernel/assert";
import { days, minutes } from "@/lib/kernel/duration";
import { letterSealedFor } from "@/lib/letters/letter";
import { letterRows, sendingSettings } from "@/lib/testing/letters";
import { answer } from "@/lib/testing/second-door";
import { atSecondDoor, knock, openHouse, refused, wrongCode } from "@/lib/testing/story";
import {
  makePerson,
  openSessionFor,
  type TestPerson,
  testContext,
  withRecoveryCodes,
  withTotp,
} from "@/lib/testing/test-context";
import { findAccount } from "@/lib/users/store";

const house = openHouse(sendingSettings);

const kinds = async ({ userId }: TestPerson) => (await letterRows(house.ctx, userId)).map(({ kind }) => kind);

/** Somebody at a browser of this name. */
const at = (agent: string): Ctx => testContext({ db: house.db, clock: house.clock, agent });

/** A login that needs no second step. */
const enter = async (ctx: Ctx, { userId }: TestPerson) => claimLogin(ctx, await atSecondDoor(ctx, userId));

describe("a new device, without a second factor,", () => {
  test("is a browser that is not known, even one of the same name; the first login ever is told to nobody", async () => {
    const ada = await makePerson(house.ctx);
    const first = await enter(at("Firefox"), ada);
    const deviceToken = first?.deviceToken ?? null;
    ensure(deviceToken, "the password is every door that she has: her browser is known");
    const again = await claimLogin(at("Another name"), await atSecondDoor(house.ctx, ada.userId, deviceToken));
    expect(again?.deviceToken).toBeNull();
    expect(await kinds(ada)).toEqual([]);
    await enter(at("Firefox"), ada);
    expect(await kinds(ada)).toEqual(["device.new"]);
  });

  test("is told after a pause that is longer than events are kept: the account was used before", async () => {
    const ada = await makePerson(house.ctx);
    await enter(at("Firefox"), ada);
    await house.db.securityEvent.deleteMany({ where: { subjectId: ada.userId } });
    await enter(at("Firefox"), ada);
    expect(await kinds(ada)).toEqual(["device.new"]);
  });

  test("through an app, is a browser whose like was not seen there for 90 days", async () => {
    const ada = await makePerson(house.ctx);
    await house.db.app.create({
      data: {
        id: "shop",
        name: "Shop",
        origins: [],
        servers: [],
        unmasked: false,
        demands: false,
        isDefault: false,
        createdAt: house.ctx.now,
      },
    });
    const app = { id: "shop", demands: false };
    const enterBy = async (agent: string) => {
      const account = await findAccount(house.ctx, ada.userId);
      ensure(account, "she has an account");
      const { pass } = await startLogin(house.ctx, { account, amr: ["pwd"], deviceId: null, returnTo: "/", app });
      return claimLogin(at(agent), pass);
    };
    await enterBy("Firefox");
    await enterBy("Firefox");
    expect(await kinds(ada)).toEqual([]);
    await enterBy("Chrome");
    expect(await kinds(ada)).toEqual(["device.new"]);
    house.clock.move(days(91));
    await enterBy("Firefox");
    expect(await kinds(ada)).toEqual(["device.new", "device.new"]);
  });
});

describe("a login with a recovery code", () => {
  async function hedyWithCodes() {
    const hedy = await makePerson(house.ctx);
    await enter(at("Firefox"), hedy);
    await withTotp(house.ctx, hedy);
    const codes = await withRecoveryCodes(house.ctx, hedy);
    await house.db.letter.deleteMany({ where: { userId: hedy.userId } });
    const enterWith = async (index: number, deviceToken: string | null = null) => {
      const pass = await atSecondDoor(house.ctx, hedy.userId, deviceToken);
      await answer(at("Firefox"), pass, "recovery", codes[index] ?? "");
      return claimLogin(at("Firefox"), pass);
    };
    return { hedy, enterWith };
  }

  test("from a browser that is not known raises the alarm, with its link, and makes none known", async () => {
    const { hedy, enterWith } = await hedyWithCodes();
    expect(await enterWith(0)).toMatchObject({ deviceToken: null });
    const alarm = (await letterRows(house.ctx, hedy.userId)).find(({ kind }) => kind === "device.new");
    ensure(alarm?.content, "the alarm waits, sealed");
    const { link } = JSON.parse(unseal(alarm.content, letterSealedFor(alarm.id, "content")) ?? "");
    expect(await readAlarm(house.ctx, link.split("/").at(-1))).toMatchObject({ state: "open", kind: "device.new" });
    await enterWith(1);
    expect((await kinds(hedy)).filter((kind) => kind === "device.new" || kind === "digest")).toHaveLength(2);
  });

  test("on a known device raises none", async () => {
    const { hedy, enterWith } = await hedyWithCodes();
    const { deviceToken } = await openSessionFor(house.ctx, hedy);
    await house.db.letter.deleteMany({ where: { userId: hedy.userId } });
    expect(await enterWith(0, deviceToken)).not.toBeNull();
    expect(await kinds(hedy)).not.toContain("device.new");
  });
});

describe("a new device, with a second factor,", () => {
  test("is one that is not known; on a known one nobody is told, whatever it calls itself", async () => {
    const grace = await makePerson(house.ctx);
    await enter(at("Firefox"), grace);
    await withTotp(house.ctx, grace);
    const { deviceToken } = await openSessionFor(at("Firefox"), grace);
    expect(await kinds(grace)).toEqual(["device.new"]);
    const pass = await atSecondDoor(house.ctx, grace.userId, deviceToken);
    await house.db.challenge.update({
      where: { id: pass.challengeId },
      data: { state: "SATISFIED", satisfiedWith: "totp", satisfiedAt: house.ctx.now },
    });
    expect(await claimLogin(at("Another name"), pass)).not.toBeNull();
    expect(await kinds(grace)).toEqual(["device.new"]);
  });

  test("leads to a page that shows the login, in the language that was read before it", async () => {
    const hedy = await makePerson(house.ctx);
    await enter({ ...at("Firefox"), now: house.ctx.now, language: "zh" }, hedy);
    const thief = {
      ...at("Mozilla/5.0 Firefox/140.0"),
      now: house.ctx.now,
      visitor: { ip: "203.0.113.9", agent: "A thief's" },
    };
    await enter(thief, hedy);
    const [letter] = await letterRows(house.ctx, hedy.userId);
    ensure(letter?.content, "the letter waits, sealed");
    expect(letter.language).toBe("zh");
    const { link } = JSON.parse(unseal(letter.content, letterSealedFor(letter.id, "content")) ?? "");
    expect(await readAlarm(house.ctx, link.split("/").at(-1))).toMatchObject({
      state: "open",
      kind: "device.new",
      ip: "203.0.113.9",
      agent: "A thief's",
      at: house.ctx.now,
    });
  });

  test("is let in only together with its letter", async () => {
    const alan = await makePerson(house.ctx);
    await enter(at("Firefox"), alan);
    const pass = await atSecondDoor(house.ctx, alan.userId);
    await house.db.$executeRaw`ALTER TABLE letters ADD CONSTRAINT broken CHECK (kind <> 'device.new') NOT VALID`;
    await expect(claimLogin(at("Chrome"), pass)).rejects.toThrow();
    await house.db.$executeRaw`ALTER TABLE letters DROP CONSTRAINT broken`;
    expect(await house.db.session.count({ where: { userId: alan.userId } })).toBe(1);
    expect(await claimLogin(at("Chrome"), pass)).not.toBeNull();
    expect(await kinds(alan)).toEqual(["device.new"]);
  });

  test("twenty claims of one login at once: one session and one letter", async () => {
    const barbara = await makePerson(house.ctx);
    await enter(at("Firefox"), barbara);
    const pass = await atSecondDoor(house.ctx, barbara.userId);
    const claims = await Promise.all(Array.from({ length: 20 }, () => claimLogin(at("Chrome"), pass)));
    expect(claims.filter((each) => each !== null)).toHaveLength(1);
    expect(await kinds(barbara)).toEqual(["device.new"]);
  });
});

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
