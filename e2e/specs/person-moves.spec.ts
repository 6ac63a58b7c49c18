import { accountScreen } from "@/e2e/screens/account";
import { challengeScreen } from "@/e2e/screens/challenge";
import { codesScreen } from "@/e2e/screens/codes";
import { enrolmentScreen } from "@/e2e/screens/enrolment";
import { loginScreen } from "@/e2e/screens/login";
import { resetScreen } from "@/e2e/screens/reset";
import { english } from "@/e2e/screens/words";
import { codeNow } from "@/e2e/support/authenticator";
import { letIn } from "@/e2e/support/entry";
import { expect, test } from "@/e2e/support/fixtures";
import { lettersTo, resetPathTo } from "@/e2e/support/mailbox";
import { expectNoTokenReadable } from "@/e2e/support/readable";

const password = "nine calm otters under a bridge";

/** What slow hands need, in seconds. */
const hands = { press: 2, typeName: 8, findLetter: 15, copyFromPaper: 20, thinkOfPassword: 15, logIn: 15 } as const;

/** A clock over somebody: what they wait for, as it is, and what they do, as slow hands do it. */
function clockOver() {
  const began = Date.now();
  let worked = 0;
  return {
    does: async (what: keyof typeof hands, act: () => Promise<unknown>) => {
      worked += hands[what];
      await act();
    },
    seconds: () => worked + (Date.now() - began) / 1_000,
  };
}

test("a person moves: the password is forgotten, the phone is lost, the codes are on paper; in two minutes they are in, told of everything, and no page has shown a token to scripts", async ({
  page,
  context,
  house,
  person,
  anotherBrowser,
}) => {
  const grace = await person({ apps: 1, codes: true });
  const left = await anotherBrowser();
  await letIn(house, left, grace); // on the computer that stays behind
  const [reset, challenge, account] = [resetScreen(page), challengeScreen(page), accountScreen(page)];
  await loginScreen(page).does.open();
  const clock = clockOver();
  await clock.does("press", () => page.getByRole("link", { name: english.forgot }).click());
  await clock.does("typeName", () => reset.does.ask(grace.email));
  await reset.sees.asked();
  await clock.does("findLetter", async () => page.goto(await resetPathTo(house, grace.email)));
  const link = page.url().split("/").at(-1) ?? "";
  await clock.does("press", reset.does.goOn);
  await clock.does("press", challenge.does.chooseAnotherWay);
  await clock.does("press", challenge.does.chooseRecovery);
  await clock.does("copyFromPaper", () => challenge.does.sendRecoveryCode(grace.codes[0] ?? ""));
  await clock.does("thinkOfPassword", () => reset.does.choose(password));
  await reset.sees.isSet();
  await expectNoTokenReadable(page, context, [link]);
  await clock.does("logIn", () => loginScreen(page).does.logIn({ email: grace.email, password }));
  await account.sees.isHere();
  expect(clock.seconds()).toBeLessThan(120);
  await account.sees.text("A new recovery code waits until you have saved it.");
  await page.getByRole("link", { name: "Show and save" }).click();
  await codesScreen(page).sees.codes(1);
  await codesScreen(page).does.save();
  await account.sees.isHere();
  await account.does.open(`/security/factors/${grace.factorIds[0]}`);
  await page.getByRole("button", { name: english.replace }).click();
  const enrolment = enrolmentScreen(page);
  await enrolment.does.confirm(codeNow(await enrolment.does.readSecret()));
  await account.sees.isHere();
  await account.sees.text("you have 10 recovery codes.");
  await expectNoTokenReadable(page, context, [link]);
  const elsewhere = await left.newPage();
  await elsewhere.goto("/security");
  await loginScreen(elsewhere).sees.isHere();
  const subjects = async () => (await lettersTo(house, grace.email)).map(({ subject }) => subject).sort();
  await expect
    .poll(subjects)
    .toEqual([
      "A factor was added to your account",
      "A new device logged in to your account",
      "A new password was set for your account",
      "A recovery code was used",
      "Choose a new password",
    ]);
});
