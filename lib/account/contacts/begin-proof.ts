import { codesOf, type ProofTarget, readTarget } from "@/lib/account/contacts/proof-target";
import { addProofCode, findProof, replaceProof } from "@/lib/account/contacts/store";
import { recordEvent } from "@/lib/audit/record-event";
import { type Ctx, inTransaction } from "@/lib/context/context";
import { openContact, type SealedContact, sealContact } from "@/lib/crypto/contact-address";
import { mac } from "@/lib/crypto/digest";
import { tellShut } from "@/lib/crypto/tell-shut";
import { isProven } from "@/lib/delivery/channel-proof";
import { consumingSend } from "@/lib/factors/send-code";
import { inSeconds, later } from "@/lib/kernel/duration";
import { DomainError } from "@/lib/kernel/errors";
import { codeContact } from "@/lib/letters/kinds/code-contact";
import { contactTaken } from "@/lib/letters/kinds/contact-taken";
import { canLeave, queueLetters } from "@/lib/letters/queue-letters";
import { languageOf } from "@/lib/notices/reader";
import type { ProofPurpose } from "@/lib/policy/contact-proofs";
import type { Actor } from "@/lib/sessions/acting-session";
import { findHolder, type Holder } from "@/lib/users/contacts/store";

type Beginning = {
  readonly actor: Actor;
  readonly purpose: ProofPurpose;
  /** As the person wrote it; nothing where the address is the account's own. */
  readonly typed: string;
};

/**
 * Begins a proof (address verification): sends a code to an address that somebody says is theirs; what they had begun for the same purpose is over. The answer is the same for one that somebody else
 * logs in with: no code will be right then, and the letter goes to whoever has it. Costs what a code to a claimed address costs.
 * Throws `contacts.*`, `account.email_same`, `account.phone_same`, the sentences of the address's kind (field `destination`), `post.*`.
 */
export async function beginProof(ctx: Ctx, { actor, purpose, typed }: Beginning): Promise<void> {
  const target = await readTarget(ctx, actor, { purpose, typed });
  await send(ctx, { actor, purpose, target, waiting: null });
}

/** Another code for the address that waits in this session; the earlier ones stay good, and the tries that are left stay as they are. Throws `contacts.proof_over`, `post.*`. */
export async function sendProofAgain(ctx: Ctx, { actor, purpose }: Omit<Beginning, "typed">): Promise<void> {
  const waiting = await findProof(ctx, { ...actor, purpose });
  const address = waiting && openProof(waiting);
  if (!waiting || address === null) throw new DomainError("contacts.proof_over");
  await send(ctx, { actor, purpose, target: { ...codesOf(purpose), address }, waiting: waiting.id });
}

type Sending = {
  readonly actor: Actor;
  readonly purpose: ProofPurpose;
  readonly target: ProofTarget;
  /** The proof that is waited for already. */
  readonly waiting: string | null;
};

async function send(ctx: Ctx, sending: Sending): Promise<void> {
  const { actor, purpose, target } = sending;
  const { kind, channel, address } = target;
  if (!canLeave(channel) || !(await isProven(ctx, channel))) throw new DomainError("contacts.cannot_send");
  const holder = purpose === "login" || purpose === "phone" ? await findHolder(ctx, address, actor.userId) : null;
  const owner = { userId: actor.userId, begunIn: actor.sessionId };
  const bound = purpose === "confirm" ? { deviceId: actor.deviceId } : null;
  await consumingSend(ctx, { kind, owner, address, bound }, () =>
    inTransaction(ctx, (tx) => write(tx, sending, holder)),
  );
}

async function write(tx: Ctx, { actor, purpose, target, waiting }: Sending, holder: Holder | null): Promise<void> {
  const { userId, sessionId } = actor;
  const { kind, address, digits, lifetime } = target;
  const id = waiting ?? tx.random.id();
  const code = tx.random.digits(digits);
  const hash = holder === null ? proofHash({ id, purpose, code }) : null;
  const expiresAt = later(tx.now, lifetime);
  const sealed = sealContact({ id, userId, address });
  if (waiting === null) await replaceProof(tx, { id, userId, sessionId, purpose, address: sealed, hash, expiresAt });
  else if (!(await addProofCode(tx, { id, hash, expiresAt }))) throw new DomainError("contacts.proof_over");
  await recordEvent(tx, { name: "code.posted", subjectId: userId, sessionId, meta: { kind, purpose: "CONTACT" } });
  await (holder === null ? sendCode(tx, { userId, target, code, expiresAt }) : tellHolder(tx, holder, target));
}

type Sent = {
  readonly userId: string;
  readonly target: ProofTarget;
  readonly code: string;
  readonly expiresAt: Date;
};

function sendCode(tx: Ctx, { userId, target, code, expiresAt }: Sent): Promise<void> {
  const { channel, address: to, lifetime } = target;
  const minutes = Math.round(inSeconds(lifetime) / 60);
  const letter = { userId, channel, to, language: tx.language, urgent: true, expiresAt } as const;
  return queueLetters(tx, [{ ...letter, ...codeContact.telling({ code, minutes }) }]);
}

/** In the place of the code; never as a text message, which costs money: by mail to whoever has the number. */
function tellHolder(tx: Ctx, holder: Holder, { channel, address }: ProofTarget): Promise<void> {
  const to = channel === "mail" ? address : holder.email;
  const letter = { userId: holder.userId, channel: "mail", to, language: languageOf(holder) } as const;
  return queueLetters(tx, [{ ...letter, ...contactTaken.telling({}) }]);
}

/** The address that is to be proven; null when its row was damaged or moved, and the operator is told. */
export function openProof(proof: SealedContact): string | null {
  const address = openContact(proof);
  if (address === null) tellShut({ column: "contact_proofs.address", id: proof.id, sealed: proof.address });
  return address;
}

/** Under what a code of a proof is kept; only that proof's row matches it. */
export const proofParts = ({
  id,
  purpose,
  code,
}: {
  readonly id: string;
  readonly purpose: string;
  readonly code: string;
}) => [id, "contact", purpose, code];

const proofHash = (typed: Parameters<typeof proofParts>[0]) => mac("mac:otp", proofParts(typed));
