import { config } from "@/lib/config/config";
import type { Ctx, RawCtx } from "@/lib/context/context";
import type { Factor } from "@/lib/factors/factor";
import { type Assertion, assertionAnswer, readClientData } from "@/lib/factors/passkey/answer";
import { handleOfCredential } from "@/lib/factors/passkey/handles";
import { field, type Judged, judgeAgainst, refusalOf } from "@/lib/factors/passkey/judge";
import { signInOptions } from "@/lib/factors/passkey/options";
import { relyingParty } from "@/lib/factors/passkey/relying-party";
import { findByCredential, knowsEveryPasskey } from "@/lib/factors/passkey/store";
import type { Answer } from "@/lib/factors/strategy";
import { DomainError } from "@/lib/kernel/errors";

/** The field of the form, beside which the sentences stand. */
export const signInField = field;

/** The options for a browser that may sign in. In: the challenge that its answer must be about; and, after a move, the former name whose passkeys it asks for, if it is one. */
export function optionsOfSignIn(challenge: string, name: string | null = null): string {
  const former = config().relyingParty?.formerIds.find((one) => one === name);
  return signInOptions(challenge, former ?? relyingParty().rpId).options;
}

/** An answer as it came: which credential it says it is of, and the challenge that it says it is about. Neither is believed before it is judged. */
export type Presented = { readonly answer: Assertion; readonly challenge: string };

/** Malformed: throws, and has cost nothing. */
export function readSignIn(given: Answer): Presented {
  const parsed = assertionAnswer.safeParse(given);
  const challenge = parsed.success ? readClientData(parsed.data.credential.response.clientDataJSON)?.challenge : null;
  if (!parsed.success || challenge == null) throw new DomainError("passkey.malformed", { field });
  return { answer: parsed.data.credential, challenge };
}

/** Whose passkey it would be, or null: nobody has this credential. */
export const findPresented = (ctx: RawCtx, { answer }: Presented): Promise<Factor | null> =>
  findByCredential(ctx, handleOfCredential(answer.id));

/** What is said of one that nobody has. Of the first browsers tell its keeper, which drops it; not after a restore that the operator has not vouched for: it has forgotten what was bound since the backup. */
export const whyUnknown = async (ctx: RawCtx) =>
  (await knowsEveryPasskey(ctx)) ? ("passkey.unknown" as const) : ("passkey.unknown_since" as const);

/**
 * Judges it against that passkey; see `judgeAgainst`. The person must be named by the answer itself, and have been verified: now, and when it was bound.
 * A key without a PIN takes its first one from whoever holds it (CTAP 2.1, 6.5.5.5), so a finder could otherwise make both factors out of one.
 */
export async function judgeSignIn(ctx: Ctx, factor: Factor, { answer, challenge }: Presented): Promise<Judged> {
  const question = { answer, challenges: [challenge], namesPerson: true, needsVerification: () => true };
  const judged = await judgeAgainst(ctx, factor, question);
  if (!judged.data.uvAtBinding) throw refusalOf(ctx, "not verified");
  return judged;
}

/**
 * What such a login proves beside the key itself (RFC 8176): that it may be copied, which its authenticator says of itself; that its person was verified; and that these are two factors.
 * Never that it is kept in hardware (`hwk`): nothing but an attestation could tell, and we ask for none.
 */
export const amrOfSignIn = ({ data }: Judged): readonly string[] => [
  ...(data.backupEligible ? ["swk"] : []),
  "user",
  "mfa",
];
