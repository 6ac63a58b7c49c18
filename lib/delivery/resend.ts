import type { ErrorResponse, Resend } from "resend";
import type { Carry, MailMessage, Outcome } from "@/lib/delivery/channel";
import { machineHeaders, oddAddress, oneLine } from "@/lib/delivery/mail-parts";
import { answered, retryAfter } from "@/lib/delivery/reason";
import { late } from "@/lib/kernel/late";
import { withoutTrailing } from "@/lib/kernel/without-trailing";

type ResendSettings = { readonly apiKey: string; readonly baseUrl: string | null; readonly from: string };

const ownAddress = "https://api.resend.com";

/** The way to Resend, over its own client; it is loaded with the first mail. The key is Resend's idempotency key (kept for a day). */
export function resendCarrier(settings: ResendSettings): Carry<MailMessage> {
  let opened: Promise<Resend> | null = null;
  return async (message, key, signal) => {
    const odd = oddAddress(message);
    if (odd) return odd;
    opened ??= openClient(settings);
    const { emails } = await opened;
    const { error, headers } = await emails.send(
      {
        from: settings.from,
        to: message.to,
        subject: oneLine(message.subject),
        text: message.text,
        html: message.html,
        headers: { ...machineHeaders },
      },
      { idempotencyKey: key, signal },
    );
    return error === null ? { kind: "sent" } : judge(error, headers);
  };
}

const library = late(() => import("resend"));

/** The address is always given: otherwise the client would look for one in the environment. */
async function openClient({ apiKey, baseUrl }: ResendSettings): Promise<Resend> {
  const { Resend } = await library();
  return new Resend(apiKey, { baseUrl: withoutTrailing(baseUrl ?? ownAddress, "/") });
}

/** What the operator has to mend: the account, the key or the sender, never the letter. */
const operators: ReadonlySet<string> = new Set([
  ...["missing_api_key", "invalid_api_key", "restricted_api_key", "invalid_access", "invalid_from_address"],
  ...["invalid_region", "security_error", "not_found", "method_not_allowed"],
]);

function judge(error: ErrorResponse, headers: Record<string, string> | null): Outcome {
  const { statusCode, name, message } = error;
  if (statusCode === null) return { kind: "later", reason: "Resend could not be reached." };
  // The same key with other words: the first ones were taken, and a second letter is what the key is there to prevent.
  if (name === "invalid_idempotent_request") return { kind: "sent" };
  const reason = answered("Resend", statusCode, `${name}: ${message}`);
  const isForEver = (statusCode === 400 || statusCode === 422) && !operators.has(name);
  return isForEver ? { kind: "never", reason } : { kind: "later", reason, ...retryAfter(headers?.["retry-after"]) };
}
