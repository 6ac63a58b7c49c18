import { afterEach, expect, test } from "vitest";
import { readOverview } from "@/lib/account/read-overview";
import { noteProof } from "@/lib/delivery/channel-proof";
import { confirmSaved } from "@/lib/factors/confirm-saved";
import { noCodes } from "@/lib/factors/recovery/held-codes";
import { regenerateCodes } from "@/lib/factors/regenerate-codes";
import { minutes } from "@/lib/kernel/duration";
import { sendingSettings } from "@/lib/testing/letters";
import { costOf } from "@/lib/testing/statements/count";
import { openHouse } from "@/lib/testing/story";
import {
  makePerson,
  openSessionFor,
  type TestPerson,
  withAddress,
  withRecoveryCodes,
  withTotp,
} from "@/lib/testing/test-context";
import { setSettings } from "@/lib/testing/test-settings";

const house = openHouse(sendingSettings);
afterEach(() => setSettings(sendingSettings));

/** The overview of a person, asked for in a browser that is not known. */
const overviewOf = ({ userId, isAdmin }: TestPerson) =>
  readOverview(house.ctx, { userId, isAdmin, policy: null, deviceId: null });

const one = { roundTrips: 1, commits: 0 };

test("all that the page tells is one statement", async () => {
  const grace = await makePerson(house.ctx);
  const { factorId: phone } = await withTotp(house.ctx, grace, "Phone");
  house.clock.move(minutes(1));
  const number = await withAddress(house.ctx, grace, "sms", "+12025550123");
  await withRecoveryCodes(house.ctx, grace);
  const lastUsedAt = new Date("2030-01-06T10:11:12.345Z");
  await house.db.factor.update({ where: { id: number }, data: { lastUsedAt } });
  const counter = { fails: 0, orphans: 90, windowStart: lastUsedAt, updatedAt: lastUsedAt };
  await house.db.bucket.create({ data: { key: `factor.totp:${grace.userId}`, ...counter } });
  expect(await costOf(() => overviewOf(grace))).toEqual(one);
  const overview = await overviewOf(grace);
  expect(overview.factors).toMatchObject([
    {
      id: phone,
      kind: "totp",
      label: "Phone",
      place: null,
      marks: [],
      isAskable: true,
      lastUsedAt: null,
      closed: "here",
    },
    {
      id: number,
      kind: "sms",
      label: "sms",
      place: "+1 ••• 123",
      marks: [],
      isAskable: true,
      lastUsedAt,
      closed: "nowhere",
    },
  ]);
  const changed = await house.db.user.findUnique({ where: { id: grace.userId }, select: { passwordChangedAt: true } });
  expect(overview).toMatchObject({
    codes: { left: 10, unsaved: 0 },
    held: { totp: 1, sms: 1 },
    onOffer: ["totp", "sms", "email"],
  });
  expect(overview.passwordChangedAt).toEqual(changed?.passwordChangedAt);
});

test("of somebody who has bound nothing too, and nothing of other people is among it", async () => {
  const grace = await makePerson(house.ctx);
  await withTotp(house.ctx, grace);
  await withRecoveryCodes(house.ctx, grace);
  const ada = await makePerson(house.ctx);
  expect(await costOf(() => overviewOf(ada))).toEqual(one);
  expect(await overviewOf(ada)).toMatchObject({ factors: [], codes: noCodes, held: {} });
});

test("codes that a page has shown and nobody has said to have saved are told as that, with their moment", async () => {
  const hedy = await makePerson(house.ctx);
  await withTotp(house.ctx, hedy);
  house.clock.move(minutes(1));
  const { actor } = await openSessionFor(house.ctx, hedy);
  const { id } = await regenerateCodes(house.ctx, { actor });
  const made = house.clock.now();
  expect(await costOf(() => overviewOf(hedy))).toEqual(one);
  expect(await overviewOf(hedy)).toMatchObject({ codes: { left: 10, since: made, unsaved: 10, unsavedSince: made } });
  await confirmSaved(house.ctx, { userId: hedy.userId, showing: id, at: made });
  expect(await overviewOf(hedy)).toMatchObject({ codes: { left: 10, unsaved: 0, unsavedSince: null } });
});

test("what waits to be confirmed and a used code are not counted", async () => {
  const ada = await makePerson(house.ctx);
  const app = await withTotp(house.ctx, ada);
  await withRecoveryCodes(house.ctx, ada);
  const [code] = await house.db.recoveryCode.findMany({ where: { userId: ada.userId }, take: 1 });
  await house.db.recoveryCode.update({ where: { id: code?.id ?? "" }, data: { usedAt: house.clock.now() } });
  await house.db.factor.update({ where: { id: app.factorId }, data: { state: "PENDING" } });
  expect(await overviewOf(ada)).toMatchObject({ factors: [], codes: { left: 9 } });
});

test("a kind whose channel has proven nothing is not on offer, and is as soon as it has", async () => {
  const ada = await makePerson(house.ctx);
  const smtp = {
    ...sendingSettings,
    MAIL_CHANNEL: "smtp",
    MAIL_FROM: "a@castle.test",
    SMTP_URL: "smtp://ada:lovelace@mail.castle.test",
  };
  const offered = async () => (await overviewOf(ada)).onOffer;
  setSettings(smtp);
  expect(await offered()).toEqual(["totp", "sms"]);
  await noteProof(house.ctx, "mail");
  expect(await offered()).toEqual(["totp", "sms", "email"]);
  setSettings({ ...smtp, MAIL_FROM: "b@castle.test" });
  expect(await offered()).toEqual(["totp", "sms"]);
});
