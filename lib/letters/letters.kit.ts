import type { Ctx } from "@/lib/context/context";
import { carryLetter, type WaysOut } from "@/lib/letters/carry-letter";
import type { NewLetter } from "@/lib/letters/letter";
import { takeLetters } from "@/lib/letters/store";
import { letterKinds } from "@/lib/notices/letter-kinds";
import type { Hour } from "@/lib/portals/right-hour";

/** Settings under which letters of both channels may leave. */
export const bothChannels = {
  DEV_TOOLS: "true",
  MAIL_CHANNEL: "mailbox",
  SMS_CHANNEL: "mailbox",
  SMS_COUNTRIES: "GB",
} as const;

/** The hour of a portal whose clock and database agree, with nobody who watches them. */
export const agreedHour = (context: Hour["context"]): Hour => ({
  context,
  databaseClock: async () => context().now,
  mayDecide: () => true,
});

/** What a test may choose of a letter. */
type Wishes = { readonly userId: string | null } & Partial<
  Pick<NewLetter, "channel" | "to" | "language" | "urgent" | "expiresAt" | "notBefore" | "id">
>;

const facts = { at: "2030-01-07T09:00:00.000Z", ip: "192.0.2.1", agent: "" };

/** A notice that says `left` codes are left, by which a test knows it again. */
export function aNotice(left: number, wishes: Wishes): NewLetter {
  return {
    channel: "mail",
    to: "ada@example.test",
    language: "en",
    ...wishes,
    kind: "recovery.used",
    facts: { ...facts, left },
  };
}

/** A code that somebody waits for. */
export function aCode(code: string, wishes: Wishes): NewLetter {
  const words = { kind: "code.login", facts: { code, minutes: 5 } } as const;
  return { channel: "sms", to: "+447400123456", language: "en", urgent: true, ...wishes, ...words };
}

/** Carries whatever can be carried now, one look after the other, until nothing is left to take. Out: the number of letters carried. */
export async function carryAll(ctx: Ctx, ways: WaysOut): Promise<number> {
  for (let carried = 0; ; ) {
    const rows = await takeLetters(ctx, { lease: ctx.random.id(), room: { mail: 5, sms: 5 } });
    if (rows.length === 0) return carried;
    await Promise.all(rows.map((row) => carryLetter({ context: () => ctx, ways, kinds: letterKinds }, row)));
    carried += rows.length;
  }
}
