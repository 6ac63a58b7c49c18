import { settingMeanings } from "@/lib/config/schema";
import { exampleKey } from "@/lib/config/values";

/** Between these two lines of `docs/operate.md` stands the table that `withSettingsTable` writes. */
const tableBegins = "<!-- settings: written by npm run config:docs -->";
const tableEnds = "<!-- end of settings -->";

const sampleValues: Readonly<Record<string, string>> = {
  APP_URL: "https://login.example.test",
  HEALTH_PORT: "3001",
  DATABASE_URL: "postgresql://sallyport:PASSWORD@db.example.test:5432/sallyport",
  PORTAL_KEYS: `k1:${exampleKey}`,
  AUTH_SECRET: exampleKey,
  NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: exampleKey,
  TRUSTED_PROXIES: "10.0.0.0/8,2001:db8::/32",
  BRAND_LOGO_FILE: "./data/logo.svg",
  BRAND_SUPPORT: "help@example.test",
  SECOND_FACTOR_FROM: "2031-03-01",
  MAIL_FROM: "Sallyport <no-reply@example.test>",
  SMTP_URL: "smtp://USER:PASSWORD@mail.example.test:587",
  RESEND_API_KEY: "re_0000000000000000",
  RESEND_BASE_URL: "http://127.0.0.1:4001",
  SMS_COUNTRIES: "GB,FR",
  PHONE_REGION: "GB",
  TWILIO_ACCOUNT_SID: "AC00000000000000000000000000000000",
  TWILIO_AUTH_TOKEN: "00000000000000000000000000000000",
  TWILIO_FROM: "+442071838750",
  TWILIO_BASE_URL: "http://127.0.0.1:4002",
  SMS_GATEWAY_URL: "https://sms.example.test/messages",
  SMS_GATEWAY_SECRET: exampleKey,
  APPS_FILE: "./data/apps.json",
};

/** The text of `.env.example`: every key with its meaning, each line switched off. */
export function envExample(): string {
  const entries = settingMeanings().map(({ name, shown, secret, meaning }) => {
    const file = secret ? `\n# Or from a file: ${name}_FILE=/run/secrets/${name.toLowerCase()}` : "";
    return `# ${meaning}\n# Default: ${shown}.${file}\n#${name}=${sampleValues[name] ?? shown}\n`;
  });
  return `${heading}\n${entries.join("\n")}`;
}

/** `document` with the table of settings between its two markers written anew. Throws when a marker is missing. */
export function withSettingsTable(document: string): string {
  const [before, rest] = document.split(tableBegins);
  const after = rest?.split(tableEnds)[1];
  if (before === undefined || after === undefined)
    throw new Error("docs/operate.md has lost the markers of its table.");
  return `${before}${tableBegins}\n${settingsTable()}\n${tableEnds}${after}`;
}

/** The text of `scripts/setting-names.mjs`: what plain scripts know of the schema. */
export function settingNamesModule(): string {
  const names = settingMeanings().flatMap(({ name, secret }) => (secret ? [name, `${name}_FILE`] : [name]));
  const rows = names.map((name) => `  "${name}",\n`).join("");
  return `/** Every key of the portal, files of secrets too. Written by \`npm run config:docs\`. */\nexport const settingNames = [\n${rows}];\n`;
}

function settingsTable(): string {
  const rows = settingMeanings().map(
    ({ name, shown, secret, meaning }) => `| \`${name}\`${secret ? " (secret)" : ""} | ${shown} | ${meaning} |`,
  );
  return ["| key | default | what it means |", "|---|---|---|", ...rows].join("\n");
}

const heading = `# Every key of the portal. Copy a line to .env and remove its first character, or set it in the real
# environment, which wins over .env. Written by \`npm run config:docs\`.
`;
