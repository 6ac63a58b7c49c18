import type { Ctx } from "@/lib/context/context";
import { ensure } from "@/lib/kernel/assert";
import { seconds } from "@/lib/kernel/duration";
import { carryLetter } from "@/lib/letters/carry-letter";
import { takeLetters } from "@/lib/letters/store";
import { letterKinds } from "@/lib/notices/letter-kinds";
import { askForReset } from "@/lib/resets/ask-for-reset";
import { openReset } from "@/lib/resets/open-reset";
import { resetOrders } from "@/lib/resets/orders";
import { lettersOf } from "@/lib/testing/letters";
import type { House } from "@/lib/testing/story";
import { unlockOrders } from "@/lib/unlocks/orders";

const noWays = { mail: () => null, sms: () => null };
const orders = { ...resetOrders, ...unlockOrders };

/** The outbox worker looks once, two seconds later: what waits to be looked up becomes a letter, or nothing. Letters stay. */
export async function lookUp({ clock, ctx }: Pick<House, "clock" | "ctx">): Promise<void> {
  clock.move(seconds(2));
  const rows = await takeLetters(ctx, { lease: ctx.random.id(), room: { mail: 50, sms: 0 } });
  for (const row of rows) await carryLetter({ context: () => ctx, ways: noWays, kinds: letterKinds, orders }, row);
}

/** Somebody types a name at the page of a forgotten password, or (`app`) in an app, and the outbox worker looks it up. */
export async function forget(
  house: House,
  identifier: string,
  deviceToken: string | null = null,
  app: string | null = null,
): Promise<void> {
  await askForReset(house.stranger(), { identifier, deviceToken, app });
  await lookUp(house);
}

/** The tokens of the letters that wait for this person, oldest first. */
export async function resetTokens(ctx: Ctx, userId: string): Promise<readonly string[]> {
  return (await lettersOf(ctx, userId)).flatMap(({ facts }) => {
    const link = typeof facts === "object" && facts !== null && "link" in facts ? String(facts.link) : "";
    return /\/reset-password\/(.+)$/.exec(link)?.[1] ?? [];
  });
}

/** Forgets, gets the letter and presses its button: a reset that waits for the second factor, or for the password. */
export async function begunReset(
  house: House,
  person: { readonly userId: string; readonly email: string },
  { ctx = house.stranger(), deviceToken = null }: { readonly ctx?: Ctx; readonly deviceToken?: string | null } = {},
) {
  await forget(house, person.email);
  const token = (await resetTokens(house.ctx, person.userId)).at(-1);
  ensure(token, "a letter with a link was written");
  return { token, ...(await openReset(ctx, { token, deviceToken })) };
}
