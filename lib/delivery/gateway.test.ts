import { afterEach, describe, expect, test } from "vitest";
import { hmacHex } from "@/lib/crypto/digest";
import { aText, channelOf, expectDiscreet, hangs, reasonOf } from "@/lib/delivery/delivery.kit";
import { gatewayCarrier } from "@/lib/delivery/gateway";
import { systemClock } from "@/lib/kernel/clock";
import { seconds } from "@/lib/kernel/duration";
import { type GatewayStandIn, gatewaySecret, startGatewayStandIn } from "@/lib/testing/stand-ins/gateway-stand-in";

const open: GatewayStandIn[] = [];
afterEach(async () => {
  for (const provider of open.splice(0)) await provider.close();
});

async function house(secret = gatewaySecret) {
  const provider = await startGatewayStandIn();
  open.push(provider);
  return { provider, channel: channelOf(gatewayCarrier({ url: `${provider.url}/out`, secret, clock: systemClock })) };
}

describe("a text message by a gateway", () => {
  test("arrives signed, with its id in the body and in a header", async () => {
    const { provider, channel } = await house();
    expect(await channel.send(aText, "letter-1")).toEqual({ kind: "sent" });
    expect(provider.messages).toEqual([{ ...aText, id: "letter-1" }]);
    const [request] = provider.requests;
    const timestamp = String(request?.headers["x-sallyport-timestamp"]);
    expect(request).toMatchObject({ method: "POST", path: "/out" });
    expect(request?.headers).toMatchObject({
      "content-type": "application/json",
      "idempotency-key": "letter-1",
      "x-sallyport-signature": hmacHex(gatewaySecret, `${timestamp}.${request?.body}`),
    });
  });

  test("whose answer was lost is there once after the second try", async () => {
    const { provider, channel } = await house();
    provider.plan({ kind: "drop" });
    expect((await channel.send(aText, "letter-1")).kind).toBe("later");
    expect(await channel.send(aText, "letter-1")).toEqual({ kind: "sent" });
    expect([provider.requests.length, provider.messages.length]).toEqual([2, 1]);
  });

  test("is one message when the answer comes twice", async () => {
    const { provider, channel } = await house();
    provider.plan({ kind: "twice" });
    expect(await channel.send(aText, "letter-1")).toEqual({ kind: "sent" });
    expect(provider.messages).toHaveLength(1);
  });
});

describe("what a gateway refuses", () => {
  test.each([
    [400, "never"],
    [410, "never"],
    [413, "never"],
    [422, "never"],
    [401, "later"],
    [403, "later"],
    [404, "later"],
    [408, "later"],
    [425, "later"],
    [429, "later"],
    [500, "later"],
    [503, "later"],
  ] as const)("with %i is tried %s", async (status, kind) => {
    const { provider, channel } = await house();
    const body = `Not to ${aText.to}: 481516\n<script>`;
    provider.plan({ kind: "answer", answer: { status, body, headers: { "retry-after": "9" } } });
    const outcome = await channel.send(aText, "letter-1");
    expect(outcome).toMatchObject(kind === "never" ? { kind } : { kind, retryAfter: seconds(9) });
    expect(reasonOf(outcome)).toBe(`The gateway answered ${status} (Not to …: … <script>).`);
    expectDiscreet(outcome);
  });

  test("by leading elsewhere is not followed", async () => {
    const { provider, channel } = await house();
    provider.plan({ kind: "answer", answer: { status: 308, headers: { location: `${provider.url}/elsewhere` } } });
    expect(await channel.send(aText, "letter-1")).toMatchObject({ kind: "later", reason: "The gateway answered 308." });
    expect(provider.requests).toHaveLength(1);
  });

  test("because the secret is another waits for the operator", async () => {
    const { provider, channel } = await house("another secret than the gateway has got");
    const outcome = await channel.send(aText, "letter-1");
    expect(outcome).toEqual({ kind: "later", reason: "The gateway answered 401 (The signature is not right)." });
    expect(provider.messages).toHaveLength(0);
  });

  test("at endless length is not read to the end", async () => {
    const { provider, channel } = await house();
    provider.plan({ kind: "answer", answer: { status: 500, body: "no ".repeat(5_000_000) } });
    const outcome = await channel.send(aText, "letter-1");
    expect(outcome.kind).toBe("later");
    expect(reasonOf(outcome).length).toBeLessThan(250);
  });

  test("by not being there is tried later", async () => {
    const { provider, channel } = await house();
    await provider.close();
    const reason = "The gateway could not be reached (ECONNREFUSED).";
    expect(await channel.send(aText, "letter-1")).toEqual({ kind: "later", reason });
  });
});

hangs(async () => {
  const { provider, channel } = await house();
  return { channel, message: aText, hang: () => provider.planAll({ kind: "hang" }) };
});
