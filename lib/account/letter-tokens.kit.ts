import { prove, revertTokenTo, someMailbox } from "@/lib/account/contacts/contacts.kit";
import { minutes } from "@/lib/kernel/duration";
import { type AlarmKind, newAlarmLink } from "@/lib/links/alarm-link";
import { newRegistrationLink } from "@/lib/links/registration-link";
import { inviteAgain } from "@/lib/operator/invite-person";
import { askForChange } from "@/lib/pending/ask-for-change";
import type { Actor } from "@/lib/sessions/acting-session";
import { lettersOf } from "@/lib/testing/letters";
import { forget, resetTokens } from "@/lib/testing/resets";
import type { House } from "@/lib/testing/story";
import { makePerson, openSessionFor, type TestPerson, withTotp } from "@/lib/testing/test-context";
import { askedUnlock } from "@/lib/unlocks/unlocks.kit";

/** Somebody with an authenticator app, whose login e-mail was changed a minute ago, in a session of theirs. */
export type Owner = { readonly person: TestPerson; readonly actor: Actor; readonly old: string };

export async function someone(house: House): Promise<Owner> {
  const before = await makePerson(house.ctx);
  await withTotp(house.ctx, before);
  house.clock.move(minutes(1));
  const email = someMailbox(house.ctx);
  await prove(house.ctx, (await openSessionFor(house.ctx, before)).actor, "login", email);
  house.clock.move(minutes(1));
  const person = { ...before, email };
  const { actor } = await openSessionFor(house.ctx, person);
  return { person, actor, old: before.email };
}

export const tokenOf = (link: string): string => /[a-z]{3}_[\w-]{43}$/.exec(link)?.[0] ?? "";

/** The tokens in the letters that somebody can get, each by the way on which they get it. */
export const letterTokens = (house: House) => ({
  reset: async ({ person }: Owner) => {
    await forget(house, person.email);
    return (await resetTokens(house.ctx, person.userId)).at(-1) ?? "";
  },
  invitation: async ({ person: { userId } }: Owner) =>
    tokenOf((await inviteAgain(house.ctx, { userId, by: "cli" }))?.link ?? ""),
  unlock: async ({ person }: Owner) => (await askedUnlock(house, person.email, person.userId)).token,
  veto: async ({ person: { userId }, actor }: Owner) => {
    await askForChange(house.ctx, actor, "data.download", {});
    const facts = (await lettersOf(house.ctx, userId)).findLast(({ kind }) => kind === "change.waits")?.facts;
    return tokenOf(typeof facts === "object" && facts !== null && "link" in facts ? String(facts.link) : "");
  },
  alarm: async ({ person: { userId } }: Owner, kind: AlarmKind = "second_step.wrong") =>
    tokenOf(await newAlarmLink(house.ctx, { kind, userId, challengeId: null })),
  revert: ({ person: { userId }, old }: Owner) => revertTokenTo(house.ctx, userId, old),
  registration: async () => tokenOf(await newRegistrationLink(house.ctx, someMailbox(house.ctx))),
});
