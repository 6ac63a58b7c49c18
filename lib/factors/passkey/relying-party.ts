import { config } from "@/lib/config/config";
import { ensure } from "@/lib/kernel/assert";

/** The name that passkeys are bound under (WebAuthn level 3, RP ID), and the origin of our pages. Only where passkeys can be asked for. */
export function relyingParty(): { readonly rpId: string; readonly origin: string } {
  const { relyingParty: party, appUrl } = config();
  ensure(party, "the portal's address is a name");
  return { rpId: party.id, origin: appUrl };
}
