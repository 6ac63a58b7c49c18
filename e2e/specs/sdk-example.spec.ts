import { spawn } from "node:child_process";
import type { Page } from "@playwright/test";
import axeCore from "axe-core";
import { codeNow, wrongCode } from "@/e2e/support/authenticator";
import { expect } from "@/e2e/support/fixtures";
import { type House, letCodesBeFresh, type Resident, secretOf } from "@/e2e/support/house";
import { codeTo, someNumber } from "@/e2e/support/mailbox";
import { registerApp } from "@/e2e/support/sdk/apps";
import { test as base } from "@/e2e/support/sdk/fixtures";
import { demandFactorOf } from "@/e2e/support/send-times";

/** The example of the documents, started as its README says. */
async function startExample(house: House): Promise<{ readonly url: string; readonly stop: () => void }> {
  const id = house.ctx.random.bytes(12).toString("hex");
  const server = "docs/examples/two-doors/server.mjs";
  const args = [server, "--portal", house.url, "--app", id, "--port", "0"];
  const child = spawn(process.execPath, args, { cwd: `${import.meta.dirname}/../..` });
  const said = await new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding("utf8").once("data", resolve);
    child.once("exit", (code) => reject(new Error(`The example ended with ${code}.`)));
  });
  const url = said.match(/http:\/\/localhost:\d+/)?.[0] ?? "";
  await registerApp(house, { id, origins: [url] });
  return { url, stop: () => void child.kill() };
}

const test = base.extend<{ readonly example: string }>({
  example: async ({ house }, use) => {
    const { url, stop } = await startExample(house);
    await use(url);
    stop();
  },
});

// what Playwright adds to every request, browsers would ask the portal about first: all of this comes from this machine
test.use({ extraHTTPHeaders: {} });

async function logIn(page: Page, { email, password }: Resident) {
  await page.getByLabel("Email, username or phone").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Log in" }).click();
}

async function verify(page: Page, code: string) {
  await page.getByRole("textbox", { name: "Code" }).fill(code);
  await page.getByRole("button", { name: "Verify" }).click();
}

/** What axe finds on the page as it is now. */
async function barriersOf(page: Page): Promise<readonly string[]> {
  await page.evaluate(axeCore.source);
  const { violations } = await page.evaluate<{ violations: { id: string }[] }>("axe.run()");
  return violations.map(({ id }) => id);
}

const isIn = (page: Page) => expect(page.getByRole("heading", { name: "You are logged in" })).toBeFocused();

test("the example logs in with an app, stays logged in, logs out, and takes a recovery code", async ({
  page,
  house,
  person,
  example,
}) => {
  const ada = await person({ apps: 1, codes: true });
  await page.goto(example);
  await logIn(page, { ...ada, password: "not the password at all" });
  await expect(page.getByRole("alert")).toContainText("name or password is not right");
  await logIn(page, ada);
  await expect(page.getByRole("heading", { name: "Confirm it's you" })).toBeFocused();
  expect(await barriersOf(page)).toEqual([]);
  await verify(page, wrongCode(secretOf(ada)));
  await expect(page.getByRole("alert")).toContainText("That code is not right.");
  await verify(page, codeNow(secretOf(ada)));
  await isIn(page);
  await page.reload();
  await expect(page.getByText(ada.email)).toBeVisible();
  await page.getByRole("button", { name: "Log out" }).click();
  await expect(page.getByRole("heading", { name: "Log in" })).toBeFocused();
  expect(await house.sql("SELECT 1 FROM sessions WHERE user_id = $1", [ada.userId])).toEqual([]);
  await logIn(page, ada);
  await page.getByLabel("Recovery code").check();
  await verify(page, ada.codes[0] ?? "");
  await isIn(page);
  await expect(page.getByText("Keep this one instead")).toBeVisible();
});

test("the example binds an app during a login that demands one", async ({ page, house, person, example }) => {
  const grace = await person();
  await demandFactorOf(house, grace);
  await page.goto(example);
  await logIn(page, grace);
  await expect(page.getByRole("img", { name: "QR" })).toBeVisible();
  expect(await barriersOf(page)).toEqual([]);
  const secret = await page.getByRole("code").first().innerText();
  await verify(page, codeNow(secret));
  await isIn(page);
  await page.getByRole("button", { name: "Log out" }).click();
  await letCodesBeFresh(house, grace);
  await logIn(page, grace);
  await verify(page, codeNow(secret));
  await isIn(page);
});

test.describe("in Chinese", () => {
  test.use({ locale: "zh-CN" });

  test("the example logs in with a code by text message", async ({ page, house, person, example }) => {
    const number = someNumber();
    const alan = await person({ phones: [number] });
    await page.goto(example);
    await page.getByLabel("邮箱、用户名或手机号").fill(alan.email);
    await page.getByLabel("密码").fill(alan.password);
    await page.getByRole("button", { name: "登录" }).click();
    await page.getByRole("button", { name: "发送验证码" }).click();
    await page.getByRole("textbox", { name: "验证码" }).fill(await codeTo(house, number));
    await page.getByRole("button", { name: "验证", exact: true }).click();
    await expect(page.getByRole("heading", { name: "您已登录" })).toBeFocused();
  });
});
