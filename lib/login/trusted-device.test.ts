import { describe, expect, test } from "vitest";
import { claimLogin } from "@/lib/challenge/claim-login";
import { sha256 } from "@/lib/crypto/digest";
import { ensure } from "@/lib/kernel/assert";
import { days, minutes } from "@/lib/kernel/duration";
import { devicesOf, enter, trusted, trusting } from "@/lib/login/trusted-device.kit";
import { familyHash, readDeviceCookie, turnOf, withTurn } from "@/lib/sessions/devices/device-cookie";
import { isFresh } from "@/lib/sessions/session";
import { findLiveSession } from "@/lib/sessions/store";
import { answer } from "@/lib/testing/second-door";
import { eventNames, knock, openHouse, refused } from "@/lib/testing/story";
import { makePerson, type TestPerson, withAddress, withRecoveryCodes, withTotp } from "@/lib/testing/test-context";
import { setSettings } from "@/lib/testing/test-settings";
import { enterIn, type Jar } from "@/lib/testing/trusted-browser";

const house = openHouse(trusting);

const sessionBehind = async (token: string) => {
  const session = await findLiveSession(house.ctx, sha256(token));
  ensure(session, "the session is live");
  return session;
};

describe("a browser that its owner trusts", () => {
  test("is not asked for the second step, and the session says what was proven: the password, and nothing more", async () => {
    const { ada, jar } = await trusted(house);
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
    const { ada, jar } = await trusted(house);
    const typed = { password: "not the password at all", deviceToken: jar.devices };
    expect(await refused(knock(house.stranger(), ada, typed))).toBe("login.wrong");
  });

  test("a thief with the password of somebody else finds nothing in it", async () => {
    const { jar } = await trusted(house);
    const eve = await makePerson(house.ctx);
    await withTotp(house.ctx, eve);
    expect((await knock(house.stranger(), eve, { deviceToken: jar.devices })).next).toBe("answer");
  });

  test("is asked again after its days, and after fewer if the operator says so meanwhile", async () => {
    const { ada, jar } = await trusted(house);
    house.clock.move(days(13));
    expect(await enter(house, ada, jar)).toBe("skipped");
    setSettings({ ...trusting, TRUST_DEVICES: "7" });
    expect(await enter(house, ada, jar)).toBe("asked");
    setSettings(trusting);
    expect(await enter(house, ada, jar)).toBe("skipped");
    house.clock.move(days(1));
    expect(await enter(house, ada, jar)).toBe("asked");
  });

  test.each([
    ["no browser is to be trusted any more", {}, {}],
    ["its owner is an administrator meanwhile", trusting, { isAdmin: true }],
  ])("is asked when %s", async (_, settings, role) => {
    const { ada, jar } = await trusted(house);
    await house.db.user.update({ where: { id: ada.userId }, data: role });
    setSettings({ TRUST_DEVICES: "", ...settings });
    expect(await enter(house, ada, jar)).toBe("asked");
    setSettings(trusting);
  });

  test("of an administrator is one where the operator says so", async () => {
    setSettings({ ...trusting, TRUST_DEVICES_ADMINS: "true" });
    const { ada, jar } = await trusted(house, { isAdmin: true });
    expect(await enter(house, ada, jar)).toBe("skipped");
    setSettings({ ...trusting, TRUST_DEVICES_ADMINS: "false" });
    expect(await enter(house, ada, jar)).toBe("asked");
    setSettings(trusting);
  });

  test("five people at one computer are trusted there, each by themselves", async () => {
    const jar: Jar = { devices: null };
    const people = await Promise.all(Array.from({ length: 5 }, () => makePerson(house.ctx)));
    for (const person of people) await withTotp(house.ctx, person);
    for (const person of people) expect(await enter(house, person, jar, true)).toBe("asked");
    for (const person of people) expect(await enter(house, person, jar)).toBe("skipped");
    expect(String(jar.devices).length).toBeLessThan(450);
  });

  test("a cookie of one part, as it was before, is known and nothing more", async () => {
    const { ada, jar } = await trusted(house);
    const [token = ""] = readDeviceCookie(jar.devices);
    const old: Jar = { devices: withTurn(token, null) };
    expect(await enter(house, ada, old)).toBe("asked");
    expect(await devicesOf(house, ada)).toHaveLength(1);
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
    expect(await devicesOf(house, ada)).toEqual([]);
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
    expect(await devicesOf(house, ada)).toEqual([]);
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
    expect(await devicesOf(house, ada)).toMatchObject([{ trustedAt: null, turnKey: null }]);
    expect(await eventNames(house.ctx, ada.userId)).not.toContain("device.trust_given");
  }
});

test("a trust that is withdrawn between the right password and the session opens nothing", async () => {
  const { ada, jar } = await trusted(house);
  const { pass, next } = await knock(house.stranger(), ada, { deviceToken: jar.devices });
  expect(next).toBe("claim");
  const [token = ""] = readDeviceCookie(jar.devices);
  await house.db.device.update({ where: { tokenHash: familyHash(token) }, data: { trustedAt: null } });
  expect(await claimLogin(house.ctx, pass, { session: null, deviceToken: jar.devices })).toBeNull();
});
