import type { Browser, Page } from "@playwright/test";
import { accountScreen } from "@/e2e/screens/account";
import { challengeScreen } from "@/e2e/screens/challenge";
import { loginScreen } from "@/e2e/screens/login";
import { expect, test } from "@/e2e/support/fixtures";
import { moveIn, openHouse, type Resident } from "@/e2e/support/house";
import { someAddress, someNumber } from "@/e2e/support/mailbox";
import { withOwnPortal } from "@/e2e/support/own-portal";
import { gatewaySecret, startGatewayStandIn } from "@/lib/testing/stand-ins/gateway-stand-in";
import { startResendStandIn } from "@/lib/testing/stand-ins/resend-stand-in";
import { startSmtpSink } from "@/lib/testing/stand-ins/smtp-sink";
import { startTwilioStandIn, twilioAccount } from "@/lib/testing/stand-ins/twilio-stand-in";

type Story = { readonly page: Page; readonly alan: Resident; readonly number: string; readonly address: string };

type Channels = {
  readonly settings: Readonly<Record<string, string>>;
  readonly standIns: readonly { close(): Promise<void> }[];
};

/** Alan, with a number and an address, before a portal whose letters leave by these channels. The stand-ins are closed whatever becomes of the story. */
async function beforePortal(browser: Browser, { settings, standIns }: Channels, tell: (story: Story) => Promise<void>) {
  const told = atPortal(browser, settings, tell);
  await told.finally(() => Promise.all(standIns.map((standIn) => standIn.close())));
}

async function atPortal(
  browser: Browser,
  settings: Channels["settings"],
  tell: (story: Story) => Promise<void>,
): Promise<void> {
  await withOwnPortal({ settings: { DEV_TOOLS: "false", ...settings } }, async (portal) => {
    const house = openHouse(portal);
    const context = await browser.newContext({ baseURL: portal.url, locale: "en-GB" });
    try {
      const [number, address] = [someNumber(), someAddress()];
      const alan = await moveIn(house, { phones: [number], mails: [address] });
      await house.sql("UPDATE factors SET last_used_at = now() WHERE user_id = $1 AND kind = 'sms'", [alan.userId]);
      const page = await context.newPage();
      await tell({ page, alan, number, address });
      expect(portal.output()).not.toContain(number);
    } finally {
      await context.close();
      await house.close();
    }
  });
}

/** In milliseconds: whoever waited for the provider, or for its time limit, would wait for five seconds. */
const patience = 4_000;

async function pastFirstDoor(page: Page, person: Resident): Promise<void> {
  await loginScreen(page).does.open();
  await loginScreen(page).does.logIn(person);
}

/** How many milliseconds the portal took to answer what `act` sends. */
async function answerTime(page: Page, act: () => Promise<void>): Promise<number> {
  const answered = page.waitForResponse((response) => response.request().method() === "POST");
  await act();
  const request = (await answered).request();
  await request.response();
  const { requestStart, responseStart } = request.timing();
  return responseStart - requestStart;
}

const twilio = (url: string) => ({
  SMS_CHANNEL: "twilio",
  TWILIO_ACCOUNT_SID: twilioAccount.sid,
  TWILIO_AUTH_TOKEN: twilioAccount.token,
  TWILIO_FROM: "+12025550100",
  TWILIO_BASE_URL: url,
});
const smtp = (url: string) => ({
  MAIL_CHANNEL: "smtp",
  SMTP_URL: url,
  MAIL_FROM: "Sallyport <codes@portal.example.test>",
});

test("by Twilio's own client a text message arrives that ends with its origin; by SMTP a mail; both open the account", async ({
  browser,
}) => {
  const [sms, mail] = [await startTwilioStandIn(), await startSmtpSink()];
  const channels = { settings: { ...twilio(sms.url), ...smtp(mail.url) }, standIns: [sms, mail] };
  await beforePortal(browser, channels, async ({ page, alan, number, address }) => {
    const challenge = challengeScreen(page);
    await pastFirstDoor(page, alan);
    await expect.poll(() => sms.messages.length).toBe(1);
    const [{ to, from, body } = { to: "", from: "", body: "" }] = sms.messages;
    const code = body.match(/^@localhost #(\d{6})$/m)?.[1] ?? "";
    expect({ to, from, last: body.split("\n").at(-1) }).toEqual({
      to: number,
      from: "+12025550100",
      last: `@localhost #${code}`,
    });
    await challenge.does.typeCode(code);
    await accountScreen(page).sees.isHere();
    await accountScreen(page).does.logOut();

    await loginScreen(page).does.logIn(alan);
    await challenge.does.chooseAnotherWay();
    await challenge.does.chooseEmail();
    const arrived = () => mail.mails.find(({ to: [first] }) => first === address);
    await expect.poll(() => arrived() !== undefined).toBe(true);
    const { parsed, from: sender } = arrived() ?? { parsed: null, from: "" };
    expect(sender).toBe("codes@portal.example.test");
    expect(parsed?.html).not.toMatch(/<img|(?:src|href)="(?!http:\/\/localhost)|url\(/);
    const long = parsed?.text?.match(/^\s*(\d{8})\s*$/m)?.[1] ?? "";
    await challenge.does.typeCode(long);
    await accountScreen(page).sees.isHere();
  });
  await Promise.all([sms.close(), mail.close()]);
});

test("by Resend's own client a mail arrives under a key of its own, and by a gateway a signed message", async ({
  browser,
}) => {
  const [mail, sms] = [await startResendStandIn(), await startGatewayStandIn()];
  const settings = {
    MAIL_CHANNEL: "resend",
    RESEND_API_KEY: "re_stand_in_key",
    RESEND_BASE_URL: mail.url,
    MAIL_FROM: "codes@portal.example.test",
    SMS_CHANNEL: "gateway",
    SMS_GATEWAY_URL: `${sms.url}/sms`,
    SMS_GATEWAY_SECRET: gatewaySecret,
  };
  await beforePortal(browser, { settings, standIns: [mail, sms] }, async ({ page, alan, number, address }) => {
    const challenge = challengeScreen(page);
    await pastFirstDoor(page, alan);
    await expect.poll(() => sms.messages.map(({ to }) => to)).toEqual([number]);
    await challenge.does.chooseAnotherWay();
    await challenge.does.chooseEmail();
    const codes = () => mail.mails.filter(({ to }) => [to].flat().includes(address));
    await expect.poll(() => codes().length).toBe(1);
    const [letter] = codes();
    expect(letter?.key).toMatch(/^[\w-]+$/);
    await challenge.does.typeCode(letter?.text?.match(/^\s*(\d{8})\s*$/m)?.[1] ?? "");
    await accountScreen(page).sees.isHere();
  });
});

for (const trouble of ["hangs", "is broken", "refuses"] as const) {
  test(`when the provider ${trouble}, the page answers without waiting for it and another way leads in`, async ({
    browser,
  }) => {
    const [sms, mail] = [await startTwilioStandIn(), await startSmtpSink()];
    const channels = { settings: { ...twilio(sms.url), ...smtp(mail.url) }, standIns: [sms, mail] };
    const answer = (status: number) => ({ kind: "answer", answer: { status, body: { code: 20500, status } } }) as const;
    sms.planAll(trouble === "hangs" ? { kind: "hang" } : answer(trouble === "is broken" ? 503 : 400));
    await beforePortal(browser, channels, async ({ page, alan, address }) => {
      const challenge = challengeScreen(page);
      await loginScreen(page).does.open();
      await loginScreen(page).does.logIn({ ...alan, password: "not the password at all" }); // what a portal's first login loads is no provider's
      await loginScreen(page).sees.refusal(alan.email);
      expect(await answerTime(page, () => loginScreen(page).does.logIn(alan))).toBeLessThan(patience);
      await challenge.sees.isHere();
      await expect.poll(() => sms.requests.length).toBeGreaterThan(0);
      await challenge.does.chooseAnotherWay();
      expect(await answerTime(page, () => challenge.does.chooseEmail())).toBeLessThan(patience);
      await challenge.sees.isHere();
      await expect.poll(() => mail.mails.some(({ to }) => to.includes(address))).toBe(true);
      const letter = mail.mails.find(({ to }) => to.includes(address));
      await challenge.does.typeCode(letter?.parsed.text?.match(/^\s*(\d{8})\s*$/m)?.[1] ?? "");
      await accountScreen(page).sees.isHere();
    });
  });
}
