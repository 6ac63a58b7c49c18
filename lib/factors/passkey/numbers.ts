import { minutes } from "@/lib/kernel/duration";
import { policy } from "@/lib/policy/policy";

/** What a passkey is made with and asked by. */
export const passkeyNumbers = {
  perPerson: policy.labels.factorsPerPerson,
  timeout: minutes(5), // how long the browser's own dialogue waits: WebAuthn level 3, 15.1
  algorithms: [-8, -7, -257], // Ed25519, ES256, RS256: COSE, RFC 9053 and RFC 8812, in the order in which we like them
  longestId: 1364, // 1023 bytes as base64url: WebAuthn level 3, 4
  longestPart: 4096, // of one part of an answer: a key of 2048 bits with the longest id has 2100 characters
  userHandleBytes: 32,
} as const;
