import { inspect } from "node:util";
import { getCountries } from "libphonenumber-js/min";
import addressparser from "nodemailer/lib/addressparser";
import { describe, expect, test } from "vitest";
import { phoneCountries } from "@/lib/config/countries";
import { senderOf, senderText } from "@/lib/config/delivery-values";
import { type Environment, readConfig } from "@/lib/config/read-config";
import { exampleKey } from "@/lib/config/values";
import { testSettings } from "@/lib/testing/test-settings";

const smtp = {
  MAIL_CHANNEL: "smtp",
  MAIL_FROM: "a@example.test",
  SMTP_URL: "smtp://ada:lovelace@mail.example.test:587",
};
const twilio = {
  SMS_CHANNEL: "twilio",
  SMS_COUNTRIES: "GB,FR",
  TWILIO_FROM: "+442071838750",
  TWILIO_ACCOUNT_SID: `AC${"0".repeat(32)}`,
  TWILIO_AUTH_TOKEN: "lovelace-lovelace",
};
const gatewaySecret = "a secret between the portal and its gateway";
const gateway = {
  SMS_CHANNEL: "gateway",
  SMS_COUNTRIES: "GB",
  SMS_GATEWAY_URL: "https://sms.example.test/out",
  SMS_GATEWAY_SECRET: gatewaySecret,
};

function mistakesOf(env: Environment): readonly string[] {
  const reading = readConfig({ ...testSettings, ...env }, "/");
  return reading.ok ? [] : reading.mistakes;
}

function configOf(env: Environment) {
  const reading = readConfig({ ...testSettings, ...env }, "/");
  if (!reading.ok) throw new Error(reading.mistakes.join("\n"));
  return reading.config;
}

describe("a channel", () => {
  test("by SMTP knows its server and its sender", () => {
    const { mail } = configOf({ ...smtp, MAIL_FROM: "The  Castle <no-reply@example.test>" });
    expect(mail).toMatchObject({ kind: "smtp", from: "The  Castle <no-reply@example.test>" });
    expect(mail.kind === "smtp" && mail.url.reveal()).toBe(smtp.SMTP_URL);
  });

  test("by Resend, Twilio and a gateway knows what it needs, and no more", () => {
    const resend = { MAIL_CHANNEL: "resend", MAIL_FROM: "a@example.test", RESEND_API_KEY: "re_lovelace" };
    expect(configOf({ ...resend, ...twilio })).toMatchObject({
      mail: { kind: "resend", baseUrl: null, from: "a@example.test" },
      sms: { kind: "twilio", accountSid: `AC${"0".repeat(32)}`, from: "+442071838750", baseUrl: null },
      phones: { enabled: true, countries: ["GB", "FR"], region: null },
    });
    expect(configOf(gateway).sms).toMatchObject({ kind: "gateway", url: "https://sms.example.test/out" });
  });

  test("shows none of its secrets, whoever prints the configuration", () => {
    const config = configOf({ ...smtp, ...gateway });
    const printed = `${JSON.stringify(config)} ${inspect(config, { depth: 9 })} ${inspect(configOf(twilio), { depth: 9 })}`;
    for (const word of ["lovelace", gatewaySecret]) expect(printed).not.toContain(word);
  });

  test("names everything it lacks at once", () => {
    const all = mistakesOf({ MAIL_CHANNEL: "smtp", SMS_CHANNEL: "twilio" }).map((mistake) => mistake.split(" ")[0]);
    expect(all.sort()).toEqual(
      ["MAIL_FROM", "SMTP_URL", "SMS_COUNTRIES", "TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_FROM"].sort(),
    );
    expect(mistakesOf({ MAIL_CHANNEL: "resend" })).toHaveLength(2);
    expect(mistakesOf({ SMS_CHANNEL: "gateway", SMS_COUNTRIES: "GB" })).toHaveLength(2);
  });

  test("for developers exists for developers only", () => {
    const mailboxes = { MAIL_CHANNEL: "mailbox", SMS_CHANNEL: "mailbox", SMS_COUNTRIES: "GB" };
    expect(mistakesOf(mailboxes).map((mistake) => mistake.split(" ")[0])).toEqual(["MAIL_CHANNEL", "SMS_CHANNEL"]);
    expect(configOf({ ...mailboxes, DEV_TOOLS: "true" })).toMatchObject({
      mail: { kind: "mailbox", from: "mailbox@localhost" },
      sms: { kind: "mailbox" },
    });
  });

  test("for numbers without a country code reads them as one of its countries", () => {
    expect(configOf({ ...gateway, SMS_COUNTRIES: "gb, fr", PHONE_REGION: "fr" }).phones).toMatchObject({
      countries: ["GB", "FR"],
      region: "FR",
    });
    expect(mistakesOf({ ...gateway, PHONE_REGION: "FR" })).toEqual(["PHONE_REGION must be one of SMS_COUNTRIES."]);
  });
});

describe("a second factor", () => {
  test("is demanded from a day on, of kinds in their order", () => {
    const demands = { SECOND_FACTOR: "everyone", SECOND_FACTOR_FROM: "2031-03-01", SECOND_FACTOR_COUNT: "2" };
    const kinds = { SECOND_FACTOR_KINDS: "email,sms,totp", EMAIL_COUNTS: "true" };
    expect(configOf({ ...smtp, ...gateway, ...demands, ...kinds }).secondFactor).toEqual({
      demand: "everyone",
      from: new Date("2031-03-01T00:00:00Z"),
      count: 2,
      emailCounts: true,
      strength: "any",
      resetWithoutFactor: "operator",
      kinds: ["totp", "sms", "email"],
    });
  });

  test("of which no listed one is strong enough ends the start, and so does a list without the way that needs nothing", () => {
    const strict = { SECOND_FACTOR_STRENGTH: "phishing-resistant" };
    expect(mistakesOf({ ...strict, SECOND_FACTOR_KINDS: "totp" })).toEqual([
      "SECOND_FACTOR_STRENGTH can be phishing-resistant only with such a kind in SECOND_FACTOR_KINDS.",
    ]);
    expect(mistakesOf({ ...strict, SECOND_FACTOR_KINDS: "pigeon" })).toEqual([
      expect.stringMatching(/^SECOND_FACTOR_KINDS must be some of /),
    ]);
    expect(mistakesOf({ ...smtp, SECOND_FACTOR_KINDS: "email" })).toEqual([
      "SECOND_FACTOR_KINDS must contain totp: it is the way that needs no channel.",
    ]);
  });

  test("by a channel that is off ends the start", () => {
    const mistakes = mistakesOf({ SECOND_FACTOR_KINDS: "totp,sms,email" });
    expect(mistakes).toEqual([
      "SECOND_FACTOR_KINDS lists sms, but SMS_CHANNEL is off: choose a channel first.",
      "SECOND_FACTOR_KINDS lists email, but MAIL_CHANNEL is off: choose a channel first.",
    ]);
  });
});

const bare = "no-reply@example.test";
test.each([
  ["MAIL_CHANNEL", "sendmail"],
  ["MAIL_FROM", "nobody"],
  ["MAIL_FROM", "a..b@example.test"],
  ["MAIL_FROM", "a@example..test"],
  ["MAIL_FROM", "a@10.0.0.1"],
  ["MAIL_FROM", "ä@example.test"],
  ["MAIL_FROM", "a..b@localhost"],
  ["MAIL_FROM", `${bare}\r\nBcc: all@example.test`],
  ["MAIL_FROM", `Castle\r\nBcc: all@example.test <${bare}>`],
  ["MAIL_FROM", `one@example.test, ${bare}`],
  ["MAIL_FROM", `one@example.test <${bare}>`],
  ["MAIL_FROM", `Cas\u2028tle <${bare}>`],
  ["MAIL_FROM", `Castle <${bare}> <${bare}>`],
  ["SMTP_URL", "mail.example.test"],
  ["SMTP_URL", "https://mail.example.test"],
  ["SMTP_URL", "smtp://ada@mail.example.test:587"],
  ["SMTP_URL", "smtp://ada:50%@mail.example.test:587"],
  ["SMTP_URL", "smtp://ada:p%e4ss@mail.example.test"],
  ["SMTP_URL", "smtp://mail.example.test:587?tls=false"],
  ["RESEND_API_KEY", "re key\r\nx"],
  ["RESEND_BASE_URL", "http://resend.example.test"],
  ["MAIL_PER_DAY", "0"],
  ["SMS_PER_DAY", "many"],
  ["SMS_CHANNEL", "pigeon"],
  ["SMS_ENABLED", "no"],
  ["SMS_COUNTRIES", "UK"],
  ["SMS_COUNTRIES", "GB,GB"],
  ["SMS_COUNTRIES", ","],
  ["PHONE_REGION", "FR"],
  ["TWILIO_ACCOUNT_SID", "AC1"],
  ["TWILIO_AUTH_TOKEN", "short"],
  ["TWILIO_FROM", "02071838750"],
  ["TWILIO_BASE_URL", "http://api.example.test"],
  ["SMS_GATEWAY_URL", "http://sms.example.test/out"],
  ["SMS_GATEWAY_URL", "https://ada:lovelace@sms.example.test/out"],
  ["SMS_GATEWAY_SECRET", "too short for this"],
  ["SMS_GATEWAY_SECRET", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"],
  ["SMS_GATEWAY_SECRET", exampleKey],
  ["SECOND_FACTOR_FROM", "2031-02-30"],
  ["SECOND_FACTOR_FROM", "tomorrow"],
  ["SECOND_FACTOR_KINDS", "sms"],
  ["SECOND_FACTOR_KINDS", "totp,totp"],
  ["SECOND_FACTOR_KINDS", "totp,pigeon"],
  ["SECOND_FACTOR_COUNT", "4"],
  ["SECOND_FACTOR_STRENGTH", "strong"],
  ["EMAIL_COUNTS", "1"],
])("%s=%j is refused in a sentence that does not repeat it", (name, value) => {
  const mistakes = mistakesOf({ [name]: value });
  expect(mistakes.some((mistake) => mistake.startsWith(`${name} `))).toBe(true);
  for (const mistake of mistakes) {
    expect(mistake).toMatch(/^[A-Z_]+ .*\.$/);
    if (value.length > 8) expect(mistake).not.toContain(value);
  }
});

test("a sender is taken apart as it is sent", () => {
  expect(senderOf("The Castle <a@example.test>")).toEqual({ name: "The Castle", address: "a@example.test" });
  expect(senderOf("吊桥 <a@example.test>")).toEqual({ name: "吊桥", address: "a@example.test" });
  expect(senderOf("a@localhost")).toEqual({ name: null, address: "a@localhost" });
});

describe("a sender's name", () => {
  test.each([
    [`"Acme, Inc." <${bare}>`, "Acme, Inc."],
    [`"Acme: \\"the\\" <shop>; a@b (c)"  <${bare}>`, 'Acme: "the" <shop>; a@b (c)'],
    [`"Back\\\\slash"<${bare}>`, "Back\\slash"],
    [`"Castle" <${bare}>`, "Castle"],
    [`Acme Inc. <${bare}>`, "Acme Inc."],
    [`"" <${bare}>`, null],
    [` <${bare}> `, null],
    [`"艾克米，公司" <${bare}>`, "艾克米，公司"],
  ])("%s is read as a mail program reads it, and once more from what we wrote", (text, name) => {
    const sender = { name, address: bare };
    expect(senderOf(text)).toEqual(sender);
    expect(addressparser(text)).toEqual([{ name: name ?? "", address: bare }]);
    expect(senderOf(senderText(sender))).toEqual(sender);
    expect(addressparser(senderText(sender))).toEqual([{ name: name ?? "", address: bare }]);
    expect(configOf({ MAIL_FROM: text, DEV_TOOLS: "true", MAIL_CHANNEL: "mailbox" }).mail).toMatchObject({
      from: senderText(sender),
    });
  });

  test.each([
    `Acme, Inc. <${bare}>`,
    `"Acme, Inc. <${bare}>`,
    `"Acme" Inc. <${bare}>`,
    `"Acme" "Inc." <${bare}>`,
    `"a@b.test", "Acme" <${bare}>`,
    `"Acme" <a@b.test>, <${bare}>`,
    `"Acme" <${bare}> and more`,
    `"Acme\r\nBcc: x" <${bare}>`,
    `"Acme\u202e" <${bare}>`,
    `"${"a".repeat(101)}" <${bare}>`,
    `${bare} (Acme)`,
    `Acme: ${bare};`,
  ])("%j is refused, and told how to be written", (text) => {
    expect(mistakesOf({ MAIL_FROM: text })).toEqual([
      'MAIL_FROM must be ADDRESS or NAME <ADDRESS>; a name with signs such as , : @ stands in quotation marks: "NAME" <ADDRESS>.',
    ]);
  });

  test("that is made of anything printable comes back, and no second sender with it", () => {
    const pieces = [
      "a",
      "é",
      "商",
      '"',
      "\\",
      ",",
      "<",
      ">",
      "@",
      ";",
      ":",
      "(",
      ")",
      ".",
      " b",
      "'",
      "[",
      "]",
      "x@y.test",
    ];
    for (let n = 1; n <= 3000; n += 1) {
      const name = Array.from({ length: 1 + (n % 9) }, (_, at) => pieces[(n * 31 + at * at * 17 + at) % pieces.length])
        .join("")
        .trim();
      const text = senderText({ name, address: bare });
      expect(senderOf(text)).toEqual({ name, address: bare });
      expect(addressparser(text)).toHaveLength(1);
      expect(addressparser(text)[0]?.address).toBe(bare);
    }
  });
});

test("the countries are those whose numbers can be read", () => {
  expect([...phoneCountries].sort()).toEqual([...getCountries()].sort());
});

test("a sender's address is read like any other, and keeps its capitals", () => {
  expect(senderOf("Post@Example.test")).toEqual({ name: null, address: "Post@Example.test" });
  expect(senderOf("Bücher <post@bücher.test>")).toEqual({ name: "Bücher", address: "post@xn--bcher-kva.test" });
  expect(senderOf("\u202dpost@example.test\u202c")).toEqual({ name: null, address: "post@example.test" });
  expect(senderOf("post@example.test.")).toEqual({ name: null, address: "post@example.test" });
});
