import type { ChannelName } from "@/lib/policy/channels";
import type { ClockWatch } from "@/lib/serve/clock-watch";
import type { Figures } from "@/lib/serve/metrics/read-figures";
import type { FirstLink } from "@/lib/setup/issue-setup-link";

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

/** What a look at the house before the first visitor tells the serving entry. */
export type BootReport = {
  /** A sentence that ends the start: keys that cannot open what is stored, or what another portal writes. */
  readonly mistake: string | null;
  /** The one-time link, or where it was printed; until there is a first administrator. */
  readonly setupLink: FirstLink | null;
  /** Channels of listed kinds that have not delivered a test letter: their codes stay off. */
  readonly unproven: readonly ChannelName[];
  /** Begins what is done besides the pages, two seconds from now. The pages are loaded by then: the code is theirs. */
  readonly begin: () => void;
  /** Looks at database, keyring and clock. */
  readonly readiness: () => Promise<Readiness>;
  /** How many milliseconds this machine's clock is ahead of the database's; null where that cannot be told. */
  readonly skew: () => Promise<number | null>;
  /** What the database says of the house, for monitoring. Throws what the database throws. */
  readonly figures: () => Promise<Figures>;
  /** Leaves a row about a request from a page of another origin, which the entry has refused; sampled, and it fails silently but for a line. */
  readonly noteForeignOrigin: (refused: ForeignOrigin) => void;
  /** Ends what works besides the pages: letters under way may end. */
  readonly rest: () => Promise<void>;
};

/** What the pages' bundle does for the start's: as much code as a page's, which the serving entry's has not. */
export type FromPages = {
  /** Begins what a portal does besides its pages, by its name among portals. Out: how to end it; letters under way may end. */
  readonly beginWork: (name: string | null) => Promise<() => Promise<void>>;
  /** What the database says of the house, for monitoring; `own` is this portal's id. Throws what the database throws. */
  readonly readFigures: (own: string | null) => Promise<Figures>;
};

declare global {
  /** True in the serving entry's process; there it decides how a failed start ends. */
  var sallyportServes: boolean | undefined;
  /** The entry's watch over the hour, for the other bundle to ask and to tell. */
  var sallyportClock: ClockWatch | undefined;
  /** Written once by the pages' bundle. */
  var sallyportFromPages: (() => Promise<FromPages>) | undefined;
}

/** Says that a serving entry runs in this process, will judge the boot report, and watches the hour with `clock`. */
export function announceEntry(clock: ClockWatch): void {
  globalThis.sallyportServes = true;
  globalThis.sallyportClock = clock;
}

/** Tells the entry how many milliseconds this machine's clock is ahead of the database's, whoever has measured it. */
export function noteSkew(ahead: number): void {
  globalThis.sallyportClock?.noteSkew(ahead);
}

/** May what depends on the hour be decided? Yes where nobody watches it. */
export function isHourRight(): boolean {
  return globalThis.sallyportClock?.mayDecide() ?? true;
}

let report: BootReport | null = null;

/** Leaves what a look at the house found; null: there is none any more. */
export function reportBoot(found: BootReport | null): void {
  report = found;
}

/** What the look at the house found, in the bundle that looked; null before. */
export const bootReport = (): BootReport | null => report;

/** Does a serving entry run here? Not under `next dev`. */
export function hasEntry(): boolean {
  return globalThis.sallyportServes === true;
}

/** The pages' bundle says how what it does for a start is loaded. */
export function offerFromPages(load: () => Promise<FromPages>): void {
  globalThis.sallyportFromPages = load;
}

/** What the pages do for a start. Throws where none have been loaded. */
export async function fromPages(): Promise<FromPages> {
  if (globalThis.sallyportFromPages === undefined) throw new Error("The pages have not been loaded.");
  return globalThis.sallyportFromPages();
}
