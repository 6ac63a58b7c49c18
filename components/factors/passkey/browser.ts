import { type Refused, refusedBy } from "@/components/factors/passkey/refusals";

/**
 * The browser's part of a passkey (WebAuthn level 3, 5.1): options in, an answer out, both as the JSON that the server writes and reads. No dialogue of
 * a browser ends in an error here: whoever pressed Cancel, or had no key at hand, goes on by another way.
 */
export type Ceremony = { readonly kind: "done"; readonly json: string } | { readonly kind: Refused };

/** What a browser may have of it; old ones have none, some only a part. */
const api = (): Partial<typeof PublicKeyCredential> => globalThis.PublicKeyCredential ?? {};

/** Can this browser read the server's options? */
export const passkeysSupported = (): boolean =>
  !!api().parseCreationOptionsFromJSON && !!api().parseRequestOptionsFromJSON;

/** Makes a passkey. In: the options of a registration as JSON. Out: what the authenticator answers, as JSON, or why there is nothing. */
export const createPasskey = (json: string, signal?: AbortSignal): Promise<Ceremony> =>
  ceremony<PublicKeyCredentialCreationOptionsJSON>(json, signal, (options) =>
    navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options), signal }),
  );

/**
 * Lets whatever keeps this person's password make a passkey beside it, without a dialogue (WebAuthn level 3, 5.1.3): only where the browser says that it can. It may wait for as long as
 * `signal` lets it.
 */
export async function createUnasked(json: string, signal: AbortSignal): Promise<Ceremony> {
  const can = (await api().getClientCapabilities?.())?.conditionalCreate;
  if (!can || signal.aborted) return { kind: "unsupported" };
  return ceremony<PublicKeyCredentialCreationOptionsJSON>(json, signal, (options) => {
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
    return navigator.credentials.create({ mediation: "conditional", publicKey, signal } as CredentialCreationOptions); // the types of today know it of `get` alone
  });
}

/** Asks for a passkey. In: the options of an assertion as JSON. Out: what the authenticator answers, as JSON, or why there is nothing. */
export const getPasskey = (json: string, signal?: AbortSignal): Promise<Ceremony> =>
  ceremony<PublicKeyCredentialRequestOptionsJSON>(json, signal, (options) =>
    navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options), signal }),
  );

/** Cancelled or too late: for the sake of privacy a browser says the same of both, so the time tells them apart. */
async function ceremony<O extends { timeout?: number }>(
  json: string,
  signal: AbortSignal | undefined,
  ask: (options: O) => Promise<Credential | null>,
): Promise<Ceremony> {
  if (!passkeysSupported()) return { kind: "unsupported" };
  const start = performance.now();
  const options: O = JSON.parse(json);
  try {
    const credential = await ask(options);
    return credential ? { kind: "done", json: JSON.stringify(credential) } : { kind: "cancelled" };
  } catch (fault) {
    const kind = signal?.aborted ? "aborted" : refusedBy(fault);
    const isLate = kind === "cancelled" && performance.now() - start >= (options.timeout ?? Number.POSITIVE_INFINITY);
    return { kind: isLate ? "timed_out" : kind };
  }
}

/** The parts of an answer that the server reads; a key's may be long, and a form of ours takes four thousand characters. */
export function slimAnswer(json: string): string {
  const { id, type, response, clientExtensionResults } = JSON.parse(json);
  const { clientDataJSON, authenticatorData, signature, userHandle, attestationObject, transports } = response;
  const made = attestationObject !== undefined;
  return JSON.stringify({
    id,
    type,
    response: made
      ? { clientDataJSON, attestationObject, transports }
      : { clientDataJSON, authenticatorData, signature, userHandle },
    ...(made && { clientExtensionResults: { credProps: clientExtensionResults?.credProps } }),
  });
}
