import { expect, test } from "vitest";
import { acceptInvitation } from "@/lib/account/accept-invitation";
import type { Ctx } from "@/lib/context/context";
import type { Language } from "@/lib/messages/words-shape";
import { invitePerson } from "@/lib/operator/invite-person";
import { completeSetup } from "@/lib/setup/complete-setup";
import { issueSetupLink } from "@/lib/setup/issue-setup-link";
import { openHouse } from "@/lib/testing/story";
import { makePerson, openSessionFor } from "@/lib/testing/test-context";

const house = openHouse();
const reading = (language: Language): Ctx => ({ ...house.ctx, now: house.ctx.now, language });
const password = "seven quiet herons at dusk";
const tokenIn = (link: string | null) => link?.split(/[/=]/).at(-1) ?? "";

const languageOf = async (userId: string) =>
  (await house.db.user.findUniqueOrThrow({ where: { id: userId } })).language;

test("the first administrator is written to in the language of the set-up", async () => {
  const token = tokenIn(await issueSetupLink(house.ctx));
  const person = { token, email: "ada@example.test", username: "", password };
  expect(await languageOf((await completeSetup(reading("zh"), person)).userId)).toBe("zh");
});

test("an invited person in the language in which they chose a password, not in the operator's", async () => {
  const invitation = { email: "grace@example.test", username: null, isAdmin: false, by: "cli" };
  const { userId, link } = await invitePerson(reading("en"), invitation);
  expect(await languageOf(userId)).toBeNull();
  await acceptInvitation(reading("zh"), { token: tokenIn(link), password });
  expect(await languageOf(userId)).toBe("zh");
});

test("everybody in the language of their last login", async () => {
  const person = await makePerson(house.ctx);
  for (const language of ["zh", "en"] as const) {
    await openSessionFor(reading(language), person);
    expect(await languageOf(person.userId)).toBe(language);
  }
});
