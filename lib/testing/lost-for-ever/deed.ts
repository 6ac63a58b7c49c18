import type { Ctx } from "@/lib/context/context";
import { ensure } from "@/lib/kernel/assert";
import { lettersOf } from "@/lib/testing/letters";
import type { House } from "@/lib/testing/story";
import { makePerson, openSessionFor } from "@/lib/testing/test-context";

/** Where deeds are made ready, and who does them: on connections of their own, so that none waits for another's. */
export type Scene = { readonly house: House; readonly owner: () => Ctx; readonly stranger: () => Ctx };

/** Made ready while all is well; then to be done. */
export type Deed = (scene: Scene) => Promise<() => Promise<unknown>>;

/** Somebody who is in. */
export async function guest({ house }: Scene) {
  const person = await makePerson(house.ctx);
  return { person, ...(await openSessionFor(house.ctx, person)) };
}

/** The token at the end of a link. */
export const tokenOf = (link: string): string => link.split(/[/=]/).at(-1) ?? "";

/** The token in the newest letter of a kind. */
export async function tokenIn({ ctx }: House, userId: string, kind: string): Promise<string> {
  const facts = (await lettersOf(ctx, userId)).findLast((letter) => letter.kind === kind)?.facts;
  const link = typeof facts === "object" && facts !== null && "link" in facts ? facts.link : null;
  ensure(typeof link === "string", `a letter ${kind} with a link was written`);
  return tokenOf(link);
}
