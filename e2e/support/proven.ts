import type { House } from "@/e2e/support/house";
import { codeTo, someAddress } from "@/e2e/support/mailbox";
import { beginProof } from "@/lib/account/contacts/begin-proof";
import { confirmProof } from "@/lib/account/contacts/confirm-proof";
import { openSessionFor } from "@/lib/testing/test-context";

/** An address of somebody's is proven by the code that arrived there. Out: the address. */
export async function prove(house: House, userId: string, purpose: "login" | "further"): Promise<string> {
  const { actor } = await openSessionFor(house.ctx, { userId });
  const typed = someAddress();
  await beginProof(house.ctx, { actor, purpose, typed });
  await confirmProof(house.ctx, { actor, purpose, code: await codeTo(house, typed) });
  return typed;
}
