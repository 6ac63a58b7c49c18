import type { Config } from "@/lib/config/read-config";
import type { Finding } from "@/lib/doctor/finding";
import type { House, Opened } from "@/lib/doctor/house";
import { countHouse, listHeard } from "@/lib/doctor/store";
import { inSeconds } from "@/lib/kernel/duration";
import { portalVersion } from "@/lib/kernel/version";
import { portalRules } from "@/lib/policy/portal-rules";

/**
 * What somebody who helps needs to know, for a public place: no secret, no address, no name of a machine and nobody who has an account. Nothing is taken out of a
 * text here; only what is chosen goes in: words of ours, whole numbers, and names of settings.
 */
export async function shareText(house: House, findings: readonly Finding[]): Promise<string> {
  const { machine, settings, database } = house;
  const { config } = settings;
  return [
    `Sallyport ${portalVersion}, Node ${machine.node}, ${process.platform} ${process.arch}`,
    `Settings that are set: ${settings.named.join(", ") || "none"}`,
    ...(settings.unread.size === 0 ? [] : [`Settings with mistakes: ${ours(settings.unread, settings.named)}`]),
    ...(config === null ? [] : [`Settings: ${chosen(config).join(", ")}`]),
    `Database: ${database.kind}`,
    ...(database.kind === "open" ? await told(database).catch(() => ["  its tables do not answer"]) : []),
    findings.length === 0 ? "Found: nothing" : "Found:",
    ...findings.map(({ level, id }) => `  ${level} ${id}`),
  ].join("\n");
}

/** A mistake may name a word of the operator's in the place of a setting: only names that are settings are told. */
const ours = (unread: ReadonlySet<string>, named: readonly string[]): string =>
  named.filter((name) => unread.has(name)).join(", ") || "some that are missing";

/** Parsed values that are one of ours, a switch or a number. */
function chosen(config: Config): string[] {
  const { secondFactor, trust, backup, mail, sms, phones } = config;
  return Object.entries({
    https: config.isHttps,
    loopback: config.isLoopback,
    trustedProxies: config.trustedProxies.length,
    healthPort: config.healthPort !== null,
    registration: config.registration,
    demand: secondFactor.demand,
    kinds: secondFactor.kinds.join("+"),
    count: secondFactor.count,
    trustDays: trust.days,
    mail: mail.kind,
    sms: sms.kind,
    smsEnabled: phones.enabled,
    countries: phones.countries.length,
    apps: config.apps.length,
    rsaPasswords: config.rsaPasswords,
    changesWaitHours: config.changesWaitHours,
    backups: backup.dir !== null,
    backupEvery: backup.everyHours,
    pool: config.databasePool,
    namedStatements: config.namedStatements,
    devTools: config.devTools,
    language: config.defaultLanguage,
  }).map(([name, value]) => `${name}=${value}`);
}

async function told({ ctx, isBuiltIn, server }: Opened["database"]): Promise<string[]> {
  const counts = await countHouse(ctx);
  const living = (await listHeard(ctx)).filter(({ silent }) => silent < inSeconds(portalRules.living));
  const version = `${Math.floor(server.version / 10_000)}.${server.version % 10_000}`;
  return [
    `  PostgreSQL ${version}, ${isBuiltIn ? "built-in" : "its own"}, ${counts.migrations} migrations`,
    `  ${living.length} portals alive`,
    ...Object.entries(counts.rows).map(([table, rows]) => `  ${table}: ${roughly(rows)}`),
  ];
}

/** How large, not how many: a number to the unit would tell which house it is. */
const roughly = (rows: number): string => (rows < 10 ? "below 10" : `about ${10 ** Math.round(Math.log10(rows))}`);
