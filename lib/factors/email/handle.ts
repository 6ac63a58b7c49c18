import { handleOf } from "@/lib/crypto/factor-secret";
import type { Keyring } from "@/lib/crypto/keyring";

/** By what factors with this mailbox find each other, under a keyring of the caller's. */
export const handleOfMailbox = (address: string, ring: Keyring): string => handleOf("email", address, ring);
