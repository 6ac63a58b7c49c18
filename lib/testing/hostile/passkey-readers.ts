import {
  assertionAnswer,
  readAuthenticatorData,
  readClientData,
  registrationAnswer,
} from "@/lib/factors/passkey/answer";
import { handleOfCredential } from "@/lib/factors/passkey/handles";
import { readSignIn } from "@/lib/factors/passkey/sign-in";
import { verifyRegistration } from "@/lib/factors/passkey/verify";
import { logInInput } from "@/lib/login/schema";
import type { Reader } from "@/lib/testing/hostile/growth";

const base64url = (bytes: string | Buffer): string => Buffer.from(bytes).toString("base64url");

/** An answer as a browser writes it, with the same in each of its parts. */
const answerOf = (text: string) => ({
  id: text,
  type: "public-key",
  response: {
    clientDataJSON: text,
    authenticatorData: text,
    signature: text,
    userHandle: text,
    attestationObject: text,
    transports: [text],
  },
});

const asked = { challenges: ["asked"], origin: "https://login.example.test" };

/** A registration whose frame is right, so that its attestation is read, however long: no form lets so much in. */
const registered = (attestation: string | Buffer) =>
  verifyRegistration({
    expected: asked,
    rpId: "login.example.test",
    answer: {
      id: "AAAA",
      type: "public-key",
      clientExtensionResults: null,
      response: {
        clientDataJSON: base64url(
          JSON.stringify({ type: "webauthn.create", challenge: asked.challenges[0], origin: asked.origin }),
        ),
        attestationObject: base64url(attestation),
        transports: [],
      },
    },
  });

/** What is read of a passkey, before anything is known about it. */
export const passkeyReaders: readonly Reader[] = [
  { name: "the form of a passkey", read: (text) => logInInput.safeParse({ credential: text, returnTo: text }) },
  { name: "what a browser says of a passkey", read: (text) => readSignIn({ credential: text }) },
  {
    name: "each part of that",
    read: (text) => assertionAnswer.safeParse({ credential: JSON.stringify(answerOf(base64url(text))) }),
  },
  {
    name: "what a browser says of a new passkey",
    read: (text) =>
      [text, JSON.stringify(answerOf(text))].map((credential) => registrationAnswer.safeParse({ credential })),
  },
  { name: "what a browser has signed for", read: (text) => [text, base64url(text)].map(readClientData) },
  { name: "what a passkey says of its use", read: (text) => [text, base64url(text)].map(readAuthenticatorData) },
  { name: "the id of a passkey", read: handleOfCredential },
  { name: "the attestation of a new passkey", read: registered },
  { name: "the same, boxes in boxes", read: ({ length }) => registered(Buffer.alloc(length, 0x81)) },
];
