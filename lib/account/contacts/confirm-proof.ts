import { openProof, proofParts } from "@/lib/account/contacts/begin-proof";
import { codesOf } from "@/lib/account/contacts/proof-target";
import { type Changed, proven, type Right } from "@/lib/account/contacts/proven";
import {
  type ContactProof,
  consumeProofTry,
  findProof,
  refundProofTry,
  spendProof,
} from "@/lib/account/contacts/store";
import { recordRefused } from "@/lib/audit/record-event";
import { type Ctx, inTransaction } from "@/lib/context/context";
import { macs, sameText } from "@/lib/crypto/digest";
import { DomainError } from "@/lib/kernel/errors";
import { readOneTimeCode } from "@/lib/kernel/typed-code";
import type { ProofPurpose } from "@/lib/policy/contact-proofs";
import type { Actor } from "@/lib/sessions/acting-session";
import { isTaken } from "@/lib/users/store";

type Answering = { readonly actor: Actor; readonly purpose: ProofPurpose; readonly code: string };

/**
 * The code that was sent to an address was typed: consume → judge → one transaction that spends the proof and does what it was for. When somebody else was
 * first with the address, or the account changed meanwhile, nothing is spent and the sentence says so.
 * Throws `contacts.malformed_code`, `contacts.proof_over`, `contacts.wrong_code`, and what follows throws.
 */
export function confirmProof(ctx: Ctx, answering: Answering): Promise<Changed> {
  return confirmProofAnd(ctx, answering, proven[answering.purpose]);
}

/** The same, and `then` in the transaction that spends the proof: what it throws undoes that too. */
export async function confirmProofAnd<T>(
  ctx: Ctx,
  { actor, purpose, code }: Answering,
  then: (tx: Ctx, right: Right) => Promise<T>,
): Promise<T> {
  const typed = readOneTimeCode(code, codesOf(purpose).digits);
  if (typed === null) throw new DomainError("contacts.malformed_code", { field: "code" });
  const proof = await findProof(ctx, { ...actor, purpose });
  const triesLeft = proof === null ? null : await consumeProofTry(ctx, proof.id);
  if (proof === null || triesLeft === null) throw new DomainError("contacts.proof_over");
  const address = isRight(proof, purpose, typed) ? openProof(proof) : null;
  if (address === null) throw await refusal(ctx, { actor, purpose, triesLeft });
  try {
    return await inTransaction(ctx, async (tx) => {
      if (!(await spendProof(tx, proof.id))) throw new DomainError("contacts.proof_over");
      return then(tx, { actor, address });
    });
  } catch (fault) {
    await refundProofTry(ctx, proof.id); // a right code costs no try unless it has done its work
    if (isTaken(fault)) throw new DomainError(purpose === "phone" ? "account.phone_taken" : "account.email_taken");
    throw fault;
  }
}

/** Under any key of the ring, and every hash is compared, so that the time tells nothing. */
function isRight({ id, hashes }: ContactProof, purpose: ProofPurpose, code: string): boolean {
  const made = macs("mac:otp", proofParts({ id, purpose, code }));
  return hashes.filter((hash) => made.filter((one) => sameText(hash, one)).length > 0).length > 0;
}

type Refusing = { readonly actor: Actor; readonly purpose: ProofPurpose; readonly triesLeft: number };

async function refusal(ctx: Ctx, { actor, purpose, triesLeft }: Refusing): Promise<DomainError> {
  const { userId: subjectId, sessionId } = actor;
  const id = triesLeft === 0 ? "contacts.proof_over" : "contacts.wrong_code";
  await recordRefused(ctx, { name: "contact.refused", subjectId, sessionId, meta: { purpose, reason: id } });
  const besides = triesLeft === 1 ? { besides: "contacts.one_left" as const } : {};
  return new DomainError(id, { ...(triesLeft > 0 && { field: "code" }), ...besides });
}
