import { expect, test } from "vitest";
import { findCurrentSession } from "@/lib/auth/current-session";
import { sealSessionCookie } from "@/lib/auth/session-cookie";
import { claimLogin } from "@/lib/challenge/claim-login";
import { readChallenge } from "@/lib/challenge/read-challenge";
import { recognise } from "@/lib/sessions/devices/known-device";
import { answer } from "@/lib/testing/second-door";
import { atSecondDoor, knock, openHouse, refused } from "@/lib/testing/story";
import { makePerson, openSessionFor, withTotp } from "@/lib/testing/test-context";

const house = openHouse();

/** An owner, and a thief who knows the password and has put their own cookies into the owner's browser. */
async function planted() {
  const [owner, thief] = [await makePerson(house.ctx), await makePerson(house.ctx)];
  const app = await withTotp(house.ctx, owner);
  const { token, session, deviceToken } = await openSessionFor(house.ctx, thief);
  return { owner, app, thiefs: { token, session, deviceToken, pass: await atSecondDoor(house.ctx, owner.userId) } };
}

test("what a thief has planted in a browser is exchanged after the password and after the second step, and opens nothing afterwards", async () => {
  const { owner, app, thiefs } = await planted();
  const { pass } = await knock(house.stranger(), owner, { pass: thiefs.pass, deviceToken: thiefs.deviceToken });
  expect(pass.challengeId).not.toBe(thiefs.pass.challengeId);
  expect(pass.tokenId).not.toBe(thiefs.pass.tokenId);
  await answer(house.stranger(), pass, "totp", app.codeAt(house.ctx.now));
  expect(await claimLogin(house.stranger(), thiefs.pass)).toBeNull(); // the owner's answer satisfied the owner's own
  const { session, deviceToken } = thiefs;
  const opened = await claimLogin(house.ctx, pass, { session, deviceToken });
  expect(opened).toMatchObject({ userId: owner.userId });
  expect(opened?.sessionToken).not.toBe(thiefs.token);
  expect(opened?.sessionId).not.toBe(session.id);
  for (const userId of [owner.userId, session.userId])
    expect(await findCurrentSession(house.ctx, sealSessionCookie(thiefs.token, userId))).toBeNull();
  expect(opened?.deviceToken).not.toBe(deviceToken);
  expect((await recognise(house.ctx, { identifier: owner.email }, deviceToken)).deviceId).toBeNull();
});

test("a half login that a thief has planted asks the thief for the second step as before", async () => {
  const { owner, app, thiefs } = await planted();
  const { pass } = await knock(house.stranger(), owner, { pass: thiefs.pass });
  const code = app.codeAt(house.ctx.now);
  await answer(house.stranger(), pass, "totp", code);
  await claimLogin(house.ctx, pass);
  expect(await readChallenge(house.ctx, thiefs.pass)).toMatchObject({ purpose: "LOGIN", options: ["totp"] });
  expect(await refused(answer(house.stranger(), thiefs.pass, "totp", code))).toBe("totp.already_used");
  expect(await claimLogin(house.ctx, thiefs.pass)).toBeNull();
});
