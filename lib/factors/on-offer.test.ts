import { afterEach, expect, test } from "vitest";
import { noteProof } from "@/lib/delivery/channel-proof";
import { answerableOf, kindsOnOffer, usableKinds } from "@/lib/factors/on-offer";
import { openHouse } from "@/lib/testing/story";
import { setSettings } from "@/lib/testing/test-settings";

const house = openHouse();
afterEach(() => setSettings());

const ada = { isAdmin: false, policy: null };
const barbara = { isAdmin: true, policy: null };
const smtp = { MAIL_CHANNEL: "smtp", MAIL_FROM: "portal@example.test", SMTP_URL: "smtp://127.0.0.1:2525" };
const gateway = {
  SMS_CHANNEL: "gateway",
  SMS_COUNTRIES: "GB",
  SMS_GATEWAY_URL: "http://127.0.0.1:2526/",
  SMS_GATEWAY_SECRET: "a secret of the gateway, long enough for it",
};
const both = { ...smtp, ...gateway, SECOND_FACTOR_KINDS: "totp,sms,email" };
const mailboxes = { DEV_TOOLS: "true", MAIL_CHANNEL: "mailbox", SMS_CHANNEL: "mailbox", SMS_COUNTRIES: "GB" };

/** The standard configuration with these keys, and none of another test's. */
function settings(changes: Readonly<Record<string, string>>): void {
  const blank = Object.fromEntries(Object.keys({ ...both, ...mailboxes, SMS_ENABLED: "" }).map((key) => [key, ""]));
  setSettings({ ...blank, ...changes });
}

test.each([
  ["passkeys and apps without a word about others", {}, ["passkey", "totp"]],
  ["apps alone where the portal's address has no name", { APP_URL: "http://127.0.0.1:3000" }, ["totp"]],
  ["not what is not listed, though its channel is on", { ...smtp, ...gateway }, ["passkey", "totp"]],
  ["all that is listed and on", both, ["totp", "sms", "email"]],
  ["no text messages behind the operator's switch", { ...both, SMS_ENABLED: "false" }, ["totp", "email"]],
  ["only what is listed", { ...smtp, SECOND_FACTOR_KINDS: "email,totp" }, ["totp", "email"]],
])("what can be asked for: %s", (_, changes, kinds) => {
  settings(changes);
  expect(usableKinds(ada)).toEqual(kinds);
});

test("only what can be asked for pays a debt", () => {
  settings({ ...both, SMS_ENABLED: "false" });
  expect(answerableOf({ totp: 1, sms: 2, email: 1, tomorrow: 1 }, ada)).toEqual({ totp: 1, email: 1 });
});

test("a kind is offered once its channel is proven, and goes when the channel changes; it stays usable all along", async () => {
  settings(both);
  expect(await kindsOnOffer(house.ctx, ada)).toEqual(["totp"]);
  await noteProof(house.ctx, "sms");
  expect(await kindsOnOffer(house.ctx, ada)).toEqual(["totp", "sms"]);
  await noteProof(house.ctx, "mail");
  expect(await kindsOnOffer(house.ctx, ada)).toEqual(["totp", "sms", "email"]);
  settings({ ...both, SMTP_URL: "smtp://127.0.0.1:2527" });
  expect(await kindsOnOffer(house.ctx, ada)).toEqual(["totp", "sms"]);
  expect(usableKinds(ada)).toEqual(["totp", "sms", "email"]);
});

test("what is on offer differs by person", async () => {
  settings({ ...mailboxes, SECOND_FACTOR_KINDS: "totp,sms,email" });
  expect(await kindsOnOffer(house.ctx, ada)).toEqual(["totp", "sms", "email"]);
  expect(await kindsOnOffer(house.ctx, barbara)).toEqual(["totp", "sms"]);
  expect(await kindsOnOffer(house.ctx, { ...ada, policy: { kinds: ["email"] } })).toEqual(["totp", "email"]);
});
