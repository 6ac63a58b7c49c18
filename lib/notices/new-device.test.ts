import { describe, expect, test } from "vitest";
import { readAlarm } from "@/lib/account/read-alarm";
import { claimLogin } from "@/lib/challenge/claim-login";
import { startLogin } from "@/lib/challenge/start-login";
import { unseal } from "@/lib/crypto/seal";
import { ensure } from "@/lib/kernel/assert";
import { days } from "@/lib/kernel/duration";
import { letterSealedFor } from "@/lib/letters/letter";
import { doorsOf } from "@/lib/notices/doors.kit";
import { letterRows, sendingSettings } from "@/lib/testing/letters";
import { answer } from "@/lib/testing/second-door";
import { atSecondDoor, openHouse } from "@/lib/testing/story";
import { makePerson, openSessionFor, withRecoveryCodes, withTotp } from "@/lib/testing/test-context";
import { findAccount } from "@/lib/users/store";

const house = openHouse(sendingSettings);
const { kinds, at, enter } = doorsOf(house);

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
