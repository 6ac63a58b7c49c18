import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { commandLine } from "@/lib/cli/command-line.kit";
import { isProven } from "@/lib/delivery/channel-proof";
import { type GatewayStandIn, gatewaySecret, startGatewayStandIn } from "@/lib/testing/stand-ins/gateway-stand-in";
import { type SmtpSink, startSmtpSink } from "@/lib/testing/stand-ins/smtp-sink";
import { setSettings } from "@/lib/testing/test-settings";

const { house, portal, json, events } = commandLine();
let mailServer: SmtpSink;
let gateway: GatewayStandIn;

const off = { MAIL_CHANNEL: "off", SMS_CHANNEL: "off", SMS_ENABLED: "true", DEFAULT_LANGUAGE: "en" };

beforeEach(async () => {
  mailServer = await startSmtpSink();
  gateway = await startGatewayStandIn();
  setSettings({
    ...off,
    MAIL_CHANNEL: "smtp",
    MAIL_FROM: "Castle <no-reply@castle.test>",
    SMTP_URL: mailServer.url,
    SMS_CHANNEL: "gateway",
    SMS_COUNTRIES: "GB",
    SMS_GATEWAY_URL: gateway.url,
    SMS_GATEWAY_SECRET: gatewaySecret,
  });
  await house().db.channelProof.deleteMany();
});
afterEach(async () => {
  setSettings(off);
  await Promise.all([mailServer.close(), gateway.close()]);
});

const proven = async () => [await isProven(house().ctx, "mail"), await isProven(house().ctx, "sms")];

describe("send-test", () => {
  test("sends a mail at once and so proves the channel", async () => {
    const { code, document } = await json("send-test mail Ada@Example.test");
    expect({ code, document }).toEqual({
      code: 0,
      document: { ok: true, channel: "mail", by: "smtp", to: "ada@example.test", proven: true },
    });
    expect(mailServer.mails.map(({ to }) => to)).toEqual([["ada@example.test"]]);
    expect(mailServer.mails[0]?.parsed.html).toContain("<html");
    expect(await proven()).toEqual([true, false]);
    expect(await events()).toEqual([{ name: "channel.proven", actorId: null, meta: { channel: "mail", by: "cli" } }]);
    expect(await house().db.letter.count()).toBe(0);
  });

  test("sends a text message, in the operator's language", async () => {
    setSettings({ DEFAULT_LANGUAGE: "zh" });
    const { code, out } = await portal("send-test sms +44-7400-123456");
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining("+447400123456 was taken") });
    expect(gateway.messages).toEqual([
      { to: "+447400123456", text: expect.stringMatching(/[\u4e00-\u9fff]/), id: expect.any(String) },
    ]);
    expect(await proven()).toEqual([false, true]);
  });

  test("says what the provider said when it did not work, and proves nothing", async () => {
    mailServer.mood("refuse");
    const { code, document } = await json("send-test mail ada@example.test");
    expect({ code, document }).toMatchObject({
      code: 1,
      document: {
        ok: false,
        proven: false,
        error: { id: "channel.test_failed", message: expect.stringContaining("The mail server answered 550") },
      },
    });
    expect(await proven()).toEqual([false, false]);
    expect(await events()).toMatchObject([{ name: "channel.test_failed", meta: { channel: "mail", by: "cli" } }]);
  });

  test.each([
    ["mail nobody", "setup.bad_email"],
    ["mail ada@example.test,grace@example.test", "setup.bad_email"],
    ["sms 07400123456", "phone.malformed"],
    ["sms +4474001234567890123", "phone.malformed"],
    ["sms ada@example.test", "phone.malformed"],
    ["sms +442071838750", "phone.not_mobile"],
    ["sms +33612345678", "phone.not_served"],
  ])("%s is refused (%s) and nothing leaves", async (line, id) => {
    expect(await json(`send-test ${line}`)).toMatchObject({ code: 1, document: { ok: false, error: { id } } });
    expect([mailServer.mails.length, gateway.requests.length]).toEqual([0, 0]);
    expect(await events()).toEqual([]);
  });

  test("needs a channel that is on", async () => {
    setSettings(off);
    expect((await json("send-test mail ada@example.test")).document).toMatchObject({ error: { id: "channel.off" } });
    setSettings({ SMS_CHANNEL: "gateway", SMS_ENABLED: "false" });
    const { code, document } = await json("send-test sms +447400123456");
    expect({ code, document }).toMatchObject({ code: 1, document: { error: { id: "channel.stopped" } } });
    expect(gateway.requests).toHaveLength(0);
  });

  test("knows two channels", async () => {
    expect(await portal("send-test pigeon ada@example.test")).toMatchObject({ code: 2, out: "" });
    expect(await portal("send-test mail")).toMatchObject({ code: 2, err: expect.stringContaining("TO is missing.") });
  });
});
