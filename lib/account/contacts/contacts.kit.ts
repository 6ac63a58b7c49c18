import { beginProof } from "@/lib/account/contacts/begin-proof";
import { confirmProof } from "@/lib/account/contacts/confirm-proof";
import type { Ctx } from "@/lib/context/context";
import { ensure } from "@/lib/kernel/assert";
import type { ProofPurpose } from "@/lib/policy/contact-proofs";
import type { Actor } from "@/lib/sessions/acting-session";
import { lastCode, lettersOf } from "@/lib/testing/letters";
import { makePerson, openSessionFor, type TestPerson, type TestSession } from "@/lib/testing/test-context";

/** Somebody in a session. */
export type Insider = TestSession & { readonly person: TestPerson };

export async function insider(ctx: Ctx, wishes: Parameters<typeof makePerson>[1] = {}): Promise<Insider> {
  const person = await makePerson(ctx, wishes);
  return { person, ...(await openSessionFor(ctx, person)) };
}

/** A code is asked for, and typed as it arrived. */
export async function prove(ctx: Ctx, actor: Actor, purpose: ProofPurpose, typed = "") {
  await beginProof(ctx, { actor, purpose, typed });
  return confirmProof(ctx, { actor, purpose, code: await lastCode(ctx, actor.userId) });
}

/** An address that no other test has. */
export const someMailbox = (ctx: Ctx): string => `${ctx.random.bytes(6).toString("hex")}@mail.example.test`;

/** The token of the newest letter that takes a change of the login e-mail back; it went to this mailbox. */
export async function revertTokenTo(ctx: Ctx, userId: string, mailbox: string): Promise<string> {
  const letters = (await lettersOf(ctx, userId)).filter(
    ({ kind, to }) => kind === "email.moved_away" && to === mailbox,
  );
  const facts = letters.at(-1)?.facts;
  const link = typeof facts === "object" && facts !== null && "link" in facts ? facts.link : null;
  ensure(typeof link === "string", "the old mailbox was told");
  return link.split("/").at(-1) ?? "";
}

/** The mailboxes and numbers that letters of a kind went to, in their order. */
export const toldAt = async (ctx: Ctx, userId: string, kind: string): Promise<readonly string[]> =>
  (await lettersOf(ctx, userId)).filter((one) => one.kind === kind).map(({ to }) => to);
