import type { Carry, Outcome, SmsMessage } from "@/lib/delivery/channel";
import { answered, retryAfter, unreached } from "@/lib/delivery/reason";
import { seconds } from "@/lib/kernel/duration";
import { late } from "@/lib/kernel/late";
import { withoutTrailing } from "@/lib/kernel/without-trailing";

type TwilioSettings = {
  readonly accountSid: string;
  readonly authToken: string;
  /** A number in E.164, or the SID of a messaging service. */
  readonly from: string;
  readonly baseUrl: string | null;
};

/** Nothing of ours is longer than this, and nothing of theirs needs to be. */
const answerAtMost = 64 * 1024;

/**
 * The way to Twilio, over its own client; it is loaded with the first message. Twilio's message API knows no idempotency: the key
 * travels as a header for whatever stands between, and where an answer was lost a message can arrive twice.
 */
export function twilioCarrier(settings: TwilioSettings): Carry<SmsMessage> {
  const sender = settings.from.startsWith("MG") ? { messagingServiceSid: settings.from } : { from: settings.from };
  return async ({ to, text }, key, signal) => {
    const { client, lastHeader } = await openClient(settings, key, signal);
    try {
      await client.messages.create({ to, body: text, ...sender });
      return { kind: "sent" };
    } catch (fault) {
      return judge(fault, lastHeader("retry-after"));
    }
  };
}

const library = late(() => import("twilio"));

/**
 * A client for one call: its http client carries the key and the signal, and moves the call to another address where one is configured.
 * Empty words keep it from looking into the environment.
 */
async function openClient({ accountSid, authToken, baseUrl }: TwilioSettings, key: string, signal: AbortSignal) {
  const { default: twilio } = await library();
  const httpClient = new twilio.RequestClient({ timeout: seconds(5), keepAlive: false });
  Object.assign(httpClient.axios.defaults, { signal, maxContentLength: answerAtMost });
  httpClient.axios.interceptors.request.use((request) => {
    request.headers.set("Idempotency-Key", key);
    if (baseUrl !== null) request.url = moved(request.url ?? "", baseUrl);
    return request;
  });
  const client = twilio(accountSid, authToken, { httpClient, edge: "", region: "", logLevel: "" });
  const lastHeader = (name: string): string | null => {
    const value: unknown = httpClient.lastResponse?.headers?.[name];
    return typeof value === "string" ? value : null;
  };
  return { client, lastHeader };
}

/** The same path at another address. */
function moved(address: string, baseUrl: string): string {
  const { pathname, search } = new URL(address);
  return `${withoutTrailing(baseUrl, "/")}${pathname}${search}`;
}

/**
 * Refusals of this very number or text: not a number (21211, 21217, 21401, 21421), not reachable (21214, 21612), not a mobile (21614),
 * has said STOP (21610), text too long or missing (21602, 21617). Everything else is about the account or passes.
 */
const forEver: ReadonlySet<number> = new Set([
  ...[21211, 21214, 21217, 21401, 21421],
  ...[21602, 21610, 21612, 21614, 21617],
]);

function judge(fault: unknown, retry: string | null): Outcome {
  if (!(fault instanceof Error && "status" in fault && typeof fault.status === "number"))
    return unreached("Twilio", fault);
  const code = "code" in fault && typeof fault.code === "number" ? fault.code : null;
  const said = typeof fault.message === "string" ? fault.message : "";
  const reason = answered("Twilio", code === null ? fault.status : `${fault.status}, ${code}`, said);
  if (code !== null && forEver.has(code)) return { kind: "never", reason };
  const isAboutThisOne = fault.status === 400;
  return { kind: "later", reason, ...retryAfter(retry), ...(isAboutThisOne && { isAboutThisOne }) };
}
