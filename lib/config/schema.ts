import * as z from "zod";
import { isReadableOnWhite, readColour } from "@/lib/config/accent";
import { appSettings } from "@/lib/config/app-settings";
import { backupSettings } from "@/lib/config/backup-settings";
import { databaseSettings } from "@/lib/config/database-settings";
import { deliverySettings } from "@/lib/config/delivery-settings";
import { passkeySettings } from "@/lib/config/passkey-settings";
import { onOrOff, reading, wholeNumber } from "@/lib/config/reading";
import { recordSettings } from "@/lib/config/record-settings";
import { secondFactorSettings } from "@/lib/config/second-factor-settings";
import {
  exampleKey,
  type Reading,
  readActionsKey,
  readAppUrl,
  readAuthSecrets,
  readKeys,
  readProxies,
  readSupport,
} from "@/lib/config/values";

const hostName = /^[0-9A-Za-z.:_-]{1,253}$/;
const notAHost = "must be an IP address or a host name of this machine.";

/**
 * Every key of the configuration, once: type, default and meaning. `.env.example` and the table in `docs/operate.md`
 * are written from it. A secret can also come from a file: `<KEY>_FILE`.
 */
export const schema = z.object({
  APP_URL: z.string().transform(reading(readAppUrl)).optional().meta({
    shown: "http://localhost:PORT",
    sample: "https://login.example.test",
    description:
      "The address that people type, scheme and host (and port) only. All links, cookies and origin checks come from it. Anything but this machine must be https.",
  }),
  PORT: wholeNumber(1, 65_535).default(3000).meta({ shown: "3000", description: "The port the portal listens on." }),
  HOST: z.string().regex(hostName, notAHost).default("127.0.0.1").meta({
    shown: "127.0.0.1",
    description:
      "The address the portal listens on. Behind a proxy on another machine use 0.0.0.0 or ::. The shell's HOSTNAME is never used.",
  }),
  HEALTH_PORT: wholeNumber(1, 65_535).optional().meta({
    shown: "off",
    sample: "3001",
    description: "A second port that answers /healthz, /readyz and /metrics for your monitoring.",
  }),
  HEALTH_HOST: z.string().regex(hostName, notAHost).default("127.0.0.1").meta({
    shown: "127.0.0.1",
    description:
      "The address that HEALTH_PORT listens on. Elsewhere than on this machine, /readyz does not say what is wrong; let only your monitoring reach it.",
  }),
  METRICS_TOKEN: z
    .string()
    .regex(/^[\w.~+/-]{32,200}$/, "must be 32 to 200 letters, digits and . _ ~ + / - without spaces.")
    .optional()
    .meta({
      shown: "none",
      sample: "00000000000000000000000000000000",
      secret: true,
      description:
        "What your Prometheus brings to read /metrics at HEALTH_PORT (Authorization: Bearer). Without one only this machine may read it, and where HEALTH_HOST is another address nobody.",
    }),
  ...databaseSettings,
  DATA_DIR: z.string().default("./data").meta({
    shown: "./data",
    description: "The folder for the built-in database and for the lock that keeps a second start away.",
  }),
  ...backupSettings,
  ...recordSettings,
  PORTAL_KEYS: z
    .string("is missing: `npm start` writes one in a new folder; docs/operate.md tells how to make one.")
    .transform(reading(readKeys))
    .meta({
      shown: "written by the first start",
      sample: `k1:${exampleKey}`,
      secret: true,
      description:
        "The keys that seal secrets in the database, NAME:BASE64 of 32 bytes each, with commas between them. The first one seals, all of them open. Losing them loses every password and every factor.",
    }),
  AUTH_SECRET: z
    .string("is missing: `npm start` writes one in a new folder; docs/operate.md tells how to make one.")
    .transform(reading(readAuthSecrets))
    .meta({
      shown: "written by the first start",
      sample: exampleKey,
      secret: true,
      description: "Secrets of at least 32 bytes that sign cookies, with commas between them, the newest first.",
    }),
  NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: z.string().transform(reading(readActionsKey)).optional().meta({
    shown: "one for all builds everywhere",
    sample: exampleKey,
    secret: true,
    description:
      "Base64 of 32 bytes, read when the portal is built. Leave it out: it guards nothing, and pages that are open during an upgrade need the same one in both builds.",
  }),
  TRUSTED_PROXIES: z.string().transform(reading(readProxies)).default([]).meta({
    shown: "nobody",
    sample: "10.0.0.0/8,2001:db8::/32",
    description:
      "IP addresses or ranges of the proxies whose X-Forwarded-For is believed. Everybody else's header is overwritten.",
  }),
  PLACES_FILE: z
    .string()
    .regex(/\.mmdb$/i, "must be a .mmdb file.")
    .optional()
    .meta({
      shown: "none",
      sample: "./data/places.mmdb",
      description:
        "A file of yours in the MaxMind DB format, of towns or of countries: beside an address people then read roughly where it is. No address is sent anywhere for it. While the file is missing no place is shown, and the doctor says so. It takes its size in memory.",
    }),
  BRAND_NAME: z
    .string()
    .trim()
    .min(1, "must not be empty.")
    .max(40, "must be at most 40 characters long.")
    .regex(/^[^\p{Cc}]*$/u, "must not contain control characters.")
    .default("Sallyport")
    .meta({ shown: "Sallyport", description: "The name people see on every page and in their authenticator app." }),
  BRAND_LOGO_FILE: z
    .string()
    .regex(/\.(svg|png|webp|jpe?g)$/i, "must be a .svg, .png, .webp or .jpg file.")
    .optional()
    .meta({
      shown: "the two doors",
      sample: "./data/logo.svg",
      description: "A picture of at most 256 kB that stands in place of the mark.",
    }),
  BRAND_ACCENT: z.string().transform(reading(readAccent)).default("#1d5b79").meta({
    shown: "#1d5b79",
    description:
      "The colour of buttons and links, #RRGGBB, with a contrast of at least 4.5 against white. The dark theme lightens it by itself.",
  }),
  BRAND_SUPPORT: z.string().transform(reading(readSupport)).optional().meta({
    shown: "nobody",
    sample: "help@example.test",
    description: "Whom people ask when they are locked out: an email address or a web address.",
  }),
  REGISTRATION: z.enum(["closed", "invitation", "open"], "must be closed, invitation or open.").default("closed").meta({
    shown: "closed",
    description:
      "Who gets an account. closed: whom you add by command. invitation: the same, and the login page says so. open: also whoever receives a letter at the email address that they type on a page of the portal, which needs MAIL_CHANNEL.",
  }),
  ...secondFactorSettings,
  ...passkeySettings,
  TOTP_WINDOW: z.enum(["0", "1"], "must be 0 or 1.").default("1").meta({
    shown: "1",
    description: "How many 30-second steps the clock of a phone may be off, either way: 0 or 1.",
  }),
  DEFAULT_LANGUAGE: z
    .enum(["en", "zh"], "must be en or zh.")
    .default("en")
    .meta({ shown: "en", description: "The language for people whose browser names neither English nor Chinese." }),
  ...deliverySettings,
  ...appSettings,
  LOGINS_PER_ADDRESS: wholeNumber(5, 100_000).default(30).meta({
    shown: "30",
    description:
      "How many logins one address (IPv6: one /64) may try within five minutes; its /24 or /48 may try ten times as many. Right passwords are refunded, and browsers that are known have counters of their own. Raise it where more people than that mistype behind one address.",
  }),
  CHANGES_WAIT_HOURS: wholeNumber(1, 72).default(24).meta({
    shown: "24",
    description:
      "How many hours a dangerous change of an account waits, so that its owner can stop it: 1 to 72. At once it is done only in a browser that has been known for a week, with the strongest proof. Deleting an account always waits seven days.",
  }),
  DEV_TOOLS: onOrOff("false").meta({
    shown: "false",
    description: "Helps for developers. Only where APP_URL is this machine.",
  }),
});

export type Settings = z.output<typeof schema>;
export type SettingName = keyof typeof schema.shape;

/** One row of the documentation. */
export type SettingMeaning = {
  readonly name: string;
  readonly shown: string;
  readonly sample: string;
  readonly secret: boolean;
  readonly meaning: string;
};

/** What the documentation says about every key, in the order of the schema. */
export function settingMeanings(): readonly SettingMeaning[] {
  return Object.entries(schema.shape).map(([name, type]) => {
    const meta = type.meta();
    return {
      name,
      shown: meta?.shown ?? "",
      sample: meta?.sample ?? meta?.shown ?? "",
      secret: meta?.secret === true,
      meaning: meta?.description ?? "",
    };
  });
}

function readAccent(text: string): Reading<string> {
  const colour = readColour(text);
  if (colour === null) return { ok: false, mistake: "must be a colour such as #1d5b79." };
  if (isReadableOnWhite(colour)) return { ok: true, value: colour };
  return { ok: false, mistake: "is too light: white text on it could not be read (contrast below 4.5)." };
}
