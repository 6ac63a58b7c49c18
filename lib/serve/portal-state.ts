import type { ChannelName } from "@/lib/policy/channels";
/** What one look at the house found. `why` names the checks that failed. */
export type Readiness = { readonly isReady: boolean; readonly why: readonly string[] };

/** What is known about a request that came from elsewhere. `route`: where to, as its folder is called; null for nobody's path. */
export type ForeignOrigin = {
  readonly ip: string;
  readonly agent: string;
  readonly requestId: string;
  readonly route: string | null;
  readonly why: string;
};

/** What the pages tell the serving entry once they are loaded. */
export type BootReport = {
  /** A sentence that ends the start: a keyring that cannot open what is stored. */
  readonly mistake: string | null;
  /** The one-time link, until there is a first administrator. */
  readonly setupLink: string | null;
  /** Channels of listed kinds that have not delivered a test letter: their codes stay off. */
  readonly unproven: readonly ChannelName[];
  /** Looks at database, keyring and clock. */
  readonly readiness: () => Promise<Readiness>;
  /** Leaves a row about a request from a page of another origin, which the entry has refused; sampled, and it fails silently but for a line. */
  readonly noteForeignOrigin: (refused: ForeignOrigin) => void;
  /** Ends what works besides the pages: letters under way may end. */
  readonly rest: () => Promise<void>;
};

declare global {
  /** True in the serving entry's process; there it decides how a failed start ends. */
  var sallyportServes: boolean | undefined;
  /** Written once by the pages' bundle, read by the serving entry's: they share nothing else. */
  var sallyportBoot: BootReport | undefined;
}

/** Says that a serving entry runs in this process and will judge the boot report. */
export function announceEntry(): void {
  globalThis.sallyportServes = true;
}

/** Leaves the report for the serving entry. */
export function reportBoot(report: BootReport): void {
  globalThis.sallyportBoot = report;
}

/** The report of the pages, null before they have been loaded. */
export function bootReport(): BootReport | null {
  return globalThis.sallyportBoot ?? null;
}

/** Does a serving entry run here? Not under `next dev`. */
export function hasEntry(): boolean {
  return globalThis.sallyportServes === true;
}
