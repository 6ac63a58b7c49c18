import { hmacHex } from "@/lib/crypto/digest";
import type { Carry, Outcome, SmsMessage } from "@/lib/delivery/channel";
import { answered, retryAfter, unreached } from "@/lib/delivery/reason";
import type { Clock } from "@/lib/kernel/clock";

type GatewaySettings = { readonly url: string; readonly secret: string; readonly clock: Clock };

/** As much of an answer as is read: enough for a word about a refusal. */
const answerAtMost = 2048;

/**
 * The way to any program that takes a signed POST (docs/sms-gateway.md): JSON `{to, text, id}`, and a signature over the time and the
 * exact bytes of the body, so that nobody can send in our name or send again what they overheard.
 */
export function gatewayCarrier({ url, secret, clock }: GatewaySettings): Carry<SmsMessage> {
  return async ({ to, text }, key, signal) => {
    const body = JSON.stringify({ to, text, id: key });
    const timestamp = String(Math.floor(clock.now().getTime() / 1000));
    const headers = {
      "content-type": "application/json",
      "idempotency-key": key,
      "x-sallyport-timestamp": timestamp,
      "x-sallyport-signature": hmacHex(secret, `${timestamp}.${body}`),
    };
    try {
      // A redirect is refused: it would carry the message to an address that nobody configured.
      const answer = await fetch(url, { method: "POST", headers, body, signal, redirect: "manual" });
      return judge(answer, await beginningOf(answer));
    } catch (fault) {
      return unreached("The gateway", fault);
    }
  };
}

/** What the operator mends (address and secret) or what passes by itself. */
const passing: ReadonlySet<number> = new Set([401, 403, 404, 405, 408, 425, 429]);

function judge({ status, headers }: Response, said: string): Outcome {
  if (status >= 200 && status < 300) return { kind: "sent" };
  const reason = answered("The gateway", status, said);
  if (status >= 400 && status < 500 && !passing.has(status)) return { kind: "never", reason };
  return { kind: "later", reason, ...retryAfter(headers.get("retry-after")) };
}

async function beginningOf({ ok, body }: Response): Promise<string> {
  if (ok || body === null) {
    await body?.cancel();
    return "";
  }
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of body) {
    parts.push(part);
    length += part.length;
    if (length >= answerAtMost) break; // ends the connection: the rest is never read
  }
  return Buffer.concat(parts).subarray(0, answerAtMost).toString("utf8");
}
