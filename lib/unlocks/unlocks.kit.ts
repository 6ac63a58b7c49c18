import * as z from "zod";
import { seconds } from "@/lib/kernel/duration";
import { carryLetter } from "@/lib/letters/carry-letter";
import { takeLetters } from "@/lib/letters/store";
import { letterKinds } from "@/lib/notices/letter-kinds";
import { lettersOf } from "@/lib/testing/letters";
import type { House } from "@/lib/testing/story";
import { askForUnlock } from "@/lib/unlocks/ask-for-unlock";
import { unlockOrders } from "@/lib/unlocks/orders";

const noLetter = { code: "", link: "" } as const;
const noWays = { mail: () => null, sms: () => null };

/**
 * Somebody types a name in a browser, and the outbox worker looks it up. Out: what the browser keeps, what the letter says (nothing, where none was written), and the mailboxes
 * that letters of this went to.
 */
export async function askedUnlock(house: House, name: string, userId: string) {
  const { ctx } = house;
  const before = (await lettersOf(ctx, userId)).length;
  const waitToken = await askForUnlock(house.stranger(), { identifier: name });
  house.clock.move(seconds(2));
  for (const row of await takeLetters(ctx, { lease: ctx.random.id(), room: { mail: 50, sms: 0 } }))
    await carryLetter({ context: () => ctx, ways: noWays, kinds: letterKinds, orders: unlockOrders }, row);
  const letters = (await lettersOf(ctx, userId)).slice(before).filter(({ kind }) => kind === "unlock.link");
  const facts = z.object({ code: z.string(), link: z.string() }).safeParse(letters[0]?.facts).data ?? noLetter;
  return { waitToken, code: facts.code, token: facts.link.split("/").at(-1) ?? "", to: letters.map(({ to }) => to) };
}
