import { setTimeout as pause } from "node:timers/promises";
import { recordRefusedAccess } from "@/lib/audit/record-refused-access";
import { config } from "@/lib/config/config";
import type { Ctx } from "@/lib/context/context";
import { checkKeyring } from "@/lib/crypto/canary";
import { openIndexKeys } from "@/lib/crypto/index-keys";
import { database, rawOf } from "@/lib/db/client";
import { isDatabaseFault } from "@/lib/db/database-fault";
import { renewProofs, unprovenChannels } from "@/lib/delivery/channel-proof";
import { closeChannels, mailChannel, smsChannel } from "@/lib/delivery/channels";
import { forgottenNames } from "@/lib/factors/passkey/names";
import { systemClock } from "@/lib/kernel/clock";
import { between, minutes, seconds } from "@/lib/kernel/duration";
import { faultLine } from "@/lib/kernel/fault-line";
import { logLine } from "@/lib/kernel/log";
import { systemRandom } from "@/lib/kernel/random";
import { startOutboxWorker } from "@/lib/letters/outbox-worker";
import { canLeave } from "@/lib/letters/queue-letters";
import { letterKinds } from "@/lib/notices/letter-kinds";
import { noteMail } from "@/lib/notices/note-mail";
import { startDueRunner } from "@/lib/pending/due-runner";
import { policy } from "@/lib/policy/policy";
import { measureSkew } from "@/lib/portals/clock-skew";
import { readDatabaseClock } from "@/lib/portals/store";
import { resetOrders } from "@/lib/resets/orders";
import { takePlace } from "@/lib/serve/among-portals";
import { startBackupSchedule } from "@/lib/serve/backup-schedule";
import { clockRules } from "@/lib/serve/clock-watch";
import { readFigures } from "@/lib/serve/metrics/read-figures";
import {
  type BootReport,
  type ForeignOrigin,
  hasEntry,
  isHourRight,
  noteSkew,
  type Readiness,
  reportBoot,
} from "@/lib/serve/portal-state";
import { startSealing } from "@/lib/serve/seal-schedule";
import { countBrokenMigrations } from "@/lib/serve/store";
import { offerSetupLink } from "@/lib/setup/issue-setup-link";
import { sweep } from "@/lib/sweep/sweep";
import { writeProbe } from "@/lib/throttle/upkeep/store";
import { unlockOrders } from "@/lib/unlocks/orders";

/**
 * Looks at what is stored before anybody is served: can the other portals of this database read what this one will write, do the keys open
 * what is there, is there an account yet? Reports to the serving entry of this process. It is built apart from the pages: it has a database
 * client of its own, whose idle connections end.
 */
export async function bootHouse(): Promise<void> {
  const shut = await patiently(() => openIndexKeys(rawOf(database())));
  const place = hasEntry() ? await patiently(() => takePlace(bootContext, ({ skewMs }) => noteSkew(skewMs))) : null;
  const names = () => forgottenNames(bootContext(), config().relyingParty);
  const mistake =
    place?.refusal ?? (await patiently(() => checkKeyring(rawOf(database())))) ?? shut ?? (await patiently(names));
  const setupLink = mistake === null && place !== null ? await offerSetupLink(bootContext(), place.self) : null;
  const unproven = mistake === null && hasEntry() ? await lookAtChannels() : [];
  const restLetters = mistake === null ? carryLetters() : async () => undefined;
  const restDue = mistake === null ? doWhatIsDue() : async () => undefined;
  const restBackups =
    mistake === null && hasEntry() ? startBackupSchedule({ context: bootContext }) : async () => undefined;
  const restSealing = mistake === null && place !== null ? sealAs(place.self.name) : async () => undefined;
  const rest = () =>
    Promise.allSettled([restDue(), restLetters(), restBackups(), restSealing()]).then(() => place?.leave());
  const figures = () => readFigures(bootContext(), place?.self.id ?? null);
  reportBoot({ mistake, setupLink, unproven, readiness, skew, figures, noteForeignOrigin, rest } satisfies BootReport);
  if (mistake === null && hasEntry()) sweepNowAndThen();
  if (mistake === null || hasEntry()) return;
  process.stderr.write(`The portal cannot start. ${mistake}\n`);
  process.exit(1);
}

const sealAs = (name: string) => startSealing({ context: bootContext, dataDir: config().dataDir, name });

/** More than this between the wall clock and the machine's own stopwatch is a clock that was set. */
const clockJump = minutes(1);

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

/**
 * Sweeps every ten minutes. What it deletes depends on the date, so it rests while the clock has just jumped or is far off: a wrong clock must not
 * cost the record of a year. A fault is logged and harms nobody: the next sweep finds the same rows.
 */
function sweepNowAndThen(): void {
  let last = { wall: systemClock.now(), steady: performance.now() };
  const once = async () => {
    const now = { wall: systemClock.now(), steady: performance.now() };
    const jump = Math.abs(between(last.wall, now.wall) - (now.steady - last.steady));
    last = now;
    if (jump > clockJump || !isHourRight())
      return logLine("warning", "sweep.skipped", { seconds: Math.round(jump / 1000) });
    await sweep(bootContext()).catch((fault: unknown) => logLine("warning", "sweep.failed", faultLine(fault)));
  };
  setInterval(once, policy.retention.every).unref();
}

/** Which channels still wait for their test letter; whether mail is on is noted, and proofs made under an older key are carried over to the newest. */
async function lookAtChannels(): Promise<BootReport["unproven"]> {
  const ctx = bootContext();
  await noteMail(ctx);
  await renewProofs(ctx);
  return unprovenChannels(ctx);
}

/** Letters are carried in this process, here and under `next dev`; not at all while both channels are off. */
function carryLetters(): () => Promise<void> {
  if (!canLeave("mail") && !canLeave("sms")) return async () => undefined;
  const ways = {
    mail: () => (canLeave("mail") ? mailChannel() : null),
    sms: () => (canLeave("sms") ? smsChannel() : null),
  };
  const onFault = (fault: unknown) => logLine("warning", "postman.failed", faultLine(fault));
  const stop = startOutboxWorker({
    context: bootContext,
    ways,
    kinds: letterKinds,
    orders: { ...resetOrders, ...unlockOrders },
    onFault,
  });
  return () => stop().finally(closeChannels);
}

/** Changes that wait are done in this process, here and under `next dev`, whatever channels are on; not while the hour cannot be trusted. */
function doWhatIsDue(): () => Promise<void> {
  return startDueRunner({
    context: bootContext,
    databaseClock: () => readDatabaseClock(rawOf(database())),
    mayDecide: isHourRight,
    onFault: (fault) => logLine("warning", "pending.failed", faultLine(fault)),
  });
}

function noteForeignOrigin({ ip, agent, requestId, route, why }: ForeignOrigin): void {
  const ctx = { ...bootContext(), visitor: { ip, agent }, requestId };
  const meta = { why, ...(route !== null && { route }) };
  recordRefusedAccess(ctx, { name: "origin.refused", subjectId: null, meta }).catch((fault: unknown) =>
    logLine("error", "event.not_written", faultLine(fault)),
  );
}

async function readiness(): Promise<Readiness> {
  const checks = { database: databaseWrites, clock: clocksAgree, keyring: keysFit, migrations: migrationsDone };
  const failed = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => ((await check().catch(() => false)) ? [] : [name])),
  );
  const why = failed.flat();
  return { isReady: why.length === 0, why };
}

const databaseWrites = async () => (await writeProbe(database())) instanceof Date;
const keysFit = async () => (await checkKeyring(rawOf(database()))) === null;
const migrationsDone = async () => (await countBrokenMigrations(database())) === 0;

const skew = () => measureSkew(rawOf(database()));

/** A database that answers late is not taken for a clock that is wrong: under load all portals would call themselves not ready at once. */
async function clocksAgree(): Promise<boolean> {
  const ahead = await skew();
  if (ahead !== null) noteSkew(ahead);
  return Math.abs(ahead ?? 0) <= clockRules.apart;
}

function bootContext(): Ctx {
  return {
    now: systemClock.now(),
    random: systemRandom,
    db: database(),
    visitor: { ip: "127.0.0.1", agent: "" },
    language: config().defaultLanguage,
    requestId: null,
    afterCommit: (act) => act(),
  };
}
