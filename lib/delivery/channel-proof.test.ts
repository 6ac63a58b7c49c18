import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { isProven, noteProof, renewProofs, unprovenChannels } from "@/lib/delivery/channel-proof";
import { closeChannels, mailChannel, smsChannel } from "@/lib/delivery/channels";
import { testHouse } from "@/lib/testing/test-context";
import { setSettings, testKeys } from "@/lib/testing/test-settings";

const smtp = {
  MAIL_CHANNEL: "smtp",
  MAIL_FROM: "a@castle.test",
  SMTP_URL: "smtp://ada:lovelace@mail.castle.test",
  SMS_CHANNEL: "off",
  SMS_COUNTRIES: "GB",
  SECOND_FACTOR_KINDS: "totp",
  DEV_TOOLS: "false",
  SMS_GATEWAY_URL: "https://sms.castle.test",
  SMS_GATEWAY_SECRET: "a secret between the portal and its gateway",
};
let house: Awaited<ReturnType<typeof testHouse>>;

beforeAll(async () => {
  setSettings(smtp);
  house = await testHouse();
});
beforeEach(async () => {
  setSettings(smtp);
  await house.db.channelProof.deleteMany();
});
afterAll(async () => {
  closeChannels();
  await house.close();
});

describe("a channel is proven", () => {
  test("by a test letter, and by nothing else", async () => {
    expect(await isProven(house.ctx, "mail")).toBe(false);
    await noteProof(house.ctx, "mail");
    expect([await isProven(house.ctx, "mail"), await isProven(house.ctx, "sms")]).toEqual([true, false]);
  });

  test.each([
    ["another server", { SMTP_URL: "smtp://ada:lovelace@mail2.castle.test" }],
    ["another password", { SMTP_URL: "smtp://ada:babbage@mail.castle.test" }],
    ["another sender", { MAIL_FROM: "b@castle.test" }],
    ["another provider", { MAIL_CHANNEL: "resend", RESEND_API_KEY: "re_lovelace" }],
    ["no channel", { MAIL_CHANNEL: "off" }],
  ])("no more with %s, and again with the old settings", async (_, change) => {
    await noteProof(house.ctx, "mail");
    setSettings({ ...smtp, ...change });
    expect(await isProven(house.ctx, "mail")).toBe(false);
    setSettings(smtp);
    expect(await isProven(house.ctx, "mail")).toBe(true);
  });

  test("always, where it ends in the developers' mailbox", async () => {
    setSettings({ ...smtp, MAIL_CHANNEL: "mailbox", DEV_TOOLS: "true" });
    expect(await isProven(house.ctx, "mail")).toBe(true);
  });

  test("through a rotation of the keys, and beyond it", async () => {
    await noteProof(house.ctx, "mail");
    setSettings({ ...smtp, PORTAL_KEYS: `${testKeys.two},${testKeys.one}` });
    expect(await isProven(house.ctx, "mail")).toBe(true);
    await renewProofs(house.ctx);
    setSettings({ ...smtp, PORTAL_KEYS: testKeys.two });
    expect(await isProven(house.ctx, "mail")).toBe(true);
    setSettings({ ...smtp, PORTAL_KEYS: testKeys.one });
    expect(await isProven(house.ctx, "mail")).toBe(false);
  });

  test("without a word of its settings in the database", async () => {
    await noteProof(house.ctx, "mail");
    const rows = JSON.stringify(await house.db.channelProof.findMany());
    for (const word of ["castle", "lovelace", "smtp:"]) expect(rows).not.toContain(word);
  });
});

test("the start names the channels of listed kinds that are not proven", async () => {
  expect(await unprovenChannels(house.ctx)).toEqual([]);
  setSettings({ ...smtp, SMS_CHANNEL: "gateway", SECOND_FACTOR_KINDS: "totp,sms,email" });
  expect(await unprovenChannels(house.ctx)).toEqual(["sms", "mail"]);
  await noteProof(house.ctx, "sms");
  expect(await unprovenChannels(house.ctx)).toEqual(["mail"]);
});

test("a channel is made once, and anew when its settings are others", () => {
  const first = mailChannel();
  expect([mailChannel() === first, smsChannel()]).toEqual([true, null]);
  setSettings({ ...smtp, MAIL_FROM: "b@castle.test" });
  expect(mailChannel()).not.toBe(first);
  expect(mailChannel()?.fingerprint).not.toBe(first?.fingerprint);
  setSettings({ ...smtp, MAIL_CHANNEL: "off" });
  expect(mailChannel()).toBeNull();
});
