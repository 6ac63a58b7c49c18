import { type LetterRow, listLettersTo } from "@/lib/account/activity/letters/store";
import type { ActivityPlace } from "@/lib/account/activity/store";
import type { RawCtx } from "@/lib/context/context";
import { unseal } from "@/lib/crypto/seal";
import { maskEmail } from "@/lib/kernel/mask";
import { letterSealedFor } from "@/lib/letters/letter";
import { addressName } from "@/lib/letters/queue-letters";
import { listToldAddresses } from "@/lib/notices/told-addresses";
import type { ChannelName } from "@/lib/policy/channels";
import { maskPhone } from "@/lib/users/phone-number";

/** A letter to somebody, as they see it: never what it said. */
export type LetterLine = Pick<LetterRow, "id" | "kind" | "channel"> & {
  /** Masked; null: an address or number that is none of theirs, and is not kept. */
  readonly to: string | null;
  readonly state: "sent" | "waiting" | "parked";
  /** When it left; when it was written, for one that has not. */
  readonly at: Date;
};

/** `older`: the word in an address that leads on; `activityQuery` reads it. */
export type LetterLines = { readonly lines: readonly LetterLine[]; readonly older: string | null };

const perPage = 25;

/**
 * A page of the letters that were written to somebody, the newest first: where each went and whether it has left. What a letter said and where it went is
 * wiped once it is over; by the HMAC that stays it is found among the addresses that its owner has, or had lately. Reading it writes nothing.
 */
export async function readLetters(
  ctx: RawCtx,
  { userId, before }: { readonly userId: string; readonly before: ActivityPlace | null },
): Promise<LetterLines> {
  const rows = await listLettersTo(ctx, { userId, before, limit: perPage + 1 });
  const own = await listToldAddresses(ctx, userId);
  const masked = new Map(own.map(({ channel, to }) => [addressName(channel, to), mask(channel, to)]));
  const lines = rows.slice(0, perPage);
  const last = rows.length > perPage ? lines.at(-1) : undefined;
  return {
    lines: lines.map((row) => lineOf(row, masked)),
    older: last === undefined ? null : `${last.writtenAt.getTime()}-${last.seq}`,
  };
}

function lineOf(row: LetterRow, masked: ReadonlyMap<string, string>): LetterLine {
  const { id, kind, channel, writtenAt, sentAt, isGivenUp } = row;
  const state = sentAt !== null ? "sent" : isGivenUp ? "parked" : "waiting";
  return { id, kind, channel, to: masked.get(row.address) ?? stillSealed(row), state, at: sentAt ?? writtenAt };
}

function stillSealed({ id, channel, destination }: LetterRow): string | null {
  const to = destination === null ? null : unseal(destination, letterSealedFor(id, "destination"));
  return to === null ? null : mask(channel, to);
}

const mask = (channel: ChannelName, to: string): string => (channel === "mail" ? maskEmail(to) : maskPhone(to));
