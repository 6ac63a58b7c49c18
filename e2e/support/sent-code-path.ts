import { expect, type Page } from "@playwright/test";
import { accountScreen } from "@/e2e/screens/account";
import { challengeScreen } from "@/e2e/screens/challenge";
import { codesScreen } from "@/e2e/screens/codes";
import { enrolmentScreen } from "@/e2e/screens/enrolment";
import { loginScreen } from "@/e2e/screens/login";
import type { ScreenWords } from "@/e2e/screens/words";
import { expectUnsaid, hearAnswers } from "@/e2e/support/answers";
import type { House, Resident } from "@/e2e/support/house";
import { codesTo, codeTo, wrongDigits } from "@/e2e/support/mailbox";

/** A place where codes arrive: as it is typed, as the portal writes to it, as its pages show it. */
export type Place = { readonly typed: string; readonly to: string; readonly masked: string };

/** `+12025550107`, typed as people of that country write it. */
export const numberAs = (to: string): Place => ({
  to,
  typed: `(${to.slice(2, 5)}) ${to.slice(5, 8)}-${to.slice(8)}`,
  masked: `+1 ••• ${to.slice(-3)}`,
});

/** An address, typed with capitals and a space at its end. */
export const addressAs = (to: string): Place => ({
  to,
  typed: `${to.toUpperCase()} `,
  masked: `${to.slice(0, 1)}•••${to.slice(to.indexOf("@"))}`,
});

type Journey = {
  readonly house: House;
  readonly person: Resident;
  readonly words: ScreenWords;
  readonly scripts: boolean;
  readonly kind: "sms" | "email";
  readonly place: Place;
};

/**
 * Binds a number or an address in the settings, with one wrong code before the right one, saves the recovery codes, logs out and comes
 * back in with a sent code, again after a wrong one. By any language, with and without scripts. No answer on this way has said a code that was sent.
 */
export async function walkTheSentCodePath(page: Page, journey: Journey): Promise<void> {
  const { words, person, kind, place, house, scripts } = journey;
  const account = accountScreen(page, words);
  const answers = await hearAnswers(page);
  await account.does.open();
  await account.does.add(kind === "sms" ? words.kindSms : words.kindEmail);
  await giveAndProve(page, journey);
  await account.sees.isHere();
  await account.sees.text(place.masked);
  await account.does.logOut();

  await loginScreen(page, words).does.logIn(person);
  const challenge = challengeScreen(page, words);
  await challenge.sees.sentTo(place.masked);
  const code = await codeTo(house, place.to, 2);
  await challenge.does.answer(wrongDigits(code), { scripts });
  await challenge.sees.sentence(kind === "sms" ? words.wrongSms : words.wrongEmail);
  await expect(page.getByLabel(words.code, { exact: true })).toHaveValue("");
  await challenge.does.answer(code, { scripts });
  await account.sees.isHere();
  expectUnsaid(await answers(), await codesTo(house, place.to), place.masked);
}

/** Gives the place, proves it with the first code that arrives there, and saves the recovery codes. */
export async function giveAndProve(page: Page, journey: Omit<Journey, "person" | "scripts">): Promise<void> {
  const { words, kind, place, house } = journey;
  const enrolment = enrolmentScreen(page, words);
  const give = kind === "sms" ? enrolment.does.giveNumber : enrolment.does.giveAddress;
  await give("certainly not");
  await expect(page.getByRole("alert").filter({ hasText: /\S/ })).toBeVisible();
  await expect(page.getByLabel(kind === "sms" ? words.number : words.address)).toHaveValue("certainly not");
  await give(place.typed);
  await enrolment.sees.sentTo(place.masked);
  const code = await codeTo(house, place.to);
  await enrolment.does.confirm(wrongDigits(code));
  await enrolment.sees.sentence(kind === "sms" ? words.wrongSms : words.wrongEmail);
  await enrolment.does.confirm(code);
  const codes = codesScreen(page, words);
  await codes.sees.codes(10);
  await codes.does.save();
}
