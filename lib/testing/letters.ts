import type { Ctx } from "@/lib/context/context";
import { ensure } from "@/lib/kernel/assert";
import { type OpenLetter, openLetter } from "@/lib/letters/open-letter";

/** The settings of a house that sends codes by both channels, into the mailbox of development. */
export const sendingSettings = {
  DEV_TOOLS: "true",
  MAIL_CHANNEL: "mailbox",
  SMS_CHANNEL: "mailbox",
  SMS_COUNTRIES: "US,GB,DE,CN",
  PHONE_REGION: "US",
  SECOND_FACTOR_KINDS: "totp,sms,email",
} as const;

export type WaitingLetter = OpenLetter & { readonly channel: string };

/** Somebody's letters that wait for the outbox worker, oldest first, with their seals open. */
export async function lettersOf(ctx: Ctx, userId: string): Promise<readonly WaitingLetter[]> {
  const rows = await ctx.db.letter.findMany({
    where: { userId, sentAt: null },
    orderBy: [{ createdAt: "asc" }, { seq: "asc" }],
  });
  return rows.map((row) => {
    const open = openLetter(row);
    ensure(open, `letter ${row.id} opens`);
    return { ...open, channel: row.channel };
  });
}

/** The code in the newest letter that has one. */
export async function lastCode(ctx: Ctx, userId: string): Promise<string> {
  const codes = (await lettersOf(ctx, userId)).flatMap(({ facts }) => {
    const code = typeof facts === "object" && facts !== null && "code" in facts ? facts.code : null;
    return typeof code === "string" ? [code] : [];
  });
  const code = codes.at(-1);
  ensure(code, "a code was sent");
  return code;
}

/** A letter as it waits: what for, for whom and when, without its seals. */
export async function letterRows(ctx: Ctx, userId: string) {
  return ctx.db.letter.findMany({
    where: { userId },
    orderBy: [{ createdAt: "asc" }, { seq: "asc" }],
    select: {
      id: true,
      kind: true,
      channel: true,
      address: true,
      notBefore: true,
      repeats: true,
      destination: true,
      content: true,
      language: true,
    },
  });
}
