import { describe, expect, test } from "vitest";
import { sha256 } from "@/lib/crypto/digest";
import { ensure } from "@/lib/kernel/assert";
import { days, minutes, seconds } from "@/lib/kernel/duration";
import { logOut } from "@/lib/login/log-out";
import { copyOf, devicesOf, enter, trusted, trusting } from "@/lib/login/trusted-device.kit";
import { type Actor, actorOf } from "@/lib/sessions/acting-session";
import { readDeviceCookie, turnOf, withTurn } from "@/lib/sessions/devices/device-cookie";
import { listDevices } from "@/lib/sessions/devices/list-devices";
import { withdrawTrustOf } from "@/lib/sessions/devices/withdraw-trust";
import { findLiveSession } from "@/lib/sessions/store";
import { lettersOf } from "@/lib/testing/letters";
import { eventNames, knock, openHouse } from "@/lib/testing/story";
import { openSessionFor, type TestPerson } from "@/lib/testing/test-context";
import { enterIn, type Jar } from "@/lib/testing/trusted-browser";
import { insertWaiting } from "@/lib/waiting/store";

const house = openHouse(trusting);

const sessionBehind = async (token: string) => {
  const session = await findLiveSession(house.ctx, sha256(token));
  ensure(session, "the session is live");
  return session;
};
const anHour = () => house.clock.move(minutes(60));

describe("a thief with a copy of the cookie and the password", () => {
  test.each(["owner", "thief"])(
    "comes in by it; once both have gone on, the second is refused where the %s was first, and both are shut",
    async (first) => {
      const { ada, jar } = await trusted(house);
      const stolen = copyOf(jar);
      for (const one of [jar, stolen]) {
        expect(await enter(house, ada, one)).toBe("skipped"); // both present the same turn, and each is handed another
        anHour();
      }
      const [quick, slow] = first === "owner" ? [jar, stolen] : [stolen, jar];
      expect(await enter(house, ada, quick)).toBe("skipped");
      anHour();
      expect((await knock(house.stranger(), ada, { deviceToken: slow.devices })).next).toBe("answer");
      expect(await devicesOf(house, ada)).toEqual([]);
      expect(await house.db.session.count({ where: { userId: ada.userId } })).toBe(0);
      expect(await eventNames(house.ctx, ada.userId)).toContain("device.copied");
      expect((await knock(house.stranger(), ada, { deviceToken: quick.devices })).next).toBe("answer");
    },
  );

  test("who waits until its owner has been there twice is refused, and the owner told once", async () => {
    const { ada, jar } = await trusted(house);
    const stolen = copyOf(jar);
    for (let time = 0; time < 2; time += 1) {
      expect(await enter(house, ada, jar)).toBe("skipped");
      anHour();
    }
    for (let time = 0; time < 2; time += 1)
      expect((await knock(house.stranger(), ada, { deviceToken: stolen.devices })).next).toBe("answer");
    expect((await eventNames(house.ctx, ada.userId)).filter((name) => name === "device.copied")).toHaveLength(1);
  });

  test("makes no turn up: a forged one is refused and shuts both", async () => {
    const { ada, jar } = await trusted(house);
    await enter(house, ada, jar);
    const [token = ""] = readDeviceCookie(jar.devices);
    const forged = withTurn(token, `${turnOf(token)?.split("-")[0]}-${"0".repeat(32)}`);
    expect((await knock(house.stranger(), ada, { deviceToken: forged })).next).toBe("answer");
    expect(await devicesOf(house, ada)).toEqual([]);
  });

  test("is shut by a withdrawn trust, though it comes again where the owner trusts the browser anew", async () => {
    const { ada, jar } = await trusted(house);
    const stolen = copyOf(jar);
    const { opened } = await enterIn(house.stranger(), ada, { jar });
    const actor = actorOf(await sessionBehind(opened.sessionToken));
    const [{ id = "", trustedUntil = null } = {}] = await listDevices(house.ctx, actor);
    expect(trustedUntil).not.toBeNull();
    await withdrawTrustOf(house.ctx, { actor, id });
    expect(await listDevices(house.ctx, actor)).toMatchObject([{ trustedUntil: null }]);
    for (const one of [jar, stolen]) expect(await enter(house, ada, copyOf(one))).toBe("asked");
    expect(await enter(house, ada, jar, true)).toBe("asked");
    expect(await enter(house, ada, copyOf(stolen))).toBe("asked");
    expect(await enter(house, ada, jar)).toBe("skipped");
    expect((await knock(house.stranger(), ada, { deviceToken: stolen.devices })).next).toBe("answer");
    expect(await devicesOf(house, ada)).toEqual([]); // the first turn of the new trust was presented: now the old one tells
  });
});

describe("an honest browser is never shut", () => {
  test("when an answer is lost, however often", async () => {
    const { ada, jar } = await trusted(house);
    for (let time = 0; time < 6; time += 1) {
      expect(await enter(house, ada, jar, false, time % 3 !== 2)).toBe("skipped");
      anHour();
    }
    expect(await devicesOf(house, ada)).toHaveLength(1);
  });

  test("when the answer that gave the trust anew is lost", async () => {
    const { ada, jar } = await trusted(house);
    await enter(house, ada, jar);
    house.clock.move(days(14));
    expect(await enter(house, ada, jar, true, true)).toBe("asked");
    expect(await enter(house, ada, jar)).toBe("asked");
    expect(await devicesOf(house, ada)).toHaveLength(1);
    expect(await enter(house, ada, jar, true)).toBe("asked");
    expect(await enter(house, ada, jar)).toBe("skipped");
  });

  test("when many windows come with one token, whichever answer it keeps", async () => {
    const { ada, jar } = await trusted(house);
    const answers = await Promise.all(
      Array.from({ length: 8 }, async () => {
        const window = copyOf(jar);
        expect(await enter(house, ada, window)).toBe("skipped");
        return window;
      }),
    );
    expect(new Set(answers.map(({ devices }) => devices)).size).toBe(1);
    for (const window of answers.slice(0, 2)) expect(await enter(house, ada, window)).toBe("skipped");
    expect(await enter(house, ada, copyOf(jar))).toBe("skipped"); // one that was under way all the time
    house.clock.move(seconds(30));
    expect((await knock(house.stranger(), ada, { deviceToken: jar.devices })).next).toBe("answer");
  });
});

describe("what was asked for in a browser that was copied", () => {
  test("by a thief, and still waits, is stopped when the copy shows, also where the thief has logged out since; what its owner asked for elsewhere stays", async () => {
    const { ada, jar } = await trusted(house);
    const stolen = copyOf(jar);
    const [left, open] = [await actorIn(ada, copyOf(stolen)), await actorIn(ada, stolen)];
    await ask(left, "account.delete");
    await ask(open, "password.set");
    await logOut(house.ctx, left);
    const { actor: elsewhere } = await openSessionFor(house.ctx, ada);
    await ask(elsewhere, "data.download");
    anHour();
    for (let time = 0; time < 2; time += 1) {
      expect(await enter(house, ada, jar)).toBe("skipped");
      anHour();
    }
    expect((await knock(house.stranger(), ada, { deviceToken: stolen.devices })).next).toBe("answer");
    expect(await changesOf(ada)).toEqual({
      "account.delete": "VETOED device_copied",
      "password.set": "VETOED device_copied",
      "data.download": "WAITING",
    });
    const told = (await lettersOf(house.ctx, ada.userId)).map(({ kind }) => kind);
    expect(told.filter((kind) => kind === "change.stopped")).toHaveLength(2);
  });

  test("goes on while nothing has been copied, however often its owner comes back", async () => {
    const { ada, jar } = await trusted(house);
    await ask(await actorIn(ada, jar), "data.download");
    for (let time = 0; time < 3; time += 1) {
      anHour();
      expect(await enter(house, ada, jar)).toBe("skipped");
    }
    expect(await changesOf(ada)).toEqual({ "data.download": "WAITING" });
  });
});

async function actorIn(person: TestPerson, jar: Jar): Promise<Actor> {
  const { opened } = await enterIn(house.stranger(), person, { jar });
  return actorOf(await sessionBehind(opened.sessionToken));
}

/** The row that asking leaves; the room that asks stands above this one. */
async function ask({ userId, sessionId, deviceId }: Actor, kind: string): Promise<void> {
  const [id, vetoHash] = [house.ctx.random.id(), house.ctx.random.id()];
  const asked = { askedIn: sessionId, askedOn: deviceId, waitHours: 24, noticeIds: [], vetoHash };
  await insertWaiting(house.ctx, { id, userId, kind, data: "", ...asked });
}

async function changesOf({ userId }: TestPerson): Promise<Readonly<Record<string, string>>> {
  const rows = await house.db.pendingChange.findMany({ where: { userId } });
  return Object.fromEntries(rows.map(({ kind, state, why }) => [kind, why === null ? state : `${state} ${why}`]));
}
