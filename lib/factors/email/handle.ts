import { handleOf } from "@/lib/crypto/factor-secret";

/** By what factors with this mailbox find each other. */
export const handleOfMailbox = (address: string): string => handleOf("email", address);
