import { type Answer, type HttpStandIn, type Received, startHttpStandIn } from "@/lib/testing/stand-ins/http-stand-in";

export type TwilioMessage = {
  readonly to: string;
  readonly body: string;
  readonly from: string | null;
  readonly serviceSid: string | null;
  readonly key: string | undefined;
};

/** An account that no real one can be mistaken for. */
export const twilioAccount = { sid: `AC${"5".repeat(32)}`, token: "stand-in-token-of-twilio" } as const;

/** What Twilio answers when it refuses. */
export const twilioRefusal = (status: number, code: number, message = "Refused"): Answer => ({
  status,
  body: { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status },
});

export type TwilioStandIn = HttpStandIn & { readonly messages: readonly TwilioMessage[] };

/** Twilio's message API on loopback, for `TWILIO_BASE_URL`. Like the real one it knows no idempotency: what comes twice is sent twice. */
export async function startTwilioStandIn(account = twilioAccount): Promise<TwilioStandIn> {
  const messages: TwilioMessage[] = [];
  const standIn = await startHttpStandIn((request) => {
    const refused = refusalOf(request, account);
    if (refused) return refused;
    const form = new URLSearchParams(request.body);
    const [to, body] = [form.get("To") ?? "", form.get("Body") ?? ""];
    if (!/^\+[1-9]\d{6,14}$/.test(to)) return twilioRefusal(400, 21211, `Invalid 'To' Phone Number: ${to}`);
    if (body === "") return twilioRefusal(400, 21602, "Message body is required");
    const key = request.headers["idempotency-key"];
    messages.push({
      to,
      body,
      from: form.get("From"),
      serviceSid: form.get("MessagingServiceSid"),
      key: typeof key === "string" ? key : undefined,
    });
    return { status: 201, body: { sid: `SM${String(messages.length).padStart(32, "0")}`, status: "queued", to, body } };
  });
  return { ...standIn, messages };
}

function refusalOf({ method, path, headers }: Received, { sid, token }: typeof twilioAccount): Answer | null {
  if (method !== "POST" || path !== `/2010-04-01/Accounts/${sid}/Messages.json`) return twilioRefusal(404, 20404);
  const expected = `Basic ${Buffer.from(`${sid}:${token}`).toString("base64")}`;
  return headers.authorization === expected ? null : twilioRefusal(401, 20003, "Authenticate");
}
