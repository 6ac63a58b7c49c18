import { config } from "@/lib/config/config";
import type { RawCtx } from "@/lib/context/context";
import { type SealedFor, seal, unseal } from "@/lib/crypto/seal";
import { tellShut } from "@/lib/crypto/tell-shut";
import { later } from "@/lib/kernel/duration";
import { linkHash, newLinkToken } from "@/lib/links/link";
import { addAddressLink, findAddressLink } from "@/lib/links/store";
import { policy } from "@/lib/policy/policy";

const purpose = "registration";

/** Under what the address in a link is sealed; key rotation asks too. */
export const linkSealedFor = (id: string): SealedFor => ({ use: "enc:link", owner: [id] });

/**
 * A link to the page where the account of an address is made: 256 random bits, stored as their SHA-256, good for a day and once. Beside earlier ones for
 * the same address, which all end with the account that one of them makes.
 */
export async function newRegistrationLink(tx: RawCtx, email: string): Promise<string> {
  const id = tx.random.id();
  const token = newLinkToken(tx, purpose);
  const expiresAt = later(tx.now, policy.link.registration);
  const address = seal(email, linkSealedFor(id));
  await addAddressLink(tx, { id, hash: linkHash(token, purpose) ?? "", purpose, address, expiresAt });
  return `${config().appUrl}/register/${token}`;
}

/** Null when the link's row was damaged or moved, and the operator is told. */
function openAddress({ id, address }: { readonly id: string; readonly address: string }): string | null {
  const email = unseal(address, linkSealedFor(id));
  if (email === null) tellShut({ column: "one_time_links.address", id, sealed: address });
  return email;
}

/** An open link, and the address that it was sent to. */
export type OpenRegistration = { readonly hash: string; readonly email: string };

/** The open link behind a token; null for what opens no more. Reading it spends nothing. */
export async function findRegistration(ctx: RawCtx, token: unknown): Promise<OpenRegistration | null> {
  const hash = linkHash(token, purpose);
  const link = hash === null ? null : await findAddressLink(ctx, hash, purpose);
  const email = link && openAddress(link);
  return hash === null || email === null ? null : { hash, email };
}
