import { accountScreen } from "@/e2e/screens/account";
import { challengeScreen } from "@/e2e/screens/challenge";
import { loginScreen } from "@/e2e/screens/login";
import { expect, test } from "@/e2e/support/fixtures";
import { isHeardAs } from "@/e2e/support/heard";

test("somebody without a factor logs in with their e-mail address", async ({ page, person }) => {
  const grace = await person();
  const login = loginScreen(page);
  await login.does.open();
  await login.sees.isHere();
  await login.does.logIn(grace);
  await accountScreen(page).sees.isHere();
});

test("the user name does as well, in any case and with spaces around it", async ({ page, person }) => {
  const username = `ada.${Date.now().toString(36)}`;
  const ada = await person({ username });
  const login = loginScreen(page);
  await login.does.open();
  await login.does.logIn(ada, `  ${username.toUpperCase()} `);
  await accountScreen(page).sees.isHere();
});

test("a wrong password and an unknown name read the same, and the name stays", async ({ page, person }) => {
  const alan = await person({ apps: 1 });
  const login = loginScreen(page);
  await login.does.open();
  const seen = [];
  for (const name of [alan.email, `nobody-${alan.email}`]) {
    await login.does.logIn({ email: name, password: "not the password at all" });
    await login.sees.refusal(name);
    seen.push((await page.getByRole("main").innerText()).replaceAll(name, "NAME"));
  }
  expect(seen[0]).toBe(seen[1]);
  await isHeardAs(
    page,
    'heading "Log in" [level=1]',
    'textbox "Email, username or phone"',
    'textbox "Password" [invalid]',
    "alert: /not right/",
    'checkbox "Others use this computer too"',
    'button "Log in"',
    'link "Forgot your password?"',
    'link "Create an account"',
  );
});

test("after a logout the login says so, and no longer after the next try", async ({ page, guest }) => {
  const katherine = await guest();
  const account = accountScreen(page);
  await account.does.open();
  await account.does.logOut();
  await expect(page.getByText("You are logged out.")).toBeVisible();
  const login = loginScreen(page);
  await login.does.logIn({ ...katherine, password: "not the password at all" });
  await login.sees.refusal(katherine.email);
  await expect(page.getByText("You are logged out.")).toBeHidden();
});

test("after four wrong passwords the next one has to wait, and the sentence says how long", async ({
  page,
  person,
}) => {
  const hedy = await person();
  const login = loginScreen(page);
  await login.does.open();
  for (let round = 1; round <= 5; round += 1) {
    await login.does.logIn({ ...hedy, password: `wrong password ${round}` });
    await login.sees.refusal(hedy.email);
  }
  await login.does.logIn(hedy);
  await login.sees.sentence(/Please wait \d+ second/);
});

test("with a factor the password alone leads to the second door and nowhere else", async ({ page, person }) => {
  const grace = await person({ apps: 1 });
  const login = loginScreen(page);
  await login.does.open();
  await login.does.logIn(grace);
  await challengeScreen(page).sees.isHere();
  await page.goto("/security");
  await login.sees.isHere();
});

test("somebody who is logged in already is not asked again", async ({ page, guest }) => {
  await guest();
  await page.goto("/login");
  await accountScreen(page).sees.isHere();
  await page.goto("/");
  await accountScreen(page).sees.isHere();
});
