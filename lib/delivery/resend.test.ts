import { afterEach, describe, expect, test } from "vitest";
import { aMail, channelOf, expectDiscreet, hangs, reasonOf } from "@/lib/delivery/delivery.kit";
import { resendCarrier } from "@/lib/delivery/resend";
import { seconds } from "@/lib/kernel/duration";
import { type ResendStandIn, resendRefusal, startResendStandIn } from "@/lib/testing/stand-ins/resend-stand-in";

const from = "The Castle <no-reply@castle.test>";
const apiKey = "re_stand_in_key";
const open: ResendStandIn[] = [];
afterEach(async () => {
  for (const provider of open.splice(0)) await provider.close();
});

async function house(key = apiKey, path = "") {
  const provider = await startResendStandIn(apiKey);
  open.push(provider);
  return { provider, channel: channelOf(resendCarrier({ apiKey: key, baseUrl: `${provider.url}${path}`, from })) };
}

describe("a mail by Resend", () => {
  test("arrives as it was written, through the client of theirs", async () => {
    const { provider, channel } = await house(apiKey, "/");
    expect(await channel.send(aMail, "letter-1")).toEqual({ kind: "sent" });
    expect(provider.mails).toEqual([
      { ...aMail, from, headers: { "Auto-Submitted": "auto-generated" }, key: "letter-1" },
    ]);
    const [request] = provider.requests;
    expect(request?.headers).toMatchObject({ authorization: `Bearer ${apiKey}`, "idempotency-key": "letter-1" });
    expect(request?.headers["user-agent"]).toMatch(/^resend-node:/);
  });

  test("goes where the configuration says, whatever the environment wants", async () => {
    process.env.RESEND_BASE_URL = "http://127.0.0.1:9";
    const { provider, channel } = await house();
    expect(await channel.send(aMail, "letter-1")).toEqual({ kind: "sent" });
    expect(provider.mails).toHaveLength(1);
    delete process.env.RESEND_BASE_URL;
  });

  test("whose answer was lost is there once after the second try", async () => {
    const { provider, channel } = await house();
    provider.plan({ kind: "drop" });
    expect((await channel.send(aMail, "letter-1")).kind).toBe("later");
    expect(await channel.send(aMail, "letter-1")).toEqual({ kind: "sent" });
    expect([provider.requests.length, provider.mails.length]).toEqual([2, 1]);
  });

  test("under the same name with other words is not sent again", async () => {
    const { provider, channel } = await house();
    await channel.send(aMail, "letter-1");
    expect(await channel.send({ ...aMail, subject: "Another" }, "letter-1")).toEqual({ kind: "sent" });
    expect(provider.mails).toHaveLength(1);
  });

  test("is one mail when the answer comes twice", async () => {
    const { provider, channel } = await house();
    provider.plan({ kind: "twice" });
    expect(await channel.send(aMail, "letter-1")).toEqual({ kind: "sent" });
    expect(await channel.send(aMail, "letter-2")).toEqual({ kind: "sent" });
    expect(provider.mails.map(({ key }) => key)).toEqual(["letter-1", "letter-2"]);
  });

  test.each([
    "grace@example.test\r\nBcc: all@example.test",
    "grace@example.test, all@example.test",
    "Grace <grace@example.test>",
  ])("to %j never leaves", async (to) => {
    const { provider, channel } = await house();
    expect((await channel.send({ ...aMail, to }, "letter-1")).kind).toBe("never");
    expect(provider.requests).toHaveLength(0);
  });

  test("has a subject of one line", async () => {
    const { provider, channel } = await house();
    await channel.send({ ...aMail, subject: "Hello\r\nBcc: all@example.test" }, "letter-1");
    expect(provider.mails[0]?.subject).toBe("Hello Bcc: all@example.test");
  });
});

describe("what Resend refuses", () => {
  test.each([
    [422, "validation_error", "never"],
    [400, "validation_error", "never"],
    [422, "missing_required_field", "never"],
    [422, "invalid_from_address", "later"],
    [401, "missing_api_key", "later"],
    [401, "restricted_api_key", "later"],
    [403, "validation_error", "later"],
    [404, "not_found", "later"],
    [409, "concurrent_idempotent_requests", "later"],
    [429, "daily_quota_exceeded", "later"],
    [500, "internal_server_error", "later"],
    [503, "application_error", "later"],
  ] as const)("with %i %s is tried %s", async (status, name, kind) => {
    const { provider, channel } = await house();
    const echo = `no ${aMail.to} and ${apiKey} with 48151623`;
    provider.plan({ kind: "answer", answer: resendRefusal(status, name, echo) });
    const outcome = await channel.send(aMail, "letter-1");
    expect(outcome.kind).toBe(kind);
    expect(reasonOf(outcome)).toContain(`Resend answered ${status} (${name}`);
    expectDiscreet(outcome);
  });

  test("for a while says for how long", async () => {
    const { provider, channel } = await house();
    const answer = { ...resendRefusal(429, "rate_limit_exceeded"), headers: { "retry-after": "7" } };
    provider.plan({ kind: "answer", answer });
    expect(await channel.send(aMail, "letter-1")).toMatchObject({ kind: "later", retryAfter: seconds(7) });
  });

  test("with a key that is not theirs waits for the operator", async () => {
    const { provider, channel } = await house("re_somebody_elses");
    const outcome = await channel.send(aMail, "letter-1");
    expect(outcome).toMatchObject({ kind: "later", reason: expect.stringContaining("403 (invalid_api_key") });
    expectDiscreet(outcome, ["re_somebody_elses"]);
    expect(provider.mails).toHaveLength(0);
  });

  test("in something else than JSON is tried later", async () => {
    const { provider, channel } = await house();
    provider.plan({ kind: "answer", answer: { status: 502, body: "<html>Bad gateway</html>" } });
    expect(await channel.send(aMail, "letter-1")).toMatchObject({
      kind: "later",
      reason: expect.stringContaining("502"),
    });
  });

  test("by not being there is tried later", async () => {
    const { provider, channel } = await house();
    await provider.close();
    expect(await channel.send(aMail, "letter-1")).toEqual({ kind: "later", reason: "Resend could not be reached." });
  });
});

hangs(async () => {
  const { provider, channel } = await house();
  return { channel, message: aMail, hang: () => provider.planAll({ kind: "hang" }) };
});
