import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { type Config, type Environment, readConfig } from "@/lib/config/read-config";
import { schema, settingMeanings } from "@/lib/config/schema";
import { exampleKey } from "@/lib/config/values";
import { arrives } from "@/lib/testing/effect-of-setting";
import { testSettings } from "@/lib/testing/test-settings";
import { readEnv } from "@/scripts/env-lines.mjs";

const folder = mkdtempSync(join(tmpdir(), "sallyport-example-"));
mkdirSync(join(folder, "data"));
writeFileSync(join(folder, "data", "logo.svg"), "<svg/>");
writeFileSync(join(folder, "data", "apps.json"), '[{"id":"shop","name":"The shop"}]');

const text = readFileSync(join(import.meta.dirname, "../../.env.example"), "utf8");
/** Every switched-off line as a person switches it on: without its first character. */
const lines = [...text.matchAll(/^#([A-Z_]+=.*)$/gm)].map(([, line = ""]) => line);
const fileLines = [...text.matchAll(/^# Or from a file: (\S+)$/gm)].map(([, line = ""]) => line);

const smtp = { MAIL_CHANNEL: "smtp", MAIL_FROM: "a@b.test", SMTP_URL: "smtp://127.0.0.1:2525" };
const resend = { MAIL_CHANNEL: "resend", MAIL_FROM: "a@b.test", RESEND_API_KEY: "re_lovelace" };
const gateway = {
  SMS_CHANNEL: "gateway",
  SMS_COUNTRIES: "US",
  SMS_GATEWAY_URL: "https://a.test/",
  SMS_GATEWAY_SECRET: "a secret between the portal and its gateway",
};
const twilio = {
  SMS_CHANNEL: "twilio",
  SMS_COUNTRIES: "US",
  TWILIO_FROM: "+12025550123",
  TWILIO_ACCOUNT_SID: `AC${"1".repeat(32)}`,
  TWILIO_AUTH_TOKEN: "lovelace-lovelace",
};

/**
 * What an example does that is built into something else, or wants others beside it: beside which settings it is tried, where its effect is seen, and what stands there then. Of a key that has no line here `arrives`
 * finds by itself where it is seen.
 */
type Effect = { readonly beside?: Environment; readonly see: (config: Config) => unknown; readonly is: unknown };
const effects: Readonly<Record<string, Effect>> = {
  APP_URL: { see: ({ appUrl }) => appUrl, is: "https://login.example.test" },
  PORT: { see: ({ port }) => port, is: 3000 },
  HOST: { see: ({ host }) => host, is: "127.0.0.1" },
  HEALTH_PORT: { see: ({ healthPort }) => healthPort, is: 3001 },
  HEALTH_HOST: { see: ({ healthHost }) => healthHost, is: "127.0.0.1" },
  METRICS_TOKEN: { see: ({ metricsToken }) => metricsToken?.reveal(), is: "0".repeat(32) },
  DATABASE_URL: {
    see: ({ databaseUrl }) => databaseUrl?.reveal(),
    is: "postgresql://sallyport:PASSWORD@db.example.test:5432/sallyport",
  },
  DATABASE_DIRECT_URL: {
    beside: { DATABASE_URL: "postgresql://sallyport:PASSWORD@pooler.example.test:6432/sallyport" },
    see: ({ databaseDirectUrl }) => databaseDirectUrl?.reveal(),
    is: "postgresql://sallyport:PASSWORD@db.example.test:5432/sallyport",
  },
  DATABASE_POOL: { see: ({ databasePool }) => databasePool, is: 20 },
  DATABASE_STATEMENTS: { see: ({ namedStatements }) => namedStatements, is: true },
  DATA_DIR: { see: ({ dataDir }) => dataDir, is: join(folder, "data") },
  BACKUP_DIR: { see: ({ backup }) => backup.dir, is: "/mnt/backups" },
  BACKUP_EVERY: { see: ({ backup }) => backup.everyHours, is: 24 },
  BACKUP_KEEP: { see: ({ backup }) => backup.keep, is: 14 },
  EVENTS_KEEP: { see: ({ eventsKeptDays }) => eventsKeptDays, is: 400 },
  LOG_LEVEL: { see: ({ logLevel }) => logLevel, is: "info" },
  TRUSTED_PROXIES: { see: ({ trustedProxies }) => trustedProxies, is: ["10.0.0.0/8", "2001:db8::/32"] },
  PLACES_FILE: { see: ({ placesFile }) => placesFile, is: join(folder, "data/places.mmdb") },
  BRAND_NAME: { see: ({ brand }) => brand.name, is: "Sallyport" },
  BRAND_LOGO_FILE: { see: ({ brand }) => brand.logoFile, is: join(folder, "data/logo.svg") },
  BRAND_ACCENT: { see: ({ brand }) => brand.accent, is: "#1d5b79" },
  BRAND_SUPPORT: { see: ({ brand }) => brand.support, is: "mailto:help@example.test" },
  REGISTRATION: { see: ({ registration }) => registration, is: "closed" },
  SECOND_FACTOR: { see: ({ secondFactor }) => secondFactor.demand, is: "admins" },
  SECOND_FACTOR_FROM: { see: ({ secondFactor }) => secondFactor.from, is: new Date("2031-03-01T00:00:00Z") },
  SECOND_FACTOR_KINDS: { see: ({ secondFactor }) => secondFactor.kinds, is: ["passkey", "totp"] },
  SECOND_FACTOR_COUNT: { see: ({ secondFactor }) => secondFactor.count, is: 1 },
  EMAIL_COUNTS: { see: ({ secondFactor }) => secondFactor.emailCounts, is: false },
  SECOND_FACTOR_STRENGTH: { see: ({ secondFactor }) => secondFactor.strength, is: "any" },
  TRUST_DEVICES: { see: ({ trust }) => trust.days, is: 14 },
  TRUST_DEVICES_ADMINS: { see: ({ trust }) => trust.admins, is: false },
  RESET_WITHOUT_FACTOR: { see: ({ secondFactor }) => secondFactor.resetWithoutFactor, is: "operator" },
  RP_ID: {
    beside: { APP_URL: "https://login.example.test" },
    see: ({ relyingParty }) => relyingParty?.id,
    is: "login.example.test",
  },
  RELATED_ORIGINS: {
    see: ({ relyingParty }) => relyingParty?.formerIds,
    is: ["login.example.com", "example.net"],
  },
  PASSKEY_UNASKED: { see: ({ passkeyUnasked }) => passkeyUnasked, is: false },
  TOTP_WINDOW: { see: ({ totpWindow }) => totpWindow, is: 1 },
  LOGINS_PER_ADDRESS: { see: ({ loginsPerAddress }) => loginsPerAddress, is: 30 },
  DEFAULT_LANGUAGE: { see: ({ defaultLanguage }) => defaultLanguage, is: "en" },
  MAIL_CHANNEL: { see: ({ mail }) => mail.kind, is: "off" },
  MAIL_FROM: {
    beside: smtp,
    see: ({ mail }) => mail.kind === "smtp" && mail.from,
    is: "Sallyport <no-reply@example.test>",
  },
  SMTP_URL: {
    beside: smtp,
    see: ({ mail }) => mail.kind === "smtp" && mail.url.reveal(),
    is: "smtp://USER:PASSWORD@mail.example.test:587",
  },
  RESEND_API_KEY: {
    beside: resend,
    see: ({ mail }) => mail.kind === "resend" && mail.apiKey.reveal(),
    is: "re_0000000000000000",
  },
  RESEND_BASE_URL: {
    beside: resend,
    see: ({ mail }) => mail.kind === "resend" && mail.baseUrl,
    is: "http://127.0.0.1:4001",
  },
  MAIL_PER_DAY: { see: ({ budgets }) => budgets.mailPerDay, is: 5000 },
  SMS_CHANNEL: { see: ({ sms }) => sms.kind, is: "off" },
  SMS_ENABLED: { see: ({ phones }) => phones.enabled, is: true },
  SMS_COUNTRIES: { beside: gateway, see: ({ phones }) => phones.countries, is: ["GB", "FR"] },
  PHONE_REGION: { beside: { ...gateway, SMS_COUNTRIES: "GB" }, see: ({ phones }) => phones.region, is: "GB" },
  TWILIO_ACCOUNT_SID: {
    beside: twilio,
    see: ({ sms }) => sms.kind === "twilio" && sms.accountSid,
    is: `AC${"0".repeat(32)}`,
  },
  TWILIO_AUTH_TOKEN: {
    beside: twilio,
    see: ({ sms }) => sms.kind === "twilio" && sms.authToken.reveal(),
    is: "0".repeat(32),
  },
  TWILIO_FROM: { beside: twilio, see: ({ sms }) => sms.kind === "twilio" && sms.from, is: "+442071838750" },
  TWILIO_BASE_URL: {
    beside: twilio,
    see: ({ sms }) => sms.kind === "twilio" && sms.baseUrl,
    is: "http://127.0.0.1:4002",
  },
  SMS_GATEWAY_URL: {
    beside: gateway,
    see: ({ sms }) => sms.kind === "gateway" && sms.url,
    is: "https://sms.example.test/messages",
  },
  SMS_PER_DAY: { see: ({ budgets }) => budgets.smsPerDay, is: 500 },
  APPS_FILE: { see: ({ apps }) => apps.map(({ id }) => id), is: ["shop"] },
  RSA_PASSWORDS: { see: ({ rsaPasswords }) => rsaPasswords, is: false },
  CHANGES_WAIT_HOURS: { see: ({ changesWaitHours }) => changesWaitHours, is: 24 },
  DEV_TOOLS: { see: ({ devTools }) => devTools, is: false },
};
/** Public, therefore refused: a value of one's own belongs there. */
const refused = ["PORTAL_KEYS", "AUTH_SECRET", "NEXT_SERVER_ACTIONS_ENCRYPTION_KEY", "SMS_GATEWAY_SECRET"];

test("every key has one example, and every secret one in a file", () => {
  const names = settingMeanings().map(({ name }) => name);
  expect(lines.map((line) => line.split("=")[0])).toEqual(names);
  expect(names).toEqual(expect.arrayContaining([...Object.keys(effects), ...refused]));
  const secrets = settingMeanings().flatMap(({ name, secret }) => (secret ? [`${name}_FILE`] : []));
  expect(fileLines.map((line) => line.split("=")[0])).toEqual(secrets);
});

test.each([...lines, ...fileLines])("%s is read as it stands, whoever saved the file", (line) => {
  const [name = ""] = line.split("=");
  for (const file of [line, `${line}\r\n`, `export ${line}  # why`, `\n${line}\n`]) {
    expect(readEnv(file)).toEqual({ values: { [name]: line.slice(name.length + 1) }, notes: [], mistakes: [] });
  }
});

test.each(lines)("%s does what it tells, or is refused because it is public", (line) => {
  const [name = ""] = line.split("=");
  const { beside = {}, see = null, is = null } = effects[name] ?? {};
  const reading = readConfig({ ...testSettings, ...beside, ...readEnv(line).values }, folder);
  if (refused.includes(name)) {
    expect(line).toContain(exampleKey);
    expect(reading.ok ? [] : reading.mistakes).toEqual([expect.stringMatching(`^${name} .*example.*\\.$`)]);
  } else {
    expect(reading.ok ? [] : reading.mistakes).toEqual([]);
    if (see) expect(reading.ok && see(reading.config)).toEqual(is);
    else expect(arrivesByItself(line), `nobody is handed ${name}, or it needs a line above`).toBe(true);
  }
});

function arrivesByItself(line: string): boolean {
  const [name = ""] = line.split("=");
  const type = Object.entries(schema.shape).find(([key]) => key === name)?.[1];
  return (
    type !== undefined &&
    arrives(type, readEnv(line).values[name] ?? "", (value) => {
      const reading = readConfig({ ...testSettings, [name]: value }, folder);
      return reading.ok ? reading.config : null;
    })
  );
}

test("most keys are found without a line above, whatever their type; those that are read into something else are not", () => {
  const found = lines.filter((line) => !refused.includes(line.split("=")[0] ?? "") && arrivesByItself(line));
  const names = found.map((line) => line.split("=")[0]);
  const plain = ["PORT", "DEV_TOOLS", "SECOND_FACTOR", "BRAND_SUPPORT", "METRICS_TOKEN", "TRUSTED_PROXIES"];
  expect(names).toEqual(expect.arrayContaining(plain));
  for (const built of ["TOTP_WINDOW", "DATABASE_STATEMENTS", "DATA_DIR", "RP_ID"]) expect(names).not.toContain(built);
});

describe("a key that nobody is handed is told", () => {
  const type = z.string().default("one");
  test.each([
    ["where it is read into nothing", () => ({ other: 1 })],
    ["where something holds the same by chance", () => ({ fixed: "two" })],
    ["where another value would change nothing", (value = "one") => ({ fixed: "two", other: value.length })],
  ])("%s", (_, reads) => expect(arrives(type, "two", reads)).toBe(false));

  test("and one that is handed on is found, in depth, in a list, as a secret", () => {
    expect(arrives(type, "two", (value = "one") => ({ deep: { key: value } }))).toBe(true);
    expect(arrives(type, "two", (value = "one") => ({ deep: { reveal: () => value } }))).toBe(true);
    expect(
      arrives(
        z.string().transform((text) => [text]),
        "two",
        (value) => ({ list: [value] }),
      ),
    ).toBe(true);
  });
});

test.each([
  ["#ffff00", "BRAND_ACCENT is too light: white text on it could not be read (contrast below 4.5)."],
  ["1d5b79", "BRAND_ACCENT must be a colour such as #1d5b79."],
])("an accent of %s is refused with words, also out of a file", (value, sentence) => {
  const reading = readConfig({ ...testSettings, ...readEnv(`BRAND_ACCENT=${value}`).values }, folder);
  expect(reading.ok ? [] : reading.mistakes).toEqual([sentence]);
});
