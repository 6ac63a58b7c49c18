import "@/lib/testing/cheap-hashing";
import { inTransaction } from "@/lib/context/context";
import { blindIndex } from "@/lib/crypto/index-keys";
import { openLetter } from "@/lib/letters/open-letter";
import { askForReset } from "@/lib/resets/ask-for-reset";
import { openReset } from "@/lib/resets/open-reset";
import { resetOrderKind } from "@/lib/resets/reset-order";
import { sendResetLetter } from "@/lib/resets/send-reset-letter";
import { at, type Room, sendFirst } from "@/lib/testing/histories/house/room";
import { type Said, said } from "@/lib/testing/histories/model/said";
import type { Cookies } from "@/lib/testing/histories/world";

/** Somebody asks for a letter in this browser, the outbox worker looks their name up, and they press the letter's button, in one moment. */
export async function reset(room: Room, browser: Cookies, who: number): Promise<Said> {
  const ctx = at(room, browser);
  const { userId = "", email = "" } = room.world.people[who] ?? {};
  await askForReset(ctx, { identifier: email, deviceToken: browser.device, app: null });
  await lookUp(room, email);
  const letter = await newestLetter(room, userId);
  if (letter === null) return said("no letter");
  if (letter.kind === "reset.operator") return said("operator");
  const { pass, next } = await openReset(ctx, { token: letter.token, deviceToken: browser.device });
  browser.pass = pass;
  if (next === "answer") await sendFirst(ctx, pass, null);
  return said(next);
}

/** This person's order alone: other histories have theirs. */
async function lookUp({ ctx }: Room, email: string): Promise<void> {
  const address = blindIndex("mac:address", ["mail", email]);
  for (const row of await ctx.db.letter.findMany({ where: { kind: resetOrderKind, address } })) {
    await ctx.db.letter.delete({ where: { id: row.id } });
    const order = openLetter(row);
    if (order !== null) await inTransaction(ctx, (tx) => sendResetLetter(tx, order));
  }
}

/** What was written just now, if anything was. */
async function newestLetter({ ctx, world }: Room, userId: string) {
  const row = await ctx.db.letter.findFirst({
    where: { userId, kind: { in: ["reset.link", "reset.operator"] }, seq: { gt: world.lastLetter } },
    orderBy: { seq: "desc" },
  });
  const facts = row && openLetter(row)?.facts;
  if (!row || typeof facts !== "object" || facts === null) return null;
  const link = "link" in facts ? String(facts.link) : "";
  return { kind: row.kind, token: link.split("/").at(-1) ?? "" };
}
