import * as z from "zod";
import { transportWords } from "@/lib/factors/passkey/data";
import { passkeyNumbers } from "@/lib/factors/passkey/numbers";

const base64url = (longest: number) =>
  z
    .string()
    .min(1)
    .max(longest)
    .regex(/^[\w-]+$/);

const part = base64url(passkeyNumbers.longestPart);
const frame = { id: base64url(passkeyNumbers.longestId), type: z.literal("public-key") };

/** An answer to options of ours, as `toJSON()` of the browser writes it; what we do not ask for is dropped (WebAuthn level 3, 5.1.8). */
const assertion = z.object({
  ...frame,
  response: z.object({
    clientDataJSON: part,
    authenticatorData: part,
    signature: part,
    userHandle: z
      .union([base64url(88), z.literal("")])
      .nullish()
      .transform((handle) => handle || null),
  }),
});

/** Transports that nobody knows are left out: they are hints. */
const transports = z
  .array(z.string())
  .max(16)
  .catch([])
  .transform((words) => transportWords.filter((word) => words.includes(word)));

const registration = z.object({
  ...frame,
  response: z.object({ clientDataJSON: part, attestationObject: part, transports: transports.default([]) }),
  clientExtensionResults: z
    .object({ credProps: z.object({ rk: z.boolean() }) })
    .transform(({ credProps }) => credProps.rk)
    .nullish()
    .catch(null),
});

export type Assertion = z.output<typeof assertion>;
export type Registration = z.output<typeof registration>;

/** The one field of the forms: the browser's answer as text. */
const typedJson = z
  .string()
  .min(2)
  .max(passkeyNumbers.longestPart)
  .transform((text, issues) => {
    try {
      const parsed: unknown = JSON.parse(text);
      return parsed;
    } catch {
      issues.addIssue({ code: "custom" });
      return z.NEVER;
    }
  });

export const assertionAnswer = z.strictObject({ credential: typedJson.pipe(assertion) });
export const registrationAnswer = z.strictObject({ credential: typedJson.pipe(registration) });

const clientData = z.object({
  type: z.string(),
  challenge: z.string(),
  origin: z.string(),
  crossOrigin: z.boolean().optional(),
  topOrigin: z.string().optional(),
});

/** What the browser has signed for (WebAuthn level 3, 5.8.1). */
export type ClientData = z.output<typeof clientData>;

/** Null when it is none. */
export function readClientData(clientDataJSON: string): ClientData | null {
  try {
    return clientData.safeParse(JSON.parse(Buffer.from(clientDataJSON, "base64url").toString("utf8"))).data ?? null;
  } catch {
    return null;
  }
}

/** The flags of the authenticator (WebAuthn level 3, 6.1) and its counter. */
export type AuthenticatorFacts = {
  readonly present: boolean;
  readonly verified: boolean;
  readonly backupEligible: boolean;
  readonly backedUp: boolean;
  readonly counter: number;
};

const flags = { present: 0x01, verified: 0x04, backupEligible: 0x08, backedUp: 0x10 } as const;

/** Null when it is too short to be one. */
export function readAuthenticatorData(authenticatorData: string): AuthenticatorFacts | null {
  const bytes = Buffer.from(authenticatorData, "base64url");
  if (bytes.length < 37) return null;
  const set = bytes.readUInt8(32);
  return {
    present: (set & flags.present) !== 0,
    verified: (set & flags.verified) !== 0,
    backupEligible: (set & flags.backupEligible) !== 0,
    backedUp: (set & flags.backedUp) !== 0,
    counter: bytes.readUInt32BE(33),
  };
}
