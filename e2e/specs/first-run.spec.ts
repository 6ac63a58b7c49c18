import { execFileSync } from "node:child_process";
import { accountScreen } from "@/e2e/screens/account";
import { challengeScreen } from "@/e2e/screens/challenge";
import { codesScreen } from "@/e2e/screens/codes";
import { enrolmentScreen } from "@/e2e/screens/enrolment";
import { firstAccountScreen } from "@/e2e/screens/first-account";
import { loginScreen } from "@/e2e/screens/login";
import { codeNow, codeOfStep } from "@/e2e/support/authenticator";
import { expect, test } from "@/e2e/support/fixtures";
import { withOwnPortal } from "@/e2e/support/own-portal";
import { userNameOf } from "@/e2e/support/password-managers";
import { ensure } from "@/lib/kernel/assert";

const ada = { email: "ada@example.test", username: "ada", password: "a bridge over nine calm otters" } as const;

test("our own authenticator agrees with the vectors of RFC 6238 and with oathtool where it is installed", () => {
  const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
  const times = [59, 1_111_111_109, 1_111_111_111, 1_234_567_890, 2_000_000_000];
  const codes = times.map((seconds) => codeOfStep(secret, Math.floor(seconds / 30)));
  expect(codes).toEqual(["287082", "081804", "050471", "005924", "279037"]);
  if (!isInstalled("oathtool")) return;
  const theirs = times.map((seconds) => execFileSync("oathtool", ["--totp", "-b", secret, "--now", `@${seconds}`]));
  expect(theirs.map((line) => line.toString().trim())).toEqual(codes);
});

test("first run: the link makes the first administrator, who binds an app and gets back in through both doors", async ({
  page,
}) => {
  await withOwnPortal({ settings: { SECOND_FACTOR_KINDS: "totp" } }, async (portal) => {
    const link = portal.setupLink;
    ensure(link, "a portal without accounts prints its set-up link");
    const [sentences = "", log = ""] = portal.output().split("Stop it with Ctrl-C.\n");
    expect(sentences, "neither a line of the log nor one of the framework's").not.toMatch(/^\{|next\.config|[✓▲○]/m);
    expect(log.split("\n").filter((line) => line !== "" && !line.startsWith('{"at":'))).toEqual([]);
    const setup = firstAccountScreen(page);
    await page.goto(`${portal.url}/setup`);
    await setup.sees.closed();
    await page.goto(link);
    await setup.does.createAccount({ ...ada, email: "ada at home", secret: ada.password });
    await setup.sees.sentence("An email address has an @ in it.");
    expect(await userNameOf(page)).toEqual(["ada at home"]); // a password manager keeps the one field that everybody has
    const password = page.getByLabel("Password", { exact: true });
    await expect(password).toHaveValue(ada.password); // nothing was wrong with it
    await setup.does.createAccount({ ...ada, secret: "ada@example.test" });
    await setup.sees.sentence("made of names");
    await expect(password).toHaveValue("");
    await expect(password).toHaveAttribute("aria-invalid", "true");
    await password.pressSequentially("a"); // from here on the sentence would be about what stands there no more
    await expect(page.getByRole("alert").filter({ hasText: /\S/ })).toHaveCount(0);
    await expect(password).toHaveAttribute("aria-invalid", "false");
    await setup.does.createAccount({ ...ada, secret: ada.password });
    const enrolment = enrolmentScreen(page);
    await expect(page).toHaveURL(/\/enrol\/totp$/); // nobody is asked to choose among one kind
    const secret = await enrolment.does.readSecret();
    await enrolment.does.confirm(codeNow(secret));
    const codes = codesScreen(page);
    await codes.sees.codes(10);
    await codes.does.save();
    const account = accountScreen(page);
    await account.sees.isHere();
    await account.does.logOut();

    await page.goto(link);
    await setup.sees.closed();
    await page.getByRole("link", { name: "Back to the login" }).click();
    await loginScreen(page).does.logIn({ ...ada }, ada.username);
    await challengeScreen(page).does.typeCode(codeNow(secret, 1));
    await account.sees.isHere();
  });
});

function isInstalled(program: string): boolean {
  try {
    execFileSync(program, ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false; // not on this machine: the vectors of the RFC have to do
  }
}
