import * as z from "zod";
import { hmacHex, sameText } from "@/lib/crypto/digest";
import { type Answer, type HttpStandIn, type Received, startHttpStandIn } from "@/lib/testing/stand-ins/http-stand-in";

const message = z.object({ to: z.string(), text: z.string(), id: z.string() });

export type GatewayMessage = Readonly<z.infer<typeof message>>;

export const gatewaySecret = "a secret between the portal and its gateway";

/** How old a signature may be, in seconds. */
const oldest = 300;

export type GatewayStandIn = HttpStandIn & { readonly messages: readonly GatewayMessage[] };

/** A gateway on loopback that does what docs/sms-gateway.md asks: checks signature and age, and sends each id once. */
export async function startGatewayStandIn(secret = gatewaySecret): Promise<GatewayStandIn> {
  const messages: GatewayMessage[] = [];
  const standIn = await startHttpStandIn((request) => {
    if (!isGenuine(request, secret)) return { status: 401, body: "The signature is not right" };
    const parsed = message.safeParse(JSON.parse(request.body));
    if (!parsed.success) return { status: 422, body: "That is no message" };
    if (!messages.some(({ id }) => id === parsed.data.id)) messages.push(parsed.data);
    return { status: 202 } satisfies Answer;
  });
  return { ...standIn, messages };
}

function isGenuine({ headers, body }: Received, secret: string): boolean {
  const [timestamp, signature] = [headers["x-sallyport-timestamp"], headers["x-sallyport-signature"]];
  if (typeof timestamp !== "string" || typeof signature !== "string") return false;
  if (Math.abs(Date.now() / 1000 - Number(timestamp)) > oldest) return false;
  return sameText(signature, hmacHex(secret, `${timestamp}.${body}`));
}
