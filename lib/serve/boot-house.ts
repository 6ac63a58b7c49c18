import { setTimeout as pause } from "node:timers/promises";
import { recordRefusedAccess } from "@/lib/audit/record-refused-access";
import { config } from "@/lib/config/config";
import type { Ctx } from "@/lib/context/context";
import { checkKeyring, findKeyMistake } from "@/lib/crypto/canary";
import { openIndexKeys } from "@/lib/crypto/index-keys";
import { database, rawOf } from "@/lib/db/client";
import { isDatabaseFault } from "@/lib/db/database-fault";
import { renewProofs, unprovenChannels } from "@/lib/delivery/channel-proof";
import { forgottenNames } from "@/lib/factors/passkey/names";
import { seconds } from "@/lib/kernel/duration";
import { faultLine } from "@/lib/kernel/fault-line";
import { logLine } from "@/lib/kernel/log";
import { noteMail } from "@/lib/notices/note-mail";
import { measureSkew } from "@/lib/portals/clock-skew";
import { readDatabaseClock } from "@/lib/portals/store";
import { type Place, takePlace } from "@/lib/serve/among-portals";
import { bootContext } from "@/lib/serve/boot-context";
import { clockRules } from "@/lib/serve/clock-watch";
import {
  type BootReport,
  type ForeignOrigin,
  fromPages,
  hasEntry,
  noteSkew,
  type Readiness,
  reportBoot,
} from "@/lib/serve/portal-state";
import { countBrokenMigrations } from "@/lib/serve/store";
import { type Work, workLater } from "@/lib/serve/work-later";
import { offerSetupLink } from "@/lib/setup/issue-setup-link";
import { writeProbe } from "@/lib/throttle/upkeep/store";

/**
 * Looks at what is stored before anybody is served: can the other portals of this database read what this one will write, do the keys open
 * what is there, is there an account yet? Leaves a report. The serving entry has it in its own bundle, where nearly all of what it needs is loaded anyway; under
 * `next dev`, where there is no entry, `instrumentation.ts` calls it.
 */
export async function bootHouse(): Promise<void> {
  const shut = await patiently(() => openIndexKeys(rawOf(database())));
  const place = hasEntry() ? await patiently(() => takePlace(bootContext, ({ skewMs }) => noteSkew(skewMs))) : null;
  const names = () => forgottenNames(bootContext(), config().relyingParty);
  const mistake = place?.refusal ?? (await patiently(() => keysMistake(shut))) ?? (await patiently(names));
  const setupLink = mistake === null && place !== null ? await offerSetupLink(await startContext(), place.self) : null;
  const unproven = mistake === null && hasEntry() ? await lookAtChannels() : [];
  let work: Work | null = null;
  const begin = () => {
    if (mistake === null) work ??= housework(place);
  };
  const rest = async () => {
    await work?.end();
    await place?.leave();
  };
  const readiness = () => lookReady({ work: async () => work?.isWell() ?? true });
  const figures = async () => (await fromPages()).readFigures(place?.self.id ?? null);
  reportBoot({ mistake, setupLink, unproven, begin, readiness, skew, figures, noteForeignOrigin, rest });
  if (mistake === null || hasEntry()) return;
  process.stderr.write(`The portal cannot start. ${mistake}\n`);
  process.exit(1);
}

/** What is wrong with the keys, asked before the key in front leaves its canary: one that opens nothing here would shut out whoever has the right ones. */
async function keysMistake(shut: string | null): Promise<string | null> {
  const db = rawOf(database());
  return (await findKeyMistake(db)) ?? shut ?? checkKeyring(db);
}

/** How long the work waits for the first page: it may have the start's only thread before what nobody waits for is loaded. */
const workWaits = seconds(2);

const housework = (place: Place | null) =>
  workLater(async () => (await fromPages()).beginWork(place?.self.name ?? null), workWaits);

const tries = 20;

/** A database that is slow to answer gets a minute: a throw here would leave a server that never opens. */
async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  for (let left = tries; ; left -= 1) {
    try {
      return await ask();
    } catch (fault) {
      if (left <= 1 || !isDatabaseFault(fault)) throw fault;
      await pause(seconds(1));
    }
  }
}

/** Which channels still wait for their test letter; whether mail is on is noted, and proofs made under an older key are carried over to the newest. */
async function lookAtChannels(): Promise<BootReport["unproven"]> {
  const ctx = await startContext();
  await patiently(() => noteMail(ctx));
  await renewProofs(ctx);
  return unprovenChannels(ctx);
}

function noteForeignOrigin({ ip, agent, requestId, route, why }: ForeignOrigin): void {
  const ctx = { ...bootContext(), visitor: { ip, agent }, requestId };
  const meta = { why, ...(route !== null && { route }) };
  recordRefusedAccess(ctx, { name: "origin.refused", subjectId: null, meta }).catch((fault: unknown) =>
    logLine("error", "event.not_written", faultLine(fault)),
  );
}

async function lookReady(more: Readonly<Record<string, () => Promise<boolean>>>): Promise<Readiness> {
  const checks = {
    database: databaseWrites,
    clock: clocksAgree,
    keyring: keysFit,
    migrations: migrationsDone,
    ...more,
  };
  const failed = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => ((await check().catch(() => false)) ? [] : [name])),
  );
  const why = failed.flat();
  return { isReady: why.length === 0, why };
}

const databaseWrites = async () => (await writeProbe(rawOf(database()))) instanceof Date;
const keysFit = async () => (await checkKeyring(rawOf(database()))) === null;
const migrationsDone = async () => (await countBrokenMigrations(rawOf(database()))) === 0;

const skew = () => measureSkew(rawOf(database()));

/** A database that answers late is not taken for a clock that is wrong: under load all portals would call themselves not ready at once. */
async function clocksAgree(): Promise<boolean> {
  const ahead = await skew();
  if (ahead !== null) noteSkew(ahead);
  return Math.abs(ahead ?? 0) <= clockRules.apart;
}

/** By the database's hour: nobody has compared this machine's with it yet, and what a start writes, a link for a day, must not hang on that. */
async function startContext(): Promise<Ctx> {
  return { ...bootContext(), now: await patiently(() => readDatabaseClock(rawOf(database()))) };
}
