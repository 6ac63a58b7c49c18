import { describe, expect, test } from "vitest";
import { claimLogin } from "@/lib/challenge/claim-login";
import { sha256 } from "@/lib/crypto/digest";
import { ensure } from "@/lib/kernel/assert";
import { days, minutes, seconds } from "@/lib/kernel/duration";
import { actorOf } from "@/lib/sessions/acting-session";
import { familyHash, readDeviceCookie, turnOf, withTurn } from "@/lib/sessions/devices/device-cookie";
import { listDevices } from "@/lib/sessions/devices/list-devices";
import { withdrawTrustOf } from "@/lib/sessions/devices/withdraw-trust";
import { isFresh } from "@/lib/sessions/session";
import { findLiveSession } from "@/lib/sessions/store";
import { sendingSettings } from "@/lib/testing/letters";
import { answer } from "@/lib/testing/second-door";
import { eventNames, knock, openHouse, refused } from "@/lib/testing/story";
import { makePerson, type TestPerson, withAddress, withRecoveryCodes, withTotp } from "@/lib/testing/test-context";
import { setSettings } from "@/lib/testing/test-settings";
import { enterIn, type Jar } from "@/lib/testing/trusted-browser";

const trusting = { ...sendingSettings, TRUST_DEVICES: "14" };
const house = openHouse(trusting);

/** Somebody whose browser is trusted, and whatever was copied from it. */
async function trusted(wishes: Parameters<typeof makePerson>[1] = {}) {
  const ada = await makePerson(house.ctx, wishes);
  const app = await withTotp(house.ctx, ada);
  const jar: Jar = { devices: null };
  expect(await enter(ada, jar, true)).toBe("asked");
  return { ada, app, jar };
}

const enter = async (person: TestPerson, jar: Jar, trusts = false, isLost = false) =>
  (await enterIn(house.stranger(), person, { jar, trusts, isLost })).isAsked ? "asked" : "skipped";

const sessionBehind = async (token: string) => {
  const session = await findLiveSession(house.ctx, sha256(token));
  ensure(session, "the session is live");
  return session;
};
const rows = ({ userId }: TestPerson) => house.db.device.findMany({ where: { userId } });
const copyOf = (jar: Jar): Jar => ({ ...jar });
const anHour = () => house.clock.move(minutes(60));

describe("a browser that its owner trusts", () => {
  test("is not asked for the second step, and the session says what was proven: the password, and nothing more", async () => {
    const { ada, jar } = await trusted();
    const { isAsked, opened } = await enterIn(house.stranger(), ada, { jar });
    expect(isAsked).toBe(false);
    const session = await sessionBehind(opened.sessionToken);
    expect(session).toMatchObject({ amr: ["pwd", "device"], provenWith: "password" });
    expect(await house.db.session.findUniqueOrThrow({ where: { id: session.id } })).toMatchObject({ aal: 1 });
    expect(isFresh(session, house.clock.now())).toBe(false);
    const names = await eventNames(house.ctx, ada.userId);
    expect(names.filter((name) => name === "device.trust_given")).toHaveLength(1);
    expect(names.slice(-3)).toEqual(["login.password_accepted", "challenge.skipped", "session.opened"]);
  });

  test("a thief with its cookie and without the password is as far as anybody", async () => {
    const { ada, jar } = await trusted();
    const typed = { password: "not the password at all", deviceToken: jar.devices };
    expect(await refused(knock(house.stranger(), ada, typed))).toBe("login.wrong");
  });

  test("a thief with the password of somebody else finds nothing in it", async () => {
    const { jar } = await trusted();
    const eve = await makePerson(house.ctx);
    await withTotp(house.ctx, eve);
    expect((await knock(house.stranger(), eve, { deviceToken: jar.devices })).next).toBe("answer");
  });

  test("is asked again after its days, and after fewer if the operator says so meanwhile", async () => {
    const { ada, jar } = await trusted();
    house.clock.move(days(13));
    expect(await enter(ada, jar)).toBe("skipped");
    setSettings({ ...trusting, TRUST_DEVICES: "7" });
    expect(await enter(ada, jar)).toBe("asked");
    setSettings(trusting);
    expect(await enter(ada, jar)).toBe("skipped");
    house.clock.move(days(1));
    expect(await enter(ada, jar)).toBe("asked");
  });

  test.each([
    ["no browser is to be trusted any more", {}, {}],
    ["its owner is an administrator meanwhile", trusting, { isAdmin: true }],
  ])("is asked when %s", async (_, settings, role) => {
    const { ada, jar } = await trusted();
    await house.db.user.update({ where: { id: ada.userId }, data: role });
    setSettings({ TRUST_DEVICES: "", ...settings });
    expect(await enter(ada, jar)).toBe("asked");
    setSettings(trusting);
  });

  test("of an administrator is one where the operator says so", async () => {
    setSettings({ ...trusting, TRUST_DEVICES_ADMINS: "true" });
    const { ada, jar } = await trusted({ isAdmin: true });
    expect(await enter(ada, jar)).toBe("skipped");
    setSettings({ ...trusting, TRUST_DEVICES_ADMINS: "false" });
    expect(await enter(ada, jar)).toBe("asked");
    setSettings(trusting);
  });

  test("five people at one computer are trusted there, each by themselves", async () => {
    const jar: Jar = { devices: null };
    const people = await Promise.all(Array.from({ length: 5 }, () => makePerson(house.ctx)));
    for (const person of people) await withTotp(house.ctx, person);
    for (const person of people) expect(await enter(person, jar, true)).toBe("asked");
    for (const person of people) expect(await enter(person, jar)).toBe("skipped");
    expect(String(jar.devices).length).toBeLessThan(450);
  });

  test("a cookie of one part, as it was before, is known and nothing more", async () => {
    const { ada, jar } = await trusted();
    const [token = ""] = readDeviceCookie(jar.devices);
    const old: Jar = { devices: withTurn(token, null) };
    expect(await enter(ada, old)).toBe("asked");
    expect(await rows(ada)).toHaveLength(1);
    expect(old.devices).toBe(withTurn(token, null));
  });
});

describe("trust is not given", () => {
  test("to a thief with the mailbox, who answers by mail", async () => {
    const ada = await makePerson(house.ctx);
    await withAddress(house.ctx, ada, "email", "ada@mail.example.test");
    await expectNotGiven(ada, (id) =>
      house.db.challenge.update({
        where: { id },
        data: { state: "SATISFIED", satisfiedWith: "email", satisfiedAt: house.ctx.now },
      }),
    );
  });

  test("to whoever found the paper with the recovery codes", async () => {
    const ada = await makePerson(house.ctx);
    await withTotp(house.ctx, ada);
    const [code = ""] = await withRecoveryCodes(house.ctx, ada);
    const { pass } = await knock(house.stranger(), ada);
    expect(await answer(house.ctx, pass, "recovery", code)).toMatchObject({ mayTrust: false });
    await claimLogin(house.ctx, pass, { session: null, deviceToken: null, trusts: true });
    expect(await rows(ada)).toEqual([]);
  });

  test("where nothing is bound: the password was every door, and no step is there to skip", async () => {
    const ada = await makePerson(house.ctx);
    await expectNotGiven(ada);
  });

  test("on a computer that others use too: no device is made, and it is over after fifteen minutes", async () => {
    const ada = await makePerson(house.ctx);
    const app = await withTotp(house.ctx, ada);
    const { pass } = await knock(house.stranger(), ada, { isShared: true });
    expect(await answer(house.ctx, pass, "totp", app.codeAt(house.clock.now()))).toMatchObject({ mayTrust: false });
    const opened = await claimLogin(house.ctx, pass, { session: null, deviceToken: null, trusts: true });
    expect(opened?.deviceToken).toBeNull();
    expect(await rows(ada)).toEqual([]);
    const hash = sha256(opened?.sessionToken ?? "");
    house.clock.move(minutes(14));
    expect(await findLiveSession(house.ctx, hash)).not.toBeNull();
    house.clock.move(minutes(1));
    expect(await findLiveSession(house.ctx, hash)).toBeNull();
  });

  async function expectNotGiven(ada: TestPerson, satisfy: (id: string) => Promise<unknown> = async () => null) {
    const { pass } = await knock(house.stranger(), ada);
    await satisfy(pass.challengeId);
    const opened = await claimLogin(house.ctx, pass, { session: null, deviceToken: null, trusts: true });
    expect(turnOf(opened?.deviceToken ?? "")).toBeNull();
    expect(await rows(ada)).toMatchObject([{ trustedAt: null, turnKey: null }]);
    expect(await eventNames(house.ctx, ada.userId)).not.toContain("device.trust_given");
  }
});

describe("a thief with a copy of the cookie and the password", () => {
  test.each(["owner", "thief"])(
    "comes in by it; once both have gone on, the second is refused where the %s was first, and both are shut",
    async (first) => {
      const { ada, jar } = await trusted();
      const stolen = copyOf(jar);
      for (const one of [jar, stolen]) {
        expect(await enter(ada, one)).toBe("skipped"); // both present the same turn, and each is handed another
        anHour();
      }
      const [quick, slow] = first === "owner" ? [jar, stolen] : [stolen, jar];
      expect(await enter(ada, quick)).toBe("skipped");
      anHour();
      expect((await knock(house.stranger(), ada, { deviceToken: slow.devices })).next).toBe("answer");
      expect(await rows(ada)).toEqual([]);
      expect(await house.db.session.count({ where: { userId: ada.userId } })).toBe(0);
      expect(await eventNames(house.ctx, ada.userId)).toContain("device.copied");
      expect((await knock(house.stranger(), ada, { deviceToken: quick.devices })).next).toBe("answer");
    },
  );

  test("who waits until its owner has been there twice is refused, and the owner told once", async () => {
    const { ada, jar } = await trusted();
    const stolen = copyOf(jar);
    for (let time = 0; time < 2; time += 1) {
      expect(await enter(ada, jar)).toBe("skipped");
      anHour();
    }
    for (let time = 0; time < 2; time += 1)
      expect((await knock(house.stranger(), ada, { deviceToken: stolen.devices })).next).toBe("answer");
    expect((await eventNames(house.ctx, ada.userId)).filter((name) => name === "device.copied")).toHaveLength(1);
  });

  test("makes no turn up: a forged one is refused and shuts both", async () => {
    const { ada, jar } = await trusted();
    await enter(ada, jar);
    const [token = ""] = readDeviceCookie(jar.devices);
    const forged = withTurn(token, `${turnOf(token)?.split("-")[0]}-${"0".repeat(32)}`);
    expect((await knock(house.stranger(), ada, { deviceToken: forged })).next).toBe("answer");
    expect(await rows(ada)).toEqual([]);
  });

  test("is shut by a withdrawn trust, though it comes again where the owner trusts the browser anew", async () => {
    const { ada, jar } = await trusted();
    const stolen = copyOf(jar);
    const { opened } = await enterIn(house.stranger(), ada, { jar });
    const actor = actorOf(await sessionBehind(opened.sessionToken));
    const [{ id = "", trustedUntil = null } = {}] = await listDevices(house.ctx, actor);
    expect(trustedUntil).not.toBeNull();
    await withdrawTrustOf(house.ctx, { actor, id });
    expect(await listDevices(house.ctx, actor)).toMatchObject([{ trustedUntil: null }]);
    for (const one of [jar, stolen]) expect(await enter(ada, copyOf(one))).toBe("asked");
    expect(await enter(ada, jar, true)).toBe("asked");
    expect(await enter(ada, copyOf(stolen))).toBe("asked");
    expect(await enter(ada, jar)).toBe("skipped");
    expect((await knock(house.stranger(), ada, { deviceToken: stolen.devices })).next).toBe("answer");
    expect(await rows(ada)).toEqual([]); // the first turn of the new trust was presented: now the old one tells
  });
});

describe("an honest browser is never shut", () => {
  test("when an answer is lost, however often", async () => {
    const { ada, jar } = await trusted();
    for (let time = 0; time < 6; time += 1) {
      expect(await enter(ada, jar, false, time % 3 !== 2)).toBe("skipped");
      anHour();
    }
    expect(await rows(ada)).toHaveLength(1);
  });

  test("when the answer that gave the trust anew is lost", async () => {
    const { ada, jar } = await trusted();
    await enter(ada, jar);
    house.clock.move(days(14));
    expect(await enter(ada, jar, true, true)).toBe("asked");
    expect(await enter(ada, jar)).toBe("asked");
    expect(await rows(ada)).toHaveLength(1);
    expect(await enter(ada, jar, true)).toBe("asked");
    expect(await enter(ada, jar)).toBe("skipped");
  });

  test("when many windows come with one token, whichever answer it keeps", async () => {
    const { ada, jar } = await trusted();
    const answers = await Promise.all(
      Array.from({ length: 8 }, async () => {
        const window = copyOf(jar);
        expect(await enter(ada, window)).toBe("skipped");
        return window;
      }),
    );
    expect(new Set(answers.map(({ devices }) => devices)).size).toBe(1);
    for (const window of answers.slice(0, 2)) expect(await enter(ada, window)).toBe("skipped");
    expect(await enter(ada, copyOf(jar))).toBe("skipped"); // one that was under way all the time
    house.clock.move(seconds(30));
    expect((await knock(house.stranger(), ada, { deviceToken: jar.devices })).next).toBe("answer");
  });
});

test("a trust that is withdrawn between the right password and the session opens nothing", async () => {
  const { ada, jar } = await trusted();
  const { pass, next } = await knock(house.stranger(), ada, { deviceToken: jar.devices });
  expect(next).toBe("claim");
  const [token = ""] = readDeviceCookie(jar.devices);
  await house.db.device.update({ where: { tokenHash: familyHash(token) }, data: { trustedAt: null } });
  expect(await claimLogin(house.ctx, pass, { session: null, deviceToken: jar.devices })).toBeNull();
});
