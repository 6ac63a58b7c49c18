import * as z from "zod";
import { openPassword } from "@/lib/api/password-key";
import { config } from "@/lib/config/config";
import type { Ctx } from "@/lib/context/context";
import { looksEncrypted } from "@/lib/crypto/rsa-password";
import { DomainError } from "@/lib/kernel/errors";

/** A password as a client sends it, plain or encrypted. */
export const sentPassword = z
  .string()
  .min(1)
  .max(1024)
  .refine((text) => !text.includes("\0"));

/**
 * A password as it was typed, or how to open it once the try is consumed. Clients that encrypt it do not say so: where the portal offers that, whatever looks like a ciphertext is opened,
 * and what cannot be opened reads like a wrong password. Elsewhere such a client is told which options to set, instead of a wrong password.
 * Throws `wire.rsa_off`.
 */
export function readPassword(ctx: Ctx, typed: string): string | (() => Promise<string>) {
  if (!looksEncrypted(typed)) return typed;
  if (!config().rsaPasswords) throw new DomainError("wire.rsa_off");
  return () => openPassword(ctx, typed);
}
