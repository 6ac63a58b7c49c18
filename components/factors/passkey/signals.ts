import { type Refused, refusedBy } from "@/components/factors/passkey/refusals";

/**
 * What is told to whatever keeps a person's passkeys (WebAuthn level 3, 5.1.10), as JSON that the server writes. Nothing hangs on it: a browser that
 * cannot be told goes on as it was, and the server refuses what it does not know.
 */
export type Told = "done" | Refused;

/** Which of this person's passkeys are still good; the others are dropped. In: `rpId`, `userId`, `allAcceptedCredentialIds`. */
export const signalAccepted = (json: string): Promise<Told> => tell("signalAllAcceptedCredentials", json);

/** What this person is called now. In: `rpId`, `userId`, `name`, `displayName`. */
export const signalDetails = (json: string): Promise<Told> => tell("signalCurrentUserDetails", json);

/** Nobody has this passkey. In: `rpId`, `credentialId`. */
export const signalUnknown = (json: string): Promise<Told> => tell("signalUnknownCredential", json);

type Signal = "signalAllAcceptedCredentials" | "signalCurrentUserDetails" | "signalUnknownCredential";

async function tell(what: Signal, json: string): Promise<Told> {
  const api: Partial<typeof PublicKeyCredential> = globalThis.PublicKeyCredential ?? {};
  if (!api[what]) return "unsupported";
  try {
    await api[what](JSON.parse(json));
    return "done";
  } catch (fault) {
    return refusedBy(fault);
  }
}
