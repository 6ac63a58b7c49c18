import { type Refused, refusedBy } from "@/components/factors/passkey/refusals";

/**
 * The browser's part of a passkey (WebAuthn level 3, 5.1): options in, an answer out, both as the JSON that the server writes and reads. No dialogue of
 * a browser ends in an error here: whoever pressed Cancel, or had no key at hand, goes on by another way.
 */
export type Ceremony = { readonly kind: "done"; readonly json: string } | { readonly kind: Refused };

/** `isQuiet`: beside a form, without a dialogue of its own (conditional mediation); it waits until `signal` ends it. */
export type Manner = { readonly isQuiet?: boolean; readonly signal?: AbortSignal };

/** What a browser may have of it; old ones have none, some only a part. */
const api = (): Partial<typeof PublicKeyCredential> => globalThis.PublicKeyCredential ?? {};

/** Can this browser read the server's options? */
export const passkeysSupported = (): boolean =>
  !!api().parseCreationOptionsFromJSON && !!api().parseRequestOptionsFromJSON;

/** Can a passkey be offered among the user names of a field? */
export const offersInField = async (): Promise<boolean> =>
  passkeysSupported() && (await api().isConditionalMediationAvailable?.()) === true;

/** Can a passkey be made without a dialogue, after a login with a password? */
export const makesQuietly = async (): Promise<boolean> =>
  passkeysSupported() && (await api().getClientCapabilities?.())?.conditionalCreate === true;

/** Makes a passkey. In: the options of a registration as JSON. Out: what the authenticator answers, as JSON, or why there is nothing. */
export const createPasskey = (json: string, manner: Manner = {}): Promise<Ceremony> =>
  ceremony<PublicKeyCredentialCreationOptionsJSON>(json, manner, (options, rest) =>
    navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options), ...rest }),
  );

/** Asks for a passkey. In: the options of an assertion as JSON. Out: what the authenticator answers, as JSON, or why there is nothing. */
export const getPasskey = (json: string, manner: Manner = {}): Promise<Ceremony> =>
  ceremony<PublicKeyCredentialRequestOptionsJSON>(json, manner, (options, rest) =>
    navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options), ...rest }),
  );

type Rest = { readonly mediation?: "conditional"; readonly signal?: AbortSignal };

/** Cancelled or too late: for the sake of privacy a browser says the same of both, so the time tells them apart. */
async function ceremony<O extends { timeout?: number }>(
  json: string,
  { isQuiet, signal }: Manner,
  ask: (options: O, rest: Rest) => Promise<Credential | null>,
): Promise<Ceremony> {
  if (!passkeysSupported()) return { kind: "unsupported" };
  const start = performance.now();
  const options: O = JSON.parse(json);
  try {
    const credential = await ask(options, isQuiet ? { mediation: "conditional", signal } : { signal });
    return credential ? { kind: "done", json: JSON.stringify(credential) } : { kind: "cancelled" };
  } catch (fault) {
    const kind = signal?.aborted ? "aborted" : refusedBy(fault);
    const isLate = kind === "cancelled" && performance.now() - start >= (options.timeout ?? Number.POSITIVE_INFINITY);
    return { kind: isLate ? "timed_out" : kind };
  }
}
