import type { Page } from "@playwright/test";
import { accountScreen } from "@/e2e/screens/account";
import { challengeScreen } from "@/e2e/screens/challenge";
import { codesScreen } from "@/e2e/screens/codes";
import { enrolmentScreen } from "@/e2e/screens/enrolment";
import { firstAccountScreen } from "@/e2e/screens/first-account";
import { loginScreen } from "@/e2e/screens/login";
import type { ScreenWords } from "@/e2e/screens/words";
import { codeNow, wrongCode } from "@/e2e/support/authenticator";

type Journey = {
  readonly email: string;
  readonly link: string;
  readonly words: ScreenWords;
  readonly scripts: boolean;
};

const password = "nine calm otters under a bridge";

/**
 * The main job in one go, by any language and with or without scripts: take up an invitation, bind an app, log out,
 * back in through both doors, a recovery code once, refused twice.
 */
export async function walkTheMainPath(page: Page, { email, link, words, scripts }: Journey): Promise<void> {
  const account = accountScreen(page, words);
  await page.goto(link);
  await firstAccountScreen(page, words).does.choosePassword(password);
  await account.sees.isHere();
  const { secret, spent, codes } = await bindAnApp(page, words);
  await account.does.logOut();

  const person = { email, password };
  const login = loginScreen(page, words);
  await login.sees.isHere();
  await login.does.logIn({ email, password: "not the password at all" });
  await login.sees.refusal(email);
  await login.does.logIn(person);
  const challenge = challengeScreen(page, words);
  const send = scripts ? challenge.does.typeCode : challenge.does.sendCode;
  await send(spent);
  await challenge.sees.usedCode();
  await send(wrongCode(secret));
  await challenge.sees.wrongCode();
  await send(codeNow(secret, 1));
  await account.sees.isHere();
  await account.does.logOut();
  await spendRecoveryCode(page, words, person, codes[0] ?? "");
}

async function bindAnApp(page: Page, words: ScreenWords) {
  await accountScreen(page, words).does.addApp();
  const enrolment = enrolmentScreen(page, words);
  await enrolment.sees.isHere();
  await enrolment.sees.qr();
  const secret = await enrolment.does.readSecret();
  await enrolment.does.confirm(wrongCode(secret));
  await enrolment.sees.sentence(words.wrongCode);
  const spent = codeNow(secret);
  await enrolment.does.confirm(spent);
  const sheet = codesScreen(page, words);
  await sheet.sees.codes(10);
  const codes = await sheet.does.read();
  await sheet.does.save();
  await accountScreen(page, words).sees.isHere();
  return { secret, spent, codes };
}

type Credentials = { readonly email: string; readonly password: string };

async function spendRecoveryCode(page: Page, words: ScreenWords, person: Credentials, code: string) {
  const challenge = challengeScreen(page, words);
  for (const round of ["first", "second"]) {
    await loginScreen(page, words).does.logIn(person);
    await challenge.does.chooseAnotherWay();
    await challenge.does.chooseRecovery();
    await challenge.does.sendRecoveryCode(code);
    if (round === "second") return challenge.sees.wrongRecoveryCode();
    await codesScreen(page, words).sees.codes(1);
    await codesScreen(page, words).does.save();
    await accountScreen(page, words).sees.isHere();
    await accountScreen(page, words).sees.text(words.tenCodes);
    await accountScreen(page, words).does.logOut();
  }
}
