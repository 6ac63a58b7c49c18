import * as z from "zod";
import type { Ctx, RawCtx } from "@/lib/context/context";
import { mac, macs, sameText } from "@/lib/crypto/digest";
import { handleOf, openSecret, openSecretOrTell } from "@/lib/crypto/factor-secret";
import { blindIndex } from "@/lib/crypto/index-keys";
import { type Factor, isStandIn } from "@/lib/factors/factor";
import { type CodesOf, findLastSent, insertCode, listLiveCodes, spendCode } from "@/lib/factors/sent-code/store";
import {
  type Begun,
  type Burn,
  type CodeToSend,
  type FactorStrategy,
  readAnswerWith,
  type Scene,
} from "@/lib/factors/strategy";
import { ensure } from "@/lib/kernel/assert";
import { type Duration, inSeconds, later } from "@/lib/kernel/duration";
import { DomainError } from "@/lib/kernel/errors";
import { readOneTimeCode } from "@/lib/kernel/typed-code";
import { codeBind } from "@/lib/letters/kinds/code-bind";
import { codeLogin } from "@/lib/letters/kinds/code-login";
import { queueLetters } from "@/lib/letters/queue-letters";
import type { MessageId } from "@/lib/messages/catalogue";
import type { Language } from "@/lib/messages/words-shape";
import type { ChannelName } from "@/lib/policy/channels";
import { policy } from "@/lib/policy/policy";
import { type BoundKind, traits } from "@/lib/policy/traits";

/** What makes one kind of sent code different from another. */
export type SentCodeKind = {
  readonly kind: BoundKind;
  readonly digits: number;
  readonly lifetime: Duration;
  readonly malformed: MessageId;
  readonly wrong: MessageId;
  /** The address as typed → its one form. Throws the kind's own sentences, with what they name in `language`; free. */
  readonly readAddress: (typed: string, language: Language) => string;
  readonly mask: (address: string) => string;
  /** Numbers of one block are pumped together; null where there are no blocks. */
  readonly blockOf: (address: string) => string | null;
  /** The sentence about its risk that stands beside the field for the address; that it was shown is kept with the factor (ASVS 5.0, 6.6.1). */
  readonly notice?: MessageId;
  /** Which addresses this person can be written to. */
  readonly held: FactorStrategy["held"];
  /** What else it proves that they read there; in the transaction that spends the code. */
  readonly proves?: (tx: RawCtx, read: { readonly userId: string; readonly address: string }) => Promise<void>;
};

const field = "code";
const beginsWith = "destination";
const beginning = z.strictObject({ [beginsWith]: z.string().max(4096) });

/**
 * A kind whose code is sent, an out-of-band authenticator (NIST SP 800-63B-4, 3.1.3): random digits, good for one step and one use, kept as an HMAC that only this
 * step's row can match. Every code that was sent for the step is good until its end: letters overtake one another.
 */
export function sentCode(kind: SentCodeKind): FactorStrategy {
  const code = z
    .string()
    .transform((typed) => readOneTimeCode(typed, kind.digits))
    .pipe(z.string());
  const schema = z.strictObject({ code, to: z.string().max(320).optional() });
  const judge = (ctx: Ctx, held: readonly Factor[], { code: typed, to }: z.output<typeof schema>, scene: Scene) =>
    judgeCode(ctx, { kind, held, scene, typed, isTheirs: isTheirs(ctx, kind, held, to) });
  const readAnswer = readAnswerWith({ schema, malformed: kind.malformed, field, judge });
  return {
    field,
    wrong: kind.wrong,
    used: kind.wrong,
    enrolment: {
      perPerson: policy.sentCode.perPerson,
      beginsWith,
      begin: ({ language }, _enroller, given) => begin(kind, given, language),
      show: (secret) => ({ to: kind.mask(secret) }),
      readConfirmation: readAnswer,
    },
    prepare: {
      how: "send",
      channel: wayTo(kind),
      budgetKeys: (address) => budgetKeysOf(kind, address),
      send: (tx, toSend) => send(tx, kind, toSend),
      lastSent: async (ctx, held, scene) => {
        const of = codesOf(kind.kind, held, scene);
        return of === null ? null : findLastSent(ctx, of);
      },
    },
    describe: (factor) => {
      const address = openSecret(factor);
      return address === null ? null : kind.mask(address);
    },
    held: kind.held,
    readAnswer,
  };
}

function budgetKeysOf({ kind, blockOf }: SentCodeKind, address: string) {
  const block = blockOf(address);
  return {
    address: handleOf(kind, address),
    block: block === null ? null : blindIndex("mac:destination", [block]),
  };
}

function begin(kind: SentCodeKind, given: unknown, language: Language): Begun {
  const parsed = beginning.safeParse(given);
  const address = kind.readAddress(parsed.success ? parsed.data.destination : "", language);
  return { secret: address, handle: handleOf(kind.kind, address), ...(kind.notice && { data: { told: kind.notice } }) };
}

/** What leads to its addresses. */
function wayTo({ kind }: SentCodeKind): ChannelName {
  const { channel } = traits[kind];
  ensure(channel, `something leads to the addresses of the kind ${kind}`);
  return channel;
}

function addressOf(factor: Factor): string {
  const address = openSecret(factor);
  ensure(address, `the address of factor ${factor.id} opens`);
  return address;
}

const purposeOf = (kind: SentCodeKind["kind"], scene: Scene) => `${scene.purpose.toLowerCase()}:${kind}`;

async function send(tx: Ctx, kind: SentCodeKind, { factor, scene }: CodeToSend): Promise<void> {
  const [id, code] = [tx.random.id(), tx.random.digits(kind.digits)];
  const purpose = purposeOf(kind.kind, scene);
  const challengeId = scene.purpose === "BIND" ? null : scene.challengeId;
  const { userId } = factor;
  const step = challengeId ?? factor.id;
  await insertCode(tx, {
    id,
    userId,
    purpose,
    challengeId,
    lifetime: kind.lifetime,
    hash: hashOf({ id, step, purpose, code }),
    factorId: isStandIn(factor) ? null : factor.id,
  });
  const letter = scene.purpose === "BIND" ? codeBind : codeLogin;
  await queueLetters(tx, [
    {
      userId,
      channel: wayTo(kind),
      to: addressOf(factor),
      language: tx.language,
      urgent: true,
      ...letter.telling({ code, minutes: Math.round(inSeconds(kind.lifetime) / 60) }),
      expiresAt: later(tx.now, kind.lifetime),
    },
  ]);
}

type Typed = { readonly id: string; readonly step: string; readonly purpose: string; readonly code: string };
const hashOf = ({ id, step, purpose, code }: Typed) => mac("mac:otp", [id, step, purpose, code]);

/** Under any key of the ring: a code that is on its way while the keys change is still right. */
const isHash = (hash: string, { id, step, purpose, code }: Typed) =>
  macs("mac:otp", [id, step, purpose, code]).filter((one) => sameText(hash, one)).length > 0;

type Judging = {
  readonly kind: SentCodeKind;
  readonly held: readonly Factor[];
  readonly scene: Scene;
  readonly typed: string;
  /** Whether the address that was named with the code, if any, is one of `held`. */
  readonly isTheirs: boolean;
};

/** A named address is only a claim: it must be one of theirs, as it is or as it is shown to them. None named: nothing to compare. */
function isTheirs(ctx: Ctx, kind: SentCodeKind, held: readonly Factor[], named: string | undefined): boolean {
  if (named === undefined) return true;
  const theirs = held.flatMap((factor) => openSecret(factor) ?? []);
  return theirs.flatMap((address) => [address, kind.mask(address)]).includes(readNamed(ctx, kind, named));
}

/** The stored form of an address; what is none stays as it is, and is compared all the same. */
function readNamed({ language }: Ctx, kind: SentCodeKind, named: string): string {
  try {
    return kind.readAddress(named, language);
  } catch (error) {
    if (error instanceof DomainError) return named;
    throw error;
  }
}

/** Every live code is compared, so that the time tells nothing of which one it was, nor of whether the address that was named is theirs. */
async function judgeCode(ctx: Ctx, { kind, held, scene, typed, isTheirs }: Judging): Promise<Burn> {
  const purpose = purposeOf(kind.kind, scene);
  const of = codesOf(kind.kind, held, scene);
  const codes = of === null ? [] : await listLiveCodes(ctx, of);
  const step = of === null ? "" : "challengeId" in of ? (of.challengeId ?? "") : of.factorId;
  const [match] = codes.filter(({ id, hash }) => isHash(hash, { id, step, purpose, code: typed }));
  if (!match || !isTheirs) throw new DomainError(kind.wrong, { field });
  const sentTo = held.find(({ id }) => id === match.factorId) ?? held[0];
  const address = sentTo ? openSecretOrTell(sentTo) : null;
  if (!sentTo || address === null) throw new DomainError(kind.wrong, { field });
  return async (tx) => {
    if (!(await spendCode(tx, match.id, purpose))) return null;
    await kind.proves?.(tx, { userId: sentTo.userId, address });
    return {};
  };
}

function codesOf(kind: SentCodeKind["kind"], held: readonly Factor[], scene: Scene): CodesOf | null {
  const [first] = held;
  if (!first) return null;
  const whose = { purpose: purposeOf(kind, scene), userId: first.userId };
  return scene.purpose === "BIND" ? { ...whose, factorId: first.id } : { ...whose, challengeId: scene.challengeId };
}
