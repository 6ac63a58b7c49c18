import * as z from "zod";
import { type Answer, type HttpStandIn, type Received, startHttpStandIn } from "@/lib/testing/stand-ins/http-stand-in";

const mail = z.object({
  from: z.string(),
  to: z.union([z.string(), z.array(z.string())]),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
  headers: z.record(z.string(), z.string()).optional(),
});

export type ResendMail = Readonly<z.infer<typeof mail>> & { readonly key: string | undefined };

/** What Resend answers when it refuses. */
export const resendRefusal = (statusCode: number, name: string, message = "Refused"): Answer => ({
  status: statusCode,
  body: { statusCode, name, message },
});

export type ResendStandIn = HttpStandIn & { readonly mails: readonly ResendMail[] };

/** Resend on loopback, for `RESEND_BASE_URL`: the same key twice is one mail, with other words it is refused, as at the real one. */
export async function startResendStandIn(apiKey = "re_stand_in_key"): Promise<ResendStandIn> {
  const mails: ResendMail[] = [];
  const known = new Map<string, { readonly body: string; readonly answer: Answer }>();
  const standIn = await startHttpStandIn((request) => {
    const refused = refusalOf(request, apiKey);
    if (refused) return refused;
    const key = keyOf(request);
    const before = key === undefined ? undefined : known.get(key);
    if (before && before.body !== request.body) return resendRefusal(409, "invalid_idempotent_request");
    if (before) return before.answer;
    const parsed = mail.safeParse(JSON.parse(request.body));
    if (!parsed.success) return resendRefusal(422, "validation_error", "Invalid `to` field.");
    mails.push({ ...parsed.data, key });
    const answer = { status: 200, body: { id: `mail-${mails.length}` } };
    if (key !== undefined) known.set(key, { body: request.body, answer });
    return answer;
  });
  return { ...standIn, mails };
}

function refusalOf({ method, path, headers }: Received, apiKey: string): Answer | null {
  if (method !== "POST" || path !== "/emails") return resendRefusal(404, "not_found");
  if (headers.authorization === undefined) return resendRefusal(401, "missing_api_key");
  return headers.authorization === `Bearer ${apiKey}`
    ? null
    : resendRefusal(403, "invalid_api_key", "API key is invalid");
}

function keyOf({ headers }: Received): string | undefined {
  const key = headers["idempotency-key"];
  return typeof key === "string" ? key : undefined;
}
