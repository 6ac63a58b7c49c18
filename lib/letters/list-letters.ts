import type { RawCtx } from "@/lib/context/context";
import { unseal } from "@/lib/crypto/seal";
import { letterSealedFor } from "@/lib/letters/letter";
import { countLetters, type LetterCounts, listOpenLetters, type OpenRow } from "@/lib/letters/waiting/store";
import type { ChannelName } from "@/lib/policy/channels";

/** A letter that has not left, without a word of what it says. `to` is masked; null once it is wiped. */
export type LetterLine = Omit<OpenRow, "destination" | "isGivenUp"> & {
  readonly state: "waiting" | "parked";
  readonly to: string | null;
};

export type LetterList = { readonly counts: LetterCounts; readonly letters: readonly LetterLine[] };

const listed = 200;

/** What waits and what was given up, for an operator. `mask` shows enough of a destination to recognise it, too little to use it. */
export async function listLetters(
  ctx: RawCtx,
  mask: (channel: ChannelName, to: string) => string,
): Promise<LetterList> {
  const rows = await listOpenLetters(ctx, listed);
  const letters = rows.map(({ destination, isGivenUp, ...row }): LetterLine => {
    const to = destination === null ? null : unseal(destination, letterSealedFor(row.id, "destination"));
    return {
      ...row,
      state: isGivenUp ? "parked" : "waiting",
      to: to === null ? null : mask(row.channel, to),
    };
  });
  return { counts: await countLetters(ctx), letters };
}
