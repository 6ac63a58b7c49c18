import { claimLogin } from "@/lib/challenge/claim-login";
import type { Ctx } from "@/lib/context/context";
import { letterRows } from "@/lib/testing/letters";
import { atSecondDoor, type House } from "@/lib/testing/story";
import { type TestPerson, testContext } from "@/lib/testing/test-context";

/** What stories about notices at the doors ask again and again. */
export const doorsOf = (house: House) => ({
  /** The kinds of a person's letters, in their order. */
  kinds: async ({ userId }: TestPerson) => (await letterRows(house.ctx, userId)).map(({ kind }) => kind),
  /** Somebody at a browser of this name. */
  at: (agent: string): Ctx => testContext({ db: house.db, clock: house.clock, agent }),
  /** A login that needs no second step. */
  enter: async (ctx: Ctx, { userId }: TestPerson) => claimLogin(ctx, await atSecondDoor(ctx, userId)),
});
