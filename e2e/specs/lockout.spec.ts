import { accountScreen } from "@/e2e/screens/account";
import { challengeScreen } from "@/e2e/screens/challenge";
import { loginScreen } from "@/e2e/screens/login";
import { codeNow } from "@/e2e/support/authenticator";
import { expect, test } from "@/e2e/support/fixtures";
import { type House, letCodesBeFresh, type Resident, secretOf } from "@/e2e/support/house";
import { keepWaiting } from "@/e2e/support/kept-waiting";

/** What strangers have done to this account in days: so many wrong passwords in a row, and an hour's wait from now on. */
async function afterWrongPasswords(house: House, { userId }: Resident, failures: number): Promise<void> {
  await house.sql("UPDATE users SET password_failures = $2 WHERE id = $1", [userId, failures]);
  await keepWaiting(house, { userId });
}

const noWait = (house: House, { userId }: Resident) =>
  house.sql("UPDATE buckets SET blocked_until = NULL WHERE key = 'password.untrusted:' || $1", [userId]);

/** As if four wrong current passwords had been typed in this person's session. */
const afterFourInSession = (house: House, { userId }: Resident) =>
  house.sql(
    `INSERT INTO buckets (key, fails, orphans, window_start, updated_at)
     SELECT 'password.session:' || id, 4, 0, now(), now() FROM sessions WHERE user_id = $1
     ON CONFLICT (key) DO UPDATE SET fails = 4, window_start = now()`,
    [userId],
  );

test("after ninety wrong passwords from elsewhere the owner is in on a known device, through both doors, and opens it to all", async ({
  page,
  person,
  house,
  anotherBrowser,
}) => {
  const ada = await person({ apps: 1 });
  const [login, challenge, account] = [loginScreen(page), challengeScreen(page), accountScreen(page)];
  await login.does.open();
  await login.does.logIn(ada);
  await challenge.does.typeCode(codeNow(secretOf(ada)));
  await account.sees.isHere();
  await account.does.logOut();

  await afterWrongPasswords(house, ada, 89);
  await noWait(house, ada);
  const elsewhere = await (await anotherBrowser()).newPage();
  await loginScreen(elsewhere).does.open();
  await loginScreen(elsewhere).does.logIn({ ...ada, password: "the ninetieth wrong one" });
  await loginScreen(elsewhere).sees.refusal(ada.email);
  await noWait(house, ada);
  await loginScreen(elsewhere).does.logIn(ada);
  await loginScreen(elsewhere).sees.refusal(ada.email);

  await letCodesBeFresh(house, ada);
  await login.does.logIn(ada);
  await challenge.does.typeCode(codeNow(secretOf(ada)));
  await account.sees.isHere();
  await noWait(house, ada);
  await loginScreen(elsewhere).does.logIn(ada);
  await challengeScreen(elsewhere).sees.isHere();
});

test("an owner without a factor is in the same way, while strangers wait", async ({ page, person, house }) => {
  const grace = await person();
  const [login, account] = [loginScreen(page), accountScreen(page)];
  await login.does.open();
  await login.does.logIn(grace);
  await account.sees.isHere();
  await account.does.logOut();
  await afterWrongPasswords(house, grace, 90);
  await login.does.logIn(grace);
  await account.sees.isHere();
});

test("so are two people at one browser, each after the other", async ({ page, person, house }) => {
  const people = [await person(), await person()];
  const [login, account] = [loginScreen(page), accountScreen(page)];
  await login.does.open();
  for (const round of ["first", "under attack"])
    for (const one of people) {
      if (round === "under attack") await afterWrongPasswords(house, one, 90);
      await login.does.logIn(one);
      await account.sees.isHere();
      await account.does.logOut();
    }
});

test("after a hundred wrong ones the owner who is in chooses a new password, and the fifth wrong one there logs out", async ({
  page,
  guest,
  house,
}) => {
  const alan = await guest({ apps: 1 });
  await afterWrongPasswords(house, alan, 100);
  const account = accountScreen(page);
  await account.does.open("/security/password");
  await account.does.changePassword(alan.password, "nine calm otters under a bridge");
  await account.sees.notice("Your password is changed.");
  await account.does.open("/security/password");
  await afterFourInSession(house, alan);
  await account.does.changePassword("not the password at all", "eleven slow trains to the sea");
  await expect(page).toHaveURL(/\/login\?over=password/);
  await loginScreen(page).sees.sentence("After five wrong ones you are logged out here");
});
