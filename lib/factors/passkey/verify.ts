import type { AuthenticationResponseJSON, RegistrationResponseJSON } from "@simplewebauthn/server";
import {
  type Assertion,
  type ClientData,
  type Registration,
  readAuthenticatorData,
  readClientData,
} from "@/lib/factors/passkey/answer";
import type { PasskeyData, PasskeyKey } from "@/lib/factors/passkey/data";
import { passkeyNumbers } from "@/lib/factors/passkey/numbers";
import { late } from "@/lib/kernel/late";

/** Why an answer is refused, for the log. People read one sentence for all of them, but where one says what to do next. */
export type WhyNot =
  | "unreadable"
  | "type"
  | "challenge"
  | "origin"
  | "cross origin"
  | "nobody present"
  | "not verified"
  | "another credential"
  | "another person"
  | "a name given up"
  | "backup eligibility"
  | "attestation"
  | "library"
  | "signature";

type Refused = { readonly ok: false; readonly why: WhyNot };
const refused = (why: WhyNot): Refused => ({ ok: false, why });

/** What an answer must be about: one of these challenges, at this very origin. */
type Expected = { readonly challenges: readonly string[]; readonly origin: string };

/** The own checks of what the browser has signed for: the library takes a `crossOrigin` that names no origin above. */
function wrongAbout(
  clientData: ClientData | null,
  type: "webauthn.get" | "webauthn.create",
  { challenges, origin }: Expected,
): WhyNot | null {
  if (clientData === null) return "unreadable";
  if (clientData.type !== type) return "type";
  if (!challenges.includes(clientData.challenge)) return "challenge";
  if (clientData.origin !== origin) return "origin";
  return clientData.crossOrigin === true || clientData.topOrigin !== undefined ? "cross origin" : null;
}

type AssertionAsked = {
  /** `names`: what passkeys may belong to, today's and those of before a move. */
  readonly expected: Expected & { readonly names: readonly string[] };
  readonly answer: Assertion;
  readonly key: PasskeyKey;
  readonly data: PasskeyData;
  /** The handle of the person whose passkey it is. */
  readonly userHandle: string;
  /** The answer must name its person: it was given for no name. */
  readonly namesPerson: boolean;
  /** Its person must have been verified: by a PIN, a finger, a face. */
  readonly needsVerification: boolean;
};

/** The counter is judged by the caller: the library would throw before it looks at the signature, also at one that is equal. */
export type Asserted = {
  readonly ok: true;
  readonly counter: number;
  readonly backedUp: boolean;
  readonly verified: boolean;
};

/**
 * Is this the answer of that passkey to one of our challenges (WebAuthn level 3, 7.2)? Own checks first, then the library's; a bad signature does not throw there, it says
 * `verified: false`. Writes nothing.
 */
export async function verifyAssertion(asked: AssertionAsked): Promise<Asserted | Refused> {
  const { expected, answer, key, data, needsVerification } = asked;
  const facts = readAuthenticatorData(answer.response.authenticatorData);
  const wrong = wrongAbout(readClientData(answer.response.clientDataJSON), "webauthn.get", expected);
  if (facts === null || wrong !== null) return refused(wrong ?? "unreadable");
  if (answer.id !== key.credentialId) return refused("another credential");
  if (!expected.names.includes(data.rpId)) return refused("a name given up");
  const { userHandle } = answer.response;
  if (userHandle === null ? asked.namesPerson : userHandle !== asked.userHandle) return refused("another person");
  if (!facts.present) return refused("nobody present");
  if (needsVerification && !facts.verified) return refused("not verified");
  if (facts.backupEligible !== data.backupEligible) return refused("backup eligibility");
  const isVerified = await isSigned(asked);
  if (isVerified !== true) return refused(isVerified === null ? "library" : "signature");
  return { ok: true, counter: facts.counter, backedUp: facts.backedUp, verified: facts.verified };
}

/** Only where a passkey is judged: it is large. */
const library = late(() => import("@simplewebauthn/server"));

/** Null: the library could not read it, or something in it is not as it must be. It throws plain errors for all of that. */
async function isSigned({ expected, answer, key, data, needsVerification }: AssertionAsked): Promise<boolean | null> {
  const { verifyAuthenticationResponse } = await library();
  const response: AuthenticationResponseJSON = {
    id: answer.id,
    rawId: answer.id,
    type: answer.type,
    clientExtensionResults: {},
    response: { ...answer.response, userHandle: answer.response.userHandle ?? undefined },
  };
  try {
    const { verified } = await verifyAuthenticationResponse({
      response,
      expectedChallenge: (challenge) => expected.challenges.includes(challenge),
      expectedOrigin: expected.origin,
      expectedRPID: data.rpId,
      credential: { id: key.credentialId, publicKey: bytesOf(key.publicKey), counter: 0 },
      requireUserVerification: needsVerification,
    });
    return verified;
  } catch {
    return null; // whatever it dislikes, the answer is no
  }
}

type RegistrationAsked = {
  readonly expected: Expected;
  readonly answer: Registration;
  readonly rpId: string;
  /** A browser made it without a dialogue: nobody need have been present then (WebAuthn level 3, 7.1, step 15), and that somebody was verified counts for nothing yet. */
  readonly isUnasked?: boolean;
};

/** A new passkey: its key, and what is remembered of it. */
export type Registered = { readonly ok: true; readonly key: PasskeyKey; readonly data: PasskeyData };

/**
 * Is this a new passkey that was made for one of our challenges (WebAuthn level 3, 7.1)? We ask for no attestation, so what comes with one is not looked into: a
 * statement that is none, or that the key itself has signed. Writes nothing.
 */
export async function verifyRegistration(asked: RegistrationAsked): Promise<Registered | Refused> {
  const { expected, answer, rpId, isUnasked = false } = asked;
  const wrong = wrongAbout(readClientData(answer.response.clientDataJSON), "webauthn.create", expected);
  if (wrong !== null) return refused(wrong);
  const info = await registrationOf(asked);
  if (info === null) return refused("library");
  if (info.fmt !== "none" && info.fmt !== "packed") return refused("attestation");
  const { credential, aaguid, userVerified, credentialDeviceType, credentialBackedUp } = info;
  if (credential.id !== answer.id) return refused("another credential");
  return {
    ok: true,
    key: { credentialId: credential.id, publicKey: Buffer.from(credential.publicKey).toString("base64url") },
    data: {
      rpId,
      aaguid,
      transports: answer.response.transports,
      backupEligible: credentialDeviceType === "multiDevice",
      backedUp: credentialBackedUp,
      counter: credential.counter,
      uvAtBinding: userVerified && !isUnasked,
      discoverable: answer.clientExtensionResults ?? null,
      ...(isUnasked && { unasked: true }),
    },
  };
}

async function registrationOf({ expected, answer, rpId, isUnasked = false }: RegistrationAsked) {
  const { verifyRegistrationResponse } = await library();
  const response: RegistrationResponseJSON = {
    id: answer.id,
    rawId: answer.id,
    type: answer.type,
    clientExtensionResults: {},
    response: answer.response,
  };
  try {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response,
      expectedChallenge: (challenge) => expected.challenges.includes(challenge),
      expectedOrigin: expected.origin,
      expectedRPID: rpId,
      requireUserPresence: !isUnasked,
      requireUserVerification: false,
      supportedAlgorithmIDs: [...passkeyNumbers.algorithms],
    });
    return verified ? registrationInfo : null;
  } catch {
    return null; // as above
  }
}

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text, "base64url"));
