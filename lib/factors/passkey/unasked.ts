import type { Ctx } from "@/lib/context/context";
import { macs } from "@/lib/crypto/digest";
import { registrationAnswer } from "@/lib/factors/passkey/answer";
import { handleOfCredential } from "@/lib/factors/passkey/handles";
import { refusalOf } from "@/lib/factors/passkey/judge";
import { passkeyNumbers } from "@/lib/factors/passkey/numbers";
import { creationOptions } from "@/lib/factors/passkey/options";
import { relyingParty } from "@/lib/factors/passkey/relying-party";
import { mayOfferSignIn } from "@/lib/factors/passkey/sign-in-offer";
import { findByCredential, knowsEveryPasskey, storeKey } from "@/lib/factors/passkey/store";
import { verifyRegistration } from "@/lib/factors/passkey/verify";
import { activate, countActive, insertPending, listActiveOfKind } from "@/lib/factors/store";
import type { Answer } from "@/lib/factors/strategy";
import { DomainError } from "@/lib/kernel/errors";
import { isTaken } from "@/lib/users/store";

/** What a browser may make without a dialogue, after a login with a password (WebAuthn level 3, "conditional" in `navigator.credentials.create`). */
export const unaskedKind = "passkey";

/** The challenges of a session, the newest first: a MAC over it, so no row is written for a page that is looked at. Good for one passkey, because a person has no second one of these. */
const challengesOf = (sessionId: string): readonly string[] =>
  macs("mac:ceremony", [sessionId, "UNASKED", unaskedKind]);

/** Is there room for one, and does the portal know all that was bound? After a restore it does not, until the operator vouches for it. */
export async function hasRoomForUnasked(ctx: Ctx, userId: string): Promise<boolean> {
  if (!mayOfferSignIn() || !(await knowsEveryPasskey(ctx))) return false;
  const { perPerson } = passkeyNumbers;
  if ((await countActive(ctx, userId)) >= perPerson) return false;
  return (await listActiveOfKind(ctx, userId, unaskedKind)).length < perPerson;
}

type Whose = { readonly userId: string; readonly email: string; readonly id: string };

/** The options as JSON, for the browser of this session. */
export async function optionsOfUnasked(ctx: Ctx, { userId, email, id }: Whose): Promise<string> {
  const [challenge = ""] = challengesOf(id);
  return (await creationOptions(ctx, { id: userId, email }, { challenge, residentKey: "required" })).options;
}

/** Puts what was made among the person's factors, in the caller's transaction. */
export type Placing = (tx: Ctx, label: string) => Promise<{ readonly factorId: string }>;

/**
 * Judges what a browser has made for this session. Nobody need have been present or verified, and so it opens no first door before it has served behind a password. Throws `passkey.malformed`,
 * `passkey.wrong`, and `passkey.yours_already` or `passkey.not_new` of a credential that somebody has.
 */
export async function judgeUnasked(ctx: Ctx, { userId, id }: Whose, given: Answer): Promise<Placing> {
  const parsed = registrationAnswer.safeParse(given);
  if (!parsed.success) throw new DomainError("passkey.malformed");
  const { rpId, origin } = relyingParty();
  const expected = { challenges: challengesOf(id), origin };
  const outcome = await verifyRegistration({ expected, answer: parsed.data.credential, rpId, isUnasked: true });
  if (!outcome.ok) throw refusalOf(ctx, outcome.why);
  const { key, data } = outcome;
  const handle = handleOfCredential(key.credentialId);
  const holder = await findByCredential(ctx, handle);
  if (holder) throw new DomainError(holder.userId === userId ? "passkey.yours_already" : "passkey.not_new");
  return async (tx, label) => {
    const factorId = tx.random.id();
    const row = {
      id: factorId,
      userId,
      begunIn: id,
      kind: unaskedKind,
      label,
      secret: null,
      replacesId: null,
    } as const;
    await insertPending(tx, row);
    try {
      const isPlaced = (await activate(tx, row, label)) && (await storeKey(tx, row, { handle, key, data }));
      if (!isPlaced) throw new DomainError("passkey.not_kept");
    } catch (fault) {
      if (isTaken(fault)) throw new DomainError("passkey.not_new"); // somebody else bound it in the same moment
      throw fault;
    }
    return { factorId };
  };
}
