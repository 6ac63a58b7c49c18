import { statfs } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { poolLoad } from "@/lib/db/pool-load";
import { type Duration, inSeconds } from "@/lib/kernel/duration";
import { channelNames } from "@/lib/policy/channels";
import { metricsRules } from "@/lib/policy/metrics-rules";
import type { Figures } from "@/lib/serve/metrics/read-figures";
import type { Metrics } from "@/lib/serve/metrics/registry";

/** What is read at a scrape. `figures`: asks the database; null while that is not to be asked. `steady`: the machine's stopwatch. */
export type House = {
  readonly dataDir: string;
  readonly isOpen: () => boolean;
  readonly figures: () => (() => Promise<Figures>) | null;
  /** How often the schedule makes a backup; null: there is none. */
  readonly backupEvery: Duration | null;
  readonly steady?: () => number;
  /** How long a scrape waits for the database. */
  readonly patience?: Duration;
};

/**
 * What one scrape tells: everything that was counted, with the levels of this moment. What the database knows is asked at most every fifteen seconds, by one
 * look for all who scrape, and waited for at most three; unknown figures are told by nobody, so that none of yesterday's stand there.
 */
export function makeScrape(metrics: Metrics, house: House): () => Promise<string> {
  const figures = keptFigures(house);
  return async () => {
    const [found, free] = await Promise.all([figures(), freeBytes(house.dataDir)]);
    setHere(metrics, house, free);
    setFound(metrics, found);
    return metrics.text();
  };
}

/** `none`: nobody was asked, because the portal is not open. */
type Found = Figures | "no answer" | "none";

function keptFigures({
  figures,
  steady = () => performance.now(),
  patience = metricsRules.patience,
}: House): () => Promise<Found> {
  let kept: { readonly at: number; readonly figures: Figures } | null = null;
  let looking: Promise<Found> | null = null;
  return async () => {
    const ask = figures();
    if (ask === null) return "none";
    if (kept !== null && steady() - kept.at < metricsRules.kept) return kept.figures;
    looking ??= look(ask).finally(() => {
      looking = null;
    });
    return Promise.race([looking, pause(patience, "no answer" as const, { ref: false })]);
  };
  async function look(ask: () => Promise<Figures>): Promise<Found> {
    try {
      const found = await ask();
      kept = { at: steady(), figures: found };
      return found;
    } catch {
      return "no answer"; // which is told as such: sallyport_database_answers
    }
  }
}

function setHere(metrics: Metrics, { isOpen, backupEvery }: House, free: number | null): void {
  const load = poolLoad();
  for (const state of ["busy", "idle", "waiting"] as const)
    metrics.set("sallyport_database_pool", { state }, load?.[state]);
  metrics.set("sallyport_open", {}, isOpen() ? 1 : 0);
  metrics.set("sallyport_data_free_bytes", {}, free);
  metrics.set("sallyport_backup_every_seconds", {}, backupEvery === null ? 0 : inSeconds(backupEvery));
}

function setFound(metrics: Metrics, found: Found): void {
  const known = typeof found === "string" ? null : found;
  metrics.set("sallyport_database_answers", {}, found === "none" ? null : known === null ? 0 : 1);
  for (const channel of channelNames) {
    const open = known?.letters.find((one) => one.channel === channel);
    for (const state of ["waiting", "retrying", "parked"] as const)
      metrics.set("sallyport_letters", { channel, state }, known && (open?.[state] ?? 0));
    metrics.set("sallyport_letters_oldest_seconds", { channel }, known && (open?.oldestSeconds ?? 0));
  }
  metrics.set("sallyport_portals_living", {}, known?.portals.living);
  metrics.set("sallyport_portal_versions", {}, known?.portals.versions);
  metrics.set("sallyport_heartbeat_age_seconds", {}, known?.portals.ownAge);
  metrics.set("sallyport_clock_ahead_seconds", {}, known && known.skewMs !== null ? known.skewMs / 1000 : null);
  metrics.set("sallyport_changes_overdue", {}, known?.changesOverdue);
  metrics.set("sallyport_changes_untold", {}, known?.changesUntold);
  metrics.set("sallyport_events_unsealed_seconds", {}, known && known.unsealedMs / 1000);
  metrics.set("sallyport_backup_made_seconds", {}, known && (known.backupMade?.getTime() ?? 0) / 1000);
}

async function freeBytes(folder: string): Promise<number | null> {
  const found = await statfs(folder).catch(() => null);
  return found && found.bavail * found.bsize;
}
