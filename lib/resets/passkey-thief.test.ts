import { expect, test } from "vitest";
import { changePassword } from "@/lib/account/change-password";
import { containAccount } from "@/lib/account/contain-account";
import { readAlarm } from "@/lib/account/read-alarm";
import { inTransaction } from "@/lib/context/context";
import { days, hours, minutes } from "@/lib/kernel/duration";
import { alarmKinds, newAlarmLink } from "@/lib/links/alarm-link";
import { allCodes, goingByAlarm, readChoosing } from "@/lib/resets/choosing";
import { setNewPassword } from "@/lib/resets/set-new-password";
import { sendingSettings } from "@/lib/testing/letters";
import { answerOf, signInWith, withPasskey } from "@/lib/testing/passkeys";
import { begunReset } from "@/lib/testing/resets";
import { answer } from "@/lib/testing/second-door";
import { knock, openHouse, refused } from "@/lib/testing/story";
import { makePerson, openSessionFor, type TestPerson, withRecoveryCodes, withTotp } from "@/lib/testing/test-context";
import { setSettings } from "@/lib/testing/test-settings";

const settings = { ...sendingSettings, SECOND_FACTOR_KINDS: "passkey,totp,sms,email" };
const house = openHouse(settings);
const next = "nine slow ferries to nowhere";
const another = "seven quick trams to somewhere";

/** The owner reads of something that they did not do, and presses the button. */
async function pressAlarm({ userId }: TestPerson): Promise<void> {
  const kind = "device.new";
  const link = await inTransaction(house.ctx, (tx) => newAlarmLink(tx, { kind, userId, challengeId: null }));
  house.clock.move(minutes(1));
  await containAccount(house.stranger(), { token: link.split("/").at(-1) ?? "" });
}

test.each([
  ["before the letter whose button is pressed", true],
  ["after it", false],
])(
  "a thief's passkey that was bound %s opens nothing from the alarm on, and is gone with the new password",
  async (_, isBefore) => {
    const owner = await makePerson(house.ctx);
    const app = await withTotp(house.ctx, owner);
    house.clock.move(days(30));
    const kind = "device.new";
    const { userId } = owner;
    const early = isBefore ? await withPasskey(house.ctx, owner, { label: "Thief's" }) : null;
    house.clock.move(minutes(1));
    const link = await inTransaction(house.ctx, (tx) => newAlarmLink(tx, { kind, userId, challengeId: null }));
    house.clock.move(minutes(1));
    const thiefs = early ?? (await withPasskey(house.ctx, owner, { label: "Thief's" }));
    expect((await signInWith(house.stranger(), thiefs)).next).toBe("claim");
    await containAccount(house.stranger(), { token: link.split("/").at(-1) ?? "" });
    expect(await refused(signInWith(house.stranger(), thiefs))).toBe("passkey.closed");
    const { pass } = await begunReset(house, owner);
    const given = { credential: (await answerOf(house.ctx, thiefs, pass)).credential };
    if (!isBefore)
      expect(await refused(answer(house.stranger(), pass, "passkey", given.credential))).toBe("passkey.wrong");
    await answer(house.stranger(), pass, "totp", app.codeAt(house.clock.now()));
    expect((await readChoosing(house.ctx, pass))?.recent).toMatchObject([{ label: "Thief's", goes: true }]);
    await setNewPassword(house.stranger(), { pass, password: next, remove: [] });
    expect(await refused(signInWith(house.stranger(), thiefs))).toBe("passkey.unknown");
    house.clock.move(minutes(1));
    expect((await knock(house.stranger(), owner, { password: next })).next).toBe("answer");
  },
);

test("the owner's own passkey is closed by the alarm too, serves as the second factor of the reset, and opens the door again after it", async () => {
  const owner = await makePerson(house.ctx);
  const key = await withPasskey(house.ctx, owner);
  house.clock.move(days(30));
  await pressAlarm(owner);
  expect(await refused(signInWith(house.stranger(), key))).toBe("passkey.closed");
  const { pass } = await begunReset(house, owner);
  const { credential } = await answerOf(house.ctx, key, pass);
  await answer(house.stranger(), pass, "passkey", credential);
  await setNewPassword(house.stranger(), { pass, password: next, remove: [] });
  expect((await signInWith(house.stranger(), key)).next).toBe("claim");
});

test.each([
  ["by the thief after binding", true],
  ["by the owner, and the thief binds after it", false],
])("the alarm reaches a thief's passkey although the password was changed %s", async (_, isBound) => {
  const owner = await makePerson(house.ctx);
  const app = await withTotp(house.ctx, owner);
  house.clock.move(days(30));
  const { userId } = owner;
  const kind = "device.new";
  const link = await inTransaction(house.ctx, (tx) => newAlarmLink(tx, { kind, userId, challengeId: null }));
  const token = link.split("/").at(-1) ?? "";
  house.clock.move(minutes(1));
  const early = isBound ? await withPasskey(house.ctx, owner, { label: "Thief's" }) : null;
  const { actor } = await openSessionFor(house.ctx, owner);
  await changePassword(house.ctx, { actor, current: owner.password, next });
  if (early === null) expect(await readAlarm(house.ctx, token)).toEqual({ state: "moved" });
  const thiefs = early ?? (await withPasskey(house.ctx, owner, { label: "Thief's" }));
  expect(await readAlarm(house.ctx, token)).toMatchObject({ state: "open", wayBack: "letter" });
  await containAccount(house.stranger(), { token });
  expect(await refused(knock(house.stranger(), owner, { password: next }))).toBe("login.wrong");
  expect(await refused(signInWith(house.stranger(), thiefs))).toBe("passkey.closed");
  const { pass } = await begunReset(house, owner);
  await answer(house.stranger(), pass, "totp", app.codeAt(house.clock.now()));
  await setNewPassword(house.stranger(), { pass, password: another, remove: [] });
  expect(await refused(signInWith(house.stranger(), thiefs))).toBe("passkey.unknown");
});

test("after a completed reset an older alarm's letter closes nothing, whatever was bound since", async () => {
  const owner = await makePerson(house.ctx);
  const { userId } = owner;
  const links = await inTransaction(house.ctx, (tx) =>
    Promise.all(alarmKinds.map((kind) => newAlarmLink(tx, { kind, userId, challengeId: null }))),
  );
  house.clock.move(minutes(1));
  const { pass } = await begunReset(house, owner);
  await setNewPassword(house.stranger(), { pass, password: next, remove: [] });
  house.clock.move(minutes(1));
  const key = await withPasskey(house.ctx, owner);
  for (const link of links) {
    const token = link.split("/").at(-1) ?? "";
    expect(await readAlarm(house.ctx, token)).toEqual({ state: "over" });
    expect(await refused(containAccount(house.stranger(), { token }))).toBe("alarm.over");
  }
  expect((await signInWith(house.stranger(), key)).next).toBe("claim");
});

test("without an alarm a reset that an app proves offers to remove a passkey of the last thirty days", async () => {
  const owner = await makePerson(house.ctx);
  const app = await withTotp(house.ctx, owner);
  const old = await withPasskey(house.ctx, owner, { label: "Old" });
  house.clock.move(days(31));
  const thiefs = await withPasskey(house.ctx, owner, { label: "Thief's" });
  house.clock.move(days(8));
  const { pass } = await begunReset(house, owner);
  await answer(house.stranger(), pass, "totp", app.codeAt(house.clock.now()));
  expect((await readChoosing(house.ctx, pass))?.recent).toMatchObject([{ label: "Thief's", goes: false }]);
  await setNewPassword(house.stranger(), { pass, password: next, remove: [thiefs.factorId, old.factorId] });
  expect(await refused(signInWith(house.stranger(), thiefs))).toBe("passkey.unknown");
  expect((await signInWith(house.stranger(), old)).next).toBe("claim");
});

test("the codes that somebody made are void by a proof of the strongest factor that can be asked for: beside a passkey only where that is switched off", async () => {
  const owner = await makePerson(house.ctx);
  const app = await withTotp(house.ctx, owner);
  await withPasskey(house.ctx, owner);
  await withRecoveryCodes(house.ctx, owner);
  const { pass } = await begunReset(house, owner);
  await answer(house.stranger(), pass, "totp", app.codeAt(house.clock.now()));
  const codes = async () => (await readChoosing(house.ctx, pass))?.codes;
  expect(await codes()).toBeNull();
  setSettings({ ...settings, SECOND_FACTOR_KINDS: "totp,sms,email" });
  expect(await codes()).not.toBeNull();
  await setNewPassword(house.stranger(), { pass, password: next, remove: [allCodes] });
  expect(await house.db.recoveryCode.count({ where: { userId: owner.userId } })).toBe(0);
  setSettings(settings);
});

test("without an alarm a reset removes no passkey; after one those of the last week go, unless that kind has proven it", () => {
  const alarm = house.clock.now();
  const at = (ago: number) => new Date(alarm.getTime() - ago);
  const some = (id: string, kind: string, since: Date) =>
    ({
      id,
      userId: "u",
      kind,
      label: id,
      secret: null,
      handle: null,
      data: null,
      lastStep: null,
      lastUsedAt: null,
      confirmedAt: since,
      createdAt: since,
      expiresAt: null,
      replacesId: null,
    }) as const;
  const held = [
    some("old", "passkey", at(days(8))),
    some("young", "passkey", at(days(6))),
    some("after", "passkey", at(-hours(1))),
    some("app", "totp", at(-hours(1))),
  ];
  const gone = (provenWith: string | null, moment: Date | null) =>
    goingByAlarm(held, { provenWith, alarm: moment }).map(({ id }) => id);
  expect(gone("totp", null)).toEqual([]);
  expect(gone("totp", alarm)).toEqual(["young", "after"]);
  expect(gone("passkey", alarm)).toEqual(["after"]);
});
