import type * as z from "zod";
import type { Ctx } from "@/lib/context/context";
import { challengesOf } from "@/lib/factors/ceremony";
import type { Factor } from "@/lib/factors/factor";
import { assertionAnswer, registrationAnswer } from "@/lib/factors/passkey/answer";
import { openKey, opensAlone, type PasskeyData, readPasskeyData } from "@/lib/factors/passkey/data";
import { handleOfCredential } from "@/lib/factors/passkey/handles";
import { field, judgeAgainst, refusalOf, unreadable } from "@/lib/factors/passkey/judge";
import { makeOf } from "@/lib/factors/passkey/makes";
import { passkeyNumbers } from "@/lib/factors/passkey/numbers";
import { assertionOptions, registrationOptions } from "@/lib/factors/passkey/options";
import { relyingParty } from "@/lib/factors/passkey/relying-party";
import { findByCredential, storeKey } from "@/lib/factors/passkey/store";
import { verifyRegistration } from "@/lib/factors/passkey/verify";
import { listActiveOfKind } from "@/lib/factors/store";
import { type Burn, type FactorStrategy, readAnswerWith, type Scene } from "@/lib/factors/strategy";
import { isUsable } from "@/lib/factors/usable";
import type { Mark } from "@/lib/factors/view";
import { DomainError } from "@/lib/kernel/errors";
import { isAnswerable, isAskable, isOfToday } from "@/lib/users/askable-kind";
import { isTaken } from "@/lib/users/store";

const kind = "passkey";
const malformed = "passkey.malformed";

/**
 * A passkey, or a security key: a key pair that answers at our origin alone (WebAuthn level 3; a cryptographic authenticator, NIST SP 800-63B-4, 3.1.6). After a password
 * its possession is enough; for signing in by itself see `sign-in.ts`.
 */
export const passkeyStrategy: FactorStrategy = {
  field,
  wrong: "passkey.wrong",
  used: "passkey.wrong",
  enrolment: {
    perPerson: passkeyNumbers.perPerson,
    beginsWith: null,
    begin: () => ({ secret: null }),
    show: () => ({}),
    readConfirmation: readAnswerWith({ schema: registrationAnswer, malformed, field, judge: judgeRegistration }),
  },
  prepare: {
    how: "ceremony",
    options: (ctx, held, challenge, scene) =>
      scene.purpose === "BIND"
        ? registrationOptions(ctx, held[0], challenge)
        : Promise.resolve(assertionOptions(held.filter(mayAnswer(scene)), challenge, scene)),
  },
  describe: ({ data }) => makeOf(readPasskeyData(data)?.aaguid ?? ""),
  marks: ({ data }) => {
    const read = readPasskeyData(data);
    if (!read) return [];
    const where = [read.backupEligible ? marks.synced : marks.bound, ...serving(read)];
    if (!isAnswerable({ data })) return [...where, marks.givenUp];
    return isOfToday({ data }) ? where : [...where, marks.former];
  },
  held: async (ctx, userId) => (isUsable(kind) ? (await listActiveOfKind(ctx, userId, kind)).filter(isAnswerable) : []),
  readAnswer: readAnswerWith({ schema: assertionAnswer, malformed, field, judge }),
};

const marks = {
  synced: { label: "passkey.synced_label", meaning: "passkey.synced_meaning" },
  bound: { label: "passkey.bound_label", meaning: "passkey.bound_meaning" },
  unasked: { label: "passkey.unasked_label", meaning: "passkey.unasked_meaning" },
  second: { label: "passkey.second_label", meaning: "passkey.second_meaning" },
  former: { label: "passkey.former_label", meaning: "passkey.former_meaning" },
  givenUp: { label: "passkey.given_up_label", meaning: "passkey.given_up_meaning" },
} as const satisfies Record<string, Mark>;

/** What of it serves behind a password alone. */
function serving(data: PasskeyData): readonly Mark[] {
  if (data.unasked) return [marks.unasked];
  return opensAlone(data) ? [] : [marks.second];
}

/** One that nobody was asked about answers at a login alone, behind the password: with its person verified it becomes one like any other. */
const mayAnswer =
  ({ purpose }: Scene) =>
  (factor: Factor) =>
    purpose === "LOGIN" || isAskable(factor);

/** Looked up among what this person holds, never by the credential alone. */
async function judge(
  ctx: Ctx,
  held: readonly Factor[],
  { credential: answer }: z.output<typeof assertionAnswer>,
  scene: Scene,
): Promise<Burn> {
  const asked = held.filter(mayAnswer(scene));
  const factor = asked.find((one) => openKey(one)?.credentialId === answer.id);
  if (!factor) {
    const shut = asked.filter((one) => openKey(one) === null);
    throw shut.length > 0 ? unreadable(ctx, shut) : refusalOf(ctx, "another credential");
  }
  const { burn } = await judgeAgainst(ctx, factor, {
    answer,
    challenges: challengesOf({ kind, held, scene }),
    namesPerson: false,
    isSecond: scene.purpose === "LOGIN",
    needsVerification: ({ uvAtBinding }) => scene.purpose === "STEP_UP" && uvAtBinding,
  });
  return burn;
}

async function judgeRegistration(
  ctx: Ctx,
  held: readonly Factor[],
  { credential: answer }: z.output<typeof registrationAnswer>,
  scene: Scene,
): Promise<Burn> {
  const { rpId, origin } = relyingParty();
  const expected = { challenges: challengesOf({ kind, held, scene }), origin };
  const [pending] = held;
  const outcome = await verifyRegistration({ expected, answer, rpId });
  if (!pending || !outcome.ok) throw refusalOf(ctx, outcome.ok ? "another person" : outcome.why);
  const { key, data } = outcome;
  const handle = handleOfCredential(key.credentialId);
  const holder = await findByCredential(ctx, handle);
  if (holder)
    throw new DomainError(holder.userId === pending.userId ? "passkey.yours_already" : "passkey.not_new", { field });
  return async (tx) => {
    try {
      return (await storeKey(tx, pending, { handle, key, data })) ? {} : null;
    } catch (fault) {
      if (isTaken(fault)) throw new DomainError("passkey.not_new", { field }); // somebody else bound it in the same moment
      throw fault;
    }
  };
}
