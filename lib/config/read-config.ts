import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { accentOnDark } from "@/lib/config/accent";
import type { ConfiguredApp } from "@/lib/config/app-shape";
import { readAppsFile } from "@/lib/config/apps-file";
import { buildDelivery, type DeliveryConfig } from "@/lib/config/delivery-config";
import { deliveryMistakes } from "@/lib/config/delivery-mistakes";
import { passkeyMistakes, type RelyingParty, relyingPartyOf } from "@/lib/config/passkey-settings";
import { type SettingName, type Settings, schema, settingMeanings } from "@/lib/config/schema";
import { secondFactorMistakes } from "@/lib/config/second-factor-settings";
import { readSecretFile, unreadable } from "@/lib/config/secret-file";
import { isLoopbackHost, type Key } from "@/lib/config/values";
import type { AskedLevel } from "@/lib/kernel/log";
import { type Secret, secret } from "@/lib/kernel/secret";
import { readUrl } from "@/lib/kernel/url";
import { oddFile } from "@/scripts/ordinary-file.mjs";

/** Everything the operator can decide, parsed. Paths are absolute, `appUrl` is an origin without a slash at its end. */
export type Config = {
  readonly appUrl: string;
  readonly isHttps: boolean;
  readonly isLoopback: boolean;
  readonly host: string;
  readonly port: number;
  readonly healthPort: number | null;
  readonly healthHost: string;
  /** What whoever reads the metrics must bring; null: only this machine may. */
  readonly metricsToken: Secret<string> | null;
  /** null: the built-in PostgreSQL, until `adoptDatabaseUrl` names it. */
  readonly databaseUrl: Secret<string> | null;
  /** Past a pooler; null: the same as `databaseUrl`. */
  readonly databaseDirectUrl: Secret<string> | null;
  /** Connections at most, over all parts of one portal. */
  readonly databasePool: number;
  readonly namedStatements: boolean;
  readonly dataDir: string;
  /** Backups that the portal makes by itself: into which folder (null: none), every how many hours, how many of them stay. */
  readonly backup: { readonly dir: string | null; readonly everyHours: number; readonly keep: number };
  readonly eventsKeptDays: number;
  readonly logLevel: AskedLevel;
  /** The first one seals, all of them open. */
  readonly keys: Secret<readonly Key[]>;
  /** Newest first. */
  readonly authSecrets: Secret<readonly string[]>;
  readonly trustedProxies: readonly string[];
  readonly brand: {
    readonly name: string;
    readonly logoFile: string | null;
    readonly accent: string;
    /** The accent, lightened until it is readable on the dark ground. */
    readonly accentOnDark: string;
    /** A `mailto:` or web address. */
    readonly support: string | null;
  };
  /** Who gets an account: whom the operator adds; the same, and the login page says so; whoever proves an email address. */
  readonly registration: "closed" | "invitation" | "open";
  /** What passkeys belong to. Null: nothing, because `APP_URL` is an address without a name. */
  readonly relyingParty: RelyingParty | null;
  /** Whether browsers may make passkeys that nobody was asked about. */
  readonly passkeyUnasked: boolean;
  readonly totpWindow: 0 | 1;
  /** Tries within five minutes; a network has ten times as many. */
  readonly loginsPerAddress: number;
  /** The operator's own file of where addresses are; null: none. */
  readonly placesFile: string | null;
  /** How long a dangerous change waits. */
  readonly changesWaitHours: number;
  readonly defaultLanguage: "en" | "zh";
  /** Of the file that `APPS_FILE` names; apps registered by command are rows. */
  readonly apps: readonly ConfiguredApp[];
  /** Whether apps may encrypt passwords with RSA on their way here. */
  readonly rsaPasswords: boolean;
  readonly devTools: boolean;
} & DeliveryConfig;

/** An environment: `process.env`, or a plain object in tests. */
export type Environment = Readonly<Record<string, string | undefined>>;

export type ConfigReading =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly mistakes: readonly string[] };

/**
 * Reads the whole configuration out of `env`; relative paths start at `folder`. Either the configuration or every
 * mistake at once, each a sentence that begins with the key and never shows a value.
 */
export function readConfig(env: Environment, folder: string): ConfigReading {
  const { values, mistakes } = gather(env, folder);
  const parsed = schema.safeParse(values);
  const { apps, mistakes: wrongApps } = readAppsFile(values.APPS_FILE, folder);
  const all = [
    ...mistakes,
    ...(parsed.error?.issues ?? [])
      .filter((issue) => !mistakes.some((mistake) => mistake.startsWith(`${String(issue.path[0])}_FILE `)))
      .map((issue) => `${issue.path.join(".")} ${issue.message}`),
    ...mistakesTogether(values),
    ...passkeyMistakes(values),
    ...secondFactorMistakes(values),
    ...deliveryMistakes(values),
    ...mistakesOfFiles(values, folder),
    ...wrongApps,
  ];
  if (!parsed.success || all.length > 0) return { ok: false, mistakes: all };
  return { ok: true, config: build(parsed.data, folder, apps) };
}

type Values = Partial<Record<SettingName, string>>;

/**
 * The values as text: an empty one counts as not set, a secret may stand in a file. White space around a value is nobody's intention: other
 * readers of environment files (`docker run --env-file`) leave the line ends of Windows in it.
 */
function gather(env: Environment, folder: string): { values: Values; mistakes: string[] } {
  const values: Record<string, string> = {};
  const mistakes: string[] = [];
  for (const { name, secret } of settingMeanings()) {
    const [direct, file] = [env[name]?.trim() || undefined, (secret && env[`${name}_FILE`]?.trim()) || undefined];
    if (direct !== undefined) values[name] = direct;
    if (file === undefined) continue;
    const reading = readSecretFile(resolve(folder, file));
    const isEmpty = reading.ok && reading.value === "";
    if (direct !== undefined && isEmpty) continue; // an empty file sets nothing, as an empty value does
    if (direct !== undefined) mistakes.push(`${name}_FILE and ${name} are both set: keep one of them.`);
    else if (reading.ok && !isEmpty) values[name] = reading.value;
    else mistakes.push(`${name}_FILE ${reading.ok ? unreadable : reading.mistake}`);
  }
  return { values, mistakes };
}

/** Rules that look at two keys. They run on the text, so that a mistake in one key does not hide them. */
function mistakesTogether(values: Values): string[] {
  const mistakes: string[] = [];
  const hostname = readUrl(values.APP_URL ?? "")?.hostname ?? "localhost";
  if (values.DEV_TOOLS === "true" && !isLoopbackHost(hostname)) {
    mistakes.push("DEV_TOOLS must be false unless APP_URL is this machine: it shows every letter to anybody.");
  }
  if (values.DEV_TOOLS === "true" && values.HOST !== undefined && !isLoopbackHost(values.HOST)) {
    mistakes.push("DEV_TOOLS must be false unless HOST is this machine: it shows every letter to anybody.");
  }
  if (values.HEALTH_PORT !== undefined && values.HEALTH_PORT === (values.PORT ?? "3000")) {
    mistakes.push("HEALTH_PORT must differ from PORT.");
  }
  if (values.DATABASE_DIRECT_URL !== undefined && values.DATABASE_URL === undefined) {
    mistakes.push("DATABASE_DIRECT_URL needs a DATABASE_URL beside it.");
  }
  if (values.REGISTRATION === "open" && (values.MAIL_CHANNEL ?? "off") === "off") {
    mistakes.push("REGISTRATION can be open only with a MAIL_CHANNEL: its links are sent to the address.");
  }
  return mistakes;
}

/** Files that are read later, by pages. Places may be missing: then none are shown, and the doctor says so. */
function mistakesOfFiles({ BRAND_LOGO_FILE: logo, PLACES_FILE: places }: Values, folder: string): string[] {
  const isThere = logo === undefined || existsSync(resolve(folder, logo));
  const oddLogo = logo === undefined ? null : oddFile(resolve(folder, logo));
  const oddPlaces = places === undefined ? null : oddFile(resolve(folder, places), { isSmall: false });
  return [
    ...(isThere ? [] : ["BRAND_LOGO_FILE names a file that does not exist."]),
    ...(oddLogo === null ? [] : [`BRAND_LOGO_FILE names a file that ${oddLogo}`]),
    ...(oddPlaces === null ? [] : [`PLACES_FILE names a file that ${oddPlaces}`]),
  ];
}

const backupOf = (settings: Settings, folder: string): Config["backup"] =>
  Object.freeze({
    dir: settings.BACKUP_DIR === undefined ? null : resolve(folder, settings.BACKUP_DIR),
    everyHours: settings.BACKUP_EVERY,
    keep: settings.BACKUP_KEEP,
  });

function build(settings: Settings, folder: string, apps: readonly ConfiguredApp[]): Config {
  const appUrl = settings.APP_URL ?? `http://localhost:${settings.PORT}`;
  const config: Config = {
    appUrl: new URL(appUrl).origin,
    isHttps: appUrl.startsWith("https:"),
    isLoopback: isLoopbackHost(new URL(appUrl).hostname),
    host: settings.HOST,
    port: settings.PORT,
    healthPort: settings.HEALTH_PORT ?? null,
    healthHost: settings.HEALTH_HOST,
    metricsToken: settings.METRICS_TOKEN === undefined ? null : secret(settings.METRICS_TOKEN),
    databaseUrl: settings.DATABASE_URL === undefined ? null : secret(settings.DATABASE_URL),
    databaseDirectUrl: settings.DATABASE_DIRECT_URL === undefined ? null : secret(settings.DATABASE_DIRECT_URL),
    databasePool: settings.DATABASE_POOL,
    namedStatements: settings.DATABASE_STATEMENTS === "named",
    dataDir: resolve(folder, settings.DATA_DIR),
    backup: backupOf(settings, folder),
    eventsKeptDays: settings.EVENTS_KEEP,
    logLevel: settings.LOG_LEVEL,
    keys: secret(Object.freeze(settings.PORTAL_KEYS)),
    authSecrets: secret(Object.freeze(settings.AUTH_SECRET)),
    trustedProxies: Object.freeze(settings.TRUSTED_PROXIES),
    placesFile: settings.PLACES_FILE === undefined ? null : resolve(folder, settings.PLACES_FILE),
    brand: Object.freeze({
      name: settings.BRAND_NAME,
      logoFile: settings.BRAND_LOGO_FILE === undefined ? null : resolve(folder, settings.BRAND_LOGO_FILE),
      accent: settings.BRAND_ACCENT,
      accentOnDark: accentOnDark(settings.BRAND_ACCENT),
      support: settings.BRAND_SUPPORT ?? null,
    }),
    registration: settings.REGISTRATION,
    relyingParty: relyingPartyOf(appUrl, settings.RP_ID, settings.RELATED_ORIGINS),
    passkeyUnasked: settings.PASSKEY_UNASKED,
    totpWindow: settings.TOTP_WINDOW === "0" ? 0 : 1,
    loginsPerAddress: settings.LOGINS_PER_ADDRESS,
    changesWaitHours: settings.CHANGES_WAIT_HOURS,
    defaultLanguage: settings.DEFAULT_LANGUAGE,
    apps,
    rsaPasswords: settings.RSA_PASSWORDS,
    devTools: settings.DEV_TOOLS,
    ...buildDelivery(settings),
  };
  return Object.freeze(config);
}
