import { afterEach, describe, expect, test } from "vitest";
import { readChallenge } from "@/lib/challenge/read-challenge";
import { sha256 } from "@/lib/crypto/digest";
import { ensure } from "@/lib/kernel/assert";
import { trusting } from "@/lib/login/trusted-device.kit";
import { changePolicy } from "@/lib/operator/change-policy";
import { listDevices } from "@/lib/sessions/devices/list-devices";
import { findLiveSession } from "@/lib/sessions/store";
import { passkeySettings, withPasskey } from "@/lib/testing/passkeys";
import { atSecondDoor, openHouse } from "@/lib/testing/story";
import { makePerson, type TestPerson } from "@/lib/testing/test-context";
import { setSettings } from "@/lib/testing/test-settings";
import { enterIn, type Jar } from "@/lib/testing/trusted-browser";
import { mustProveAnew } from "@/lib/web/guard";

const lenient = { ...trusting, ...passkeySettings, SECOND_FACTOR_STRENGTH: "any" };
const house = openHouse(lenient);

const strict = { strength: "phishing-resistant" } as const;
afterEach(() => setSettings(lenient));

/** Whoever stole the password sits before the browser that its owner trusted after a passkey. */
const opensWith = (person: TestPerson, jar: Jar) => enterIn(house.stranger(), person, { jar, kind: "passkey" });

async function trusted() {
  const ada = await makePerson(house.ctx);
  await withPasskey(house.ctx, ada);
  const jar: Jar = { devices: null };
  await enterIn(house.stranger(), ada, { jar, kind: "passkey", trusts: true });
  const { isAsked, opened } = await opensWith(ada, jar);
  ensure(!isAsked, "a browser that was trusted after a passkey skips the second step");
  return { ada, jar, opened };
}

describe.each<[string, (person: TestPerson) => Promise<unknown>]>([
  ["of everybody", async () => setSettings({ ...lenient, SECOND_FACTOR_STRENGTH: strict.strength })],
  ["of one person", ({ userId }) => changePolicy(house.ctx, { userId, change: strict, by: "cli" })],
])("where only what no false page can take is enough %s", (_, tighten) => {
  test("a thief with the password alone finds no trusted browser, whenever it was given, until the rule is gone again", async () => {
    const { ada, jar } = await trusted();
    await tighten(ada);
    const { policy } = await house.db.user.findUniqueOrThrow({ where: { id: ada.userId } });
    const own = { userId: ada.userId, deviceId: null, isAdmin: false, policy };
    expect(await listDevices(house.ctx, own)).toMatchObject([{ trustedUntil: null }]);
    expect((await opensWith(ada, { ...jar })).isAsked).toBe(true);
    setSettings(lenient);
    await changePolicy(house.ctx, { userId: ada.userId, change: { strength: undefined }, by: "cli" });
    expect((await opensWith(ada, jar)).isAsked).toBe(false);
  });

  test("nobody is offered it at the second door", async () => {
    const ada = await makePerson(house.ctx);
    await withPasskey(house.ctx, ada);
    const pass = await atSecondDoor(house.stranger(), ada.userId);
    expect(await readChallenge(house.ctx, pass)).toMatchObject({ trust: { days: 14, kinds: ["passkey", "totp"] } });
    await tighten(ada);
    expect(await readChallenge(house.ctx, pass)).toMatchObject({ options: ["passkey"], trust: null });
  });

  test("a session that a trusted browser opened before asks for the passkey before anything else", async () => {
    const { ada, opened } = await trusted();
    await tighten(ada);
    const session = await findLiveSession(house.ctx, sha256(opened.sessionToken));
    expect(session && mustProveAnew(session, house.ctx.now)).toBe(true);
  });
});
