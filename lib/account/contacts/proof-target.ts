import type { Ctx } from "@/lib/context/context";
import { contactHandle, openContact } from "@/lib/crypto/contact-address";
import { emailNumbers } from "@/lib/factors/email/numbers";
import { strategies } from "@/lib/factors/registry";
import { smsNumbers } from "@/lib/factors/sms/numbers";
import { ensure } from "@/lib/kernel/assert";
import type { Duration } from "@/lib/kernel/duration";
import { DomainError } from "@/lib/kernel/errors";
import { listPresentAddresses } from "@/lib/notices/addresses/store";
import type { ChannelName } from "@/lib/policy/channels";
import type { ProofPurpose } from "@/lib/policy/contact-proofs";
import { kindBy } from "@/lib/policy/kinds";
import { policy } from "@/lib/policy/policy";
import type { BoundKind } from "@/lib/policy/traits";
import type { Actor } from "@/lib/sessions/acting-session";
import { findOwnContacts, type OwnContacts } from "@/lib/users/contacts/store";

/** How an address is proven: the kind of factor whose codes go the same way, and what such a code is like. */
export type ProofCodes = {
  readonly kind: BoundKind;
  readonly channel: ChannelName;
  readonly digits: number;
  readonly lifetime: Duration;
};

export type ProofTarget = ProofCodes & { readonly address: string };

const codesVia = (channel: ChannelName, numbers: Pick<ProofCodes, "digits" | "lifetime">): ProofCodes => ({
  kind: kindBy(channel),
  channel,
  ...numbers,
});

const byMail = codesVia("mail", emailNumbers);
const byMessage = codesVia("sms", smsNumbers);

/** The codes of a purpose. */
export const codesOf = (purpose: ProofPurpose): ProofCodes => (purpose === "phone" ? byMessage : byMail);

type Wish = { readonly purpose: ProofPurpose; readonly typed: string };

/**
 * What is to be proven, in its stored form, and whether that makes sense for this account; whether somebody else has it is not asked here.
 * Throws the sentences of the address's kind, `account.email_same`, `account.phone_same`, `contacts.*`.
 */
export async function readTarget(ctx: Ctx, actor: Actor, { purpose, typed }: Wish): Promise<ProofTarget> {
  const own = await findOwnContacts(ctx, actor.userId);
  if (own === null) throw new DomainError("account.changed_meanwhile");
  const codes = codesOf(purpose);
  const address = purpose === "confirm" ? own.email : readAddress(ctx, actor, { kind: codes.kind, typed });
  await refuseSenseless(ctx, actor, { purpose, address, own });
  return { ...codes, address };
}

type Typed = { readonly kind: BoundKind; readonly typed: string };

/** As where one is bound as a factor: the same spellings, the same sentences. */
function readAddress(ctx: Ctx, { userId, email }: Actor, { kind, typed }: Typed): string {
  const { enrolment } = strategies[kind];
  ensure(enrolment, "addresses and numbers can be bound");
  const { secret } = enrolment.begin(ctx, { userId, email }, { destination: typed });
  ensure(secret, "an address that can be read has a stored form");
  return secret;
}

type Given = { readonly purpose: ProofPurpose; readonly address: string; readonly own: OwnContacts };

async function refuseSenseless(ctx: Ctx, { userId }: Actor, { purpose, address, own }: Given): Promise<void> {
  const field = "destination";
  if (purpose === "login" && address === own.email) throw new DomainError("account.email_same", { field });
  if (purpose === "phone" && address === own.phone && own.isPhoneProven)
    throw new DomainError("account.phone_same", { field });
  if (purpose === "confirm" && own.emailConfirmedAt !== null) throw new DomainError("contacts.confirmed_already");
  if (purpose !== "further") return;
  if (address === own.email) throw new DomainError("contacts.is_login", { field });
  const present = await listPresentAddresses(ctx, userId);
  if (present.some((one) => openContact(one) === address)) throw new DomainError("contacts.there_already", { field });
  const count = policy.contact.furtherPerPerson;
  if (present.length >= count) throw new DomainError("contacts.too_many", { field, params: { count } });
}

/** By what a further mailbox finds its like. */
export const mailboxHandle = (address: string): string => contactHandle("mail", address);
