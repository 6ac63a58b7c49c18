import { codesOf, type ProofCodes } from "@/lib/account/contacts/proof-target";
import { findProof } from "@/lib/account/contacts/store";
import { config } from "@/lib/config/config";
import type { Ctx } from "@/lib/context/context";
import { openContact } from "@/lib/crypto/contact-address";
import { isProven } from "@/lib/delivery/channel-proof";
import { showEmail } from "@/lib/kernel/email-address";
import { canLeave } from "@/lib/letters/queue-letters";
import { listPresentAddresses } from "@/lib/notices/addresses/store";
import type { ProofPurpose } from "@/lib/policy/contact-proofs";
import { policy } from "@/lib/policy/policy";
import type { Actor } from "@/lib/sessions/acting-session";
import { findOwnContacts } from "@/lib/users/contacts/store";

/** What the page of contacts shows to their owner. */
export type ContactsView = {
  readonly email: string;
  readonly isEmailConfirmed: boolean;
  readonly phone: string | null;
  readonly isPhoneProven: boolean;
  readonly further: readonly FurtherView[];
  readonly hasRoom: boolean;
  /** Codes can be sent there at present. */
  readonly sends: { readonly mail: boolean; readonly sms: boolean };
};

export type FurtherView = { readonly id: string; readonly address: string; readonly since: Date };

/** How somebody is reached. Writes nothing. Null: the account is gone. */
export async function readContacts(ctx: Ctx, { userId }: Pick<Actor, "userId">): Promise<ContactsView | null> {
  const own = await findOwnContacts(ctx, userId);
  if (own === null) return null;
  const present = await listPresentAddresses(ctx, userId);
  const further = present.flatMap((row) => {
    const address = openContact(row);
    return address === null ? [] : [{ id: row.id, address: showEmail(address), since: row.confirmedAt }];
  });
  return {
    email: showEmail(own.email),
    isEmailConfirmed: own.emailConfirmedAt !== null,
    phone: own.phone,
    isPhoneProven: own.isPhoneProven,
    further,
    hasRoom: present.length < policy.contact.furtherPerPerson,
    sends: {
      mail: canLeave("mail") && (await isProven(ctx, "mail")),
      sms: canLeave("sms") && config().phones.countries.length > 0 && (await isProven(ctx, "sms")),
    },
  };
}

/** A proof that waits for its code. */
export type WaitingProof = Pick<ProofCodes, "kind" | "channel" | "digits"> & {
  readonly to: string;
  readonly isLastTry: boolean;
};

/** What was begun in this session for a purpose and still waits; null: nothing. Writes nothing. */
export async function readWaitingProof(
  ctx: Ctx,
  actor: Pick<Actor, "userId" | "sessionId">,
  purpose: ProofPurpose,
): Promise<WaitingProof | null> {
  const proof = await findProof(ctx, { ...actor, purpose });
  const address = proof && openContact(proof);
  if (!proof || address === null) return null;
  const { kind, digits, channel } = codesOf(purpose);
  return {
    kind,
    channel,
    digits,
    to: channel === "mail" ? showEmail(address) : address,
    isLastTry: proof.triesLeft === 1,
  };
}
