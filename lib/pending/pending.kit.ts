import { carryAll } from "@/lib/letters/letters.kit";
import { askForChange } from "@/lib/pending/ask-for-change";
import { beginWaits } from "@/lib/pending/begin-waits";
import { type DueWork, doDue } from "@/lib/pending/do-due";
import type { Actor } from "@/lib/sessions/acting-session";
import { sortingOffice } from "@/lib/testing/letters/sorting-office";
import type { House } from "@/lib/testing/story";
import { makePerson, openSessionFor, type TestPerson, withTotp } from "@/lib/testing/test-context";

/** Somebody in a session, with an authenticator app. */
export type Someone = { readonly person: TestPerson; readonly factorId: string; readonly actor: Actor };

export async function someone({ ctx }: House): Promise<Someone> {
  const person = await makePerson(ctx);
  const app = await withTotp(ctx, person);
  const { actor } = await openSessionFor(ctx, person);
  return { person, factorId: app.factorId, actor };
}

export const askToRemove = ({ ctx }: House, { actor, factorId }: Pick<Someone, "actor" | "factorId">) =>
  askForChange(ctx, actor, "factor.remove", { factorIds: [factorId] });

export const changesOf = ({ db }: House, userId: string) =>
  db.pendingChange.findMany({ where: { userId }, orderBy: { askedAt: "asc" } });

/** The newest of them. */
export const lastChange = async (house: House, userId: string) => (await changesOf(house, userId)).at(-1);

/** The letters leave; where, and whether they arrive, is said by `office`. */
export const carry = ({ ctx }: House, office = sortingOffice()) => carryAll(ctx, office.ways);

/** As a portal that lives, where a fault of ours is one of the test. */
export const strictly: DueWork = {
  mayDecide: () => true,
  onFault: (fault) => {
    throw fault;
  },
};

/** The runner looks once: what has left begins its wait, and what is due is done. */
export async function look({ ctx }: House, work = strictly): Promise<void> {
  await beginWaits(ctx, work);
  await doDue(ctx, work);
}
