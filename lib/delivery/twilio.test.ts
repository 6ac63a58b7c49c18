import { afterEach, describe, expect, test } from "vitest";
import { aText, channelOf, expectDiscreet, hangs, reasonOf } from "@/lib/delivery/delivery.kit";
import { twilioCarrier } from "@/lib/delivery/twilio";
import { seconds } from "@/lib/kernel/duration";
import {
  startTwilioStandIn,
  type TwilioStandIn,
  twilioAccount,
  twilioRefusal,
} from "@/lib/testing/stand-ins/twilio-stand-in";

const from = "+442071838750";
const open: TwilioStandIn[] = [];
afterEach(async () => {
  for (const provider of open.splice(0)) await provider.close();
});

async function house(changes: { readonly from?: string; readonly authToken?: string } = {}) {
  const provider = await startTwilioStandIn();
  open.push(provider);
  const account = { accountSid: twilioAccount.sid, authToken: twilioAccount.token, from, baseUrl: provider.url };
  return { provider, channel: channelOf(twilioCarrier({ ...account, ...changes })) };
}

describe("a text message by Twilio", () => {
  test("arrives as it was written, through the client of theirs", async () => {
    const { provider, channel } = await house();
    expect(await channel.send(aText, "letter-1")).toEqual({ kind: "sent" });
    expect(provider.messages).toEqual([{ to: aText.to, body: aText.text, from, serviceSid: null, key: "letter-1" }]);
    expect(provider.requests[0]?.headers["user-agent"]).toMatch(/^twilio-node\//);
  });

  test("leaves by the messaging service, where one is named", async () => {
    const service = `MG${"7".repeat(32)}`;
    const { provider, channel } = await house({ from: service });
    expect(await channel.send(aText, "letter-1")).toEqual({ kind: "sent" });
    expect(provider.messages[0]).toMatchObject({ from: null, serviceSid: service });
  });

  test("stays with its address, whatever the environment wants", async () => {
    Object.assign(process.env, { TWILIO_REGION: "au1", TWILIO_EDGE: "sydney", TWILIO_LOG_LEVEL: "debug" });
    const { provider, channel } = await house();
    expect(await channel.send(aText, "letter-1")).toEqual({ kind: "sent" });
    expect(provider.messages).toHaveLength(1);
    for (const name of ["TWILIO_REGION", "TWILIO_EDGE", "TWILIO_LOG_LEVEL"]) delete process.env[name];
  });

  test("whose answer was lost carries the same key the second time", async () => {
    const { provider, channel } = await house();
    provider.plan({ kind: "drop" });
    expect((await channel.send(aText, "letter-1")).kind).toBe("later");
    expect(await channel.send(aText, "letter-1")).toEqual({ kind: "sent" });
    expect(provider.messages.map(({ key }) => key)).toEqual(["letter-1", "letter-1"]);
  });

  test("is one message when the answer comes twice", async () => {
    const { provider, channel } = await house();
    provider.plan({ kind: "twice" });
    expect(await channel.send(aText, "letter-1")).toEqual({ kind: "sent" });
    expect(provider.messages).toHaveLength(1);
  });

  test("to no number at all is refused for ever", async () => {
    const { channel } = await house();
    const outcome = await channel.send({ ...aText, to: "+44 7400\r\nFrom: x" }, "letter-1");
    expect(outcome).toMatchObject({ kind: "never", reason: expect.stringContaining("400, 21211") });
  });
});

describe("what Twilio refuses", () => {
  test.each([
    [400, 21211, "never"],
    [400, 21610, "never"],
    [400, 21614, "never"],
    [400, 21617, "never"],
    [400, 21408, "later"],
    [400, 21606, "later"],
    [401, 20003, "later"],
    [403, 20003, "later"],
    [429, 20429, "later"],
    [500, 20500, "later"],
    [503, 20503, "later"],
  ] as const)("with %i, %i is tried %s", async (status, code, kind) => {
    const { provider, channel } = await house();
    const echo = `The number ${aText.to} with ${twilioAccount.token} got 481516`;
    provider.plan({ kind: "answer", answer: twilioRefusal(status, code, echo) });
    const outcome = await channel.send(aText, "letter-1");
    expect(outcome.kind).toBe(kind);
    expect(reasonOf(outcome)).toContain(`Twilio answered ${status}, ${code}`);
    expectDiscreet(outcome);
  });

  test("for a while says for how long", async () => {
    const { provider, channel } = await house();
    const answer = { ...twilioRefusal(429, 20429), headers: { "retry-after": "3" } };
    provider.plan({ kind: "answer", answer });
    expect(await channel.send(aText, "letter-1")).toMatchObject({ kind: "later", retryAfter: seconds(3) });
  });

  test("with a token that is not theirs waits for the operator", async () => {
    const { provider, channel } = await house({ authToken: "somebody-elses-token" });
    const outcome = await channel.send(aText, "letter-1");
    expect(outcome).toMatchObject({ kind: "later", reason: expect.stringContaining("401, 20003 (Authenticate)") });
    expectDiscreet(outcome, ["somebody-elses-token"]);
    expect(provider.messages).toHaveLength(0);
  });

  test("in something else than JSON, or by leading elsewhere, is tried later", async () => {
    const { provider, channel } = await house();
    const elsewhere = { status: 307, headers: { location: `${provider.url}/2010-04-01/Accounts/elsewhere` } };
    provider.plan(
      { kind: "answer", answer: { status: 502, body: "<html>Bad gateway</html>" } },
      { kind: "answer", answer: elsewhere },
    );
    expect((await channel.send(aText, "letter-1")).kind).toBe("later");
    expect((await channel.send(aText, "letter-1")).kind).toBe("later");
    expect(provider.requests).toHaveLength(2);
  });

  test("by not being there is tried later", async () => {
    const { provider, channel } = await house();
    await provider.close();
    expect(await channel.send(aText, "letter-1")).toEqual({
      kind: "later",
      reason: "Twilio could not be reached (ECONNREFUSED).",
    });
  });
});

hangs(async () => {
  const { provider, channel } = await house();
  return { channel, message: aText, hang: () => provider.planAll({ kind: "hang" }) };
});
