import * as z from "zod";
import type { Ctx } from "@/lib/context/context";
import { sameText } from "@/lib/crypto/digest";
import { takePlace } from "@/lib/crypto/hashing-gate";
import { deriveWithSalt } from "@/lib/crypto/password-hash";
import type { Factor } from "@/lib/factors/factor";
import { canonicalCode, newCodeIn, written } from "@/lib/factors/recovery/codes";
import {
  countUnused,
  insertCodes,
  listUnused,
  noteSaved,
  openHash,
  type SavedCode,
  spendSavedCode,
} from "@/lib/factors/recovery/store";
import { type Burn, type FactorStrategy, readAnswerWith, type Scene } from "@/lib/factors/strategy";
import { DomainError } from "@/lib/kernel/errors";
import { recordAndTell } from "@/lib/notices/record-and-tell";
import { takeGuardRow } from "@/lib/users/store";

const field = "code";
const schema = z.strictObject({
  code: z.string().transform(canonicalCode).pipe(z.string()),
});

/**
 * Recovery codes: saved look-up secrets (NIST SP 800-63B-4, 3.1.2 and 4.2.1.1) of 80 or 112 bits, each good once, the used one replaced by one that is
 * written like it. They never count as a factor.
 */
export const recoveryStrategy: FactorStrategy = {
  field,
  wrong: "recovery.wrong_code",
  used: "recovery.wrong_code",
  enrolment: null,
  prepare: null,
  describe: () => null,
  held: async (ctx, userId) => oldest(await listUnused(ctx, userId)).map(asHeld),
  readAnswer: readAnswerWith({ schema, malformed: "recovery.malformed", field, judge }),
};

/** One code stands for the set: the oldest, so that it tells whether there is one from before a moment. */
const oldest = (codes: readonly SavedCode[]) =>
  [...codes].sort((one, other) => one.createdAt.getTime() - other.createdAt.getTime()).slice(0, 1);

/** One derivation under the salt of the set, compared with every unused code of either format: one left takes as long as eleven. */
async function judge(ctx: Ctx, held: readonly Factor[], answer: z.output<typeof schema>, scene: Scene): Promise<Burn> {
  const onlyBefore = scene.purpose === "BIND" ? null : (scene.onlyBefore ?? null);
  const unused = held[0] ? await listUnused(ctx, held[0].userId) : [];
  const codes = unused.filter(({ createdAt }) => onlyBefore === null || createdAt < onlyBefore);
  const salt = codes[0]?.salt ?? Buffer.alloc(16).toString("base64url");
  const place = await takePlace(ctx.now);
  try {
    const derived = await deriveWithSalt(answer.code, salt);
    const matches = codes.filter((code) => sameText(openHash(code) ?? "", derived));
    const match = matches[0];
    if (!match) throw new DomainError("recovery.wrong_code", { field });
    const replacement = newCodeIn(match.format, ctx.random);
    const phc = await deriveWithSalt(replacement, salt);
    const asksWhetherSaved = scene.purpose !== "BIND" && scene.asksWhetherSaved === true;
    return spend(match, { replacement, phc, asksWhetherSaved });
  } finally {
    place.leave();
  }
}

type Replacing = { readonly replacement: string; readonly phc: string; readonly asksWhetherSaved: boolean };

function spend(code: SavedCode, { replacement, phc, asksWhetherSaved }: Replacing): Burn {
  return async (tx) => {
    await takeGuardRow(tx, code.userId); // a set made at this moment waits, and then voids the replacement too
    if (!(await spendSavedCode(tx, code))) return null;
    if (code.unsavedIn !== null) await noteSaved(tx, code.userId, code.unsavedIn); // whoever has one of them has them all
    const { setId, salt, position, format, factorId } = code;
    const id = tx.random.id();
    const unsavedIn = asksWhetherSaved ? id : null;
    await insertCodes(tx, code.userId, [{ setId, salt, phc, position, format, factorId, unsavedIn }]);
    const left = await countUnused(tx, code.userId);
    const event = { name: "recovery.used", subjectId: code.userId, meta: { left } } as const;
    await recordAndTell(tx, { event, facts: { left } });
    return { reveal: { id, codes: [written(replacement)] } };
  };
}

const asHeld = (code: SavedCode): Factor => ({
  id: code.setId,
  userId: code.userId,
  kind: "recovery",
  label: "",
  secret: null,
  handle: null,
  data: null,
  lastStep: null,
  lastUsedAt: null,
  confirmedAt: code.createdAt,
  createdAt: code.createdAt,
  expiresAt: null,
  replacesId: null,
});
