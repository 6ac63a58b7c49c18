import { setTimeout as pause } from "node:timers/promises";
import { startHaproxy } from "@/e2e/support/killed/haproxy";
import { lettersOf } from "@/e2e/support/mailbox";
import { freePort, type Portal, startPortal } from "@/e2e/support/portal";
import type { MailboxLetter } from "@/lib/delivery/mailbox";
import { ensure } from "@/lib/kernel/assert";

/** Two portals on one database behind haproxy, as docs/scale.md has it. */
export type TwoPortals = {
  /** The address that people type. */
  readonly url: string;
  /** Of each portal, past the proxy. */
  readonly own: readonly string[];
  readonly dataDir: string;
  /** Ends a portal with -9, starts it again and waits until haproxy sees it. Out: how many milliseconds it was away for. */
  killOne(nth: number): Promise<number>;
  /** Waits until both are ready, so many milliseconds at most. */
  untilReady(most: number): Promise<void>;
  /** Everything that either has sent so far, the newest first. */
  letters(): Promise<readonly MailboxLetter[]>;
  stop(): Promise<void>;
};

type Settings = Readonly<Record<string, string>>;

/** Everybody comes from one address here: what is counted by address must not hold them up. */
const settings: Settings = {
  TRUSTED_PROXIES: "127.0.0.0/8",
  LOGINS_PER_ADDRESS: "100000",
  SMS_PER_DAY: "1000000",
  SECOND_FACTOR: "off",
};

/** Starts both portals from this folder's build, and haproxy before them. Waits until they are ready. */
export async function startTwoPortals(databaseUrl: string): Promise<TwoPortals> {
  const front = await freePort();
  const url = `http://localhost:${front}`;
  const places: Settings[] = [];
  for (let nth = 0; nth < 2; nth += 1)
    places.push({ ...settings, APP_URL: url, PORT: `${await freePort()}`, HEALTH_PORT: `${await freePort()}` });
  const portals = await Promise.all(places.map((place) => startPortal(databaseUrl, place)));
  const ports = places.map(({ PORT = "", HEALTH_PORT = "" }) => ({ port: PORT, health: HEALTH_PORT }));
  const proxy = await startHaproxy(front, ports);
  const folders = portals.map(({ dataDir }) => ({ dataDir }));
  const at = (nth: number): Portal => {
    const portal = portals[nth];
    ensure(portal, `there is a portal ${nth}`);
    return portal;
  };
  const killOne = async (nth: number) => {
    const gone = at(nth);
    const begun = performance.now();
    gone.signal("SIGKILL");
    while (!gone.hasEnded()) await pause(5);
    portals[nth] = await startPortal(databaseUrl, { ...places[nth], DATA_DIR: gone.dataDir });
    await untilAll([`http://127.0.0.1:${ports[nth]?.health}/readyz`]);
    const away = performance.now() - begun;
    await pause(untilSeen);
    return away;
  };
  const untilReady = (most: number) =>
    untilAll(
      ports.map(({ health }) => `http://127.0.0.1:${health}/readyz`),
      most,
    );
  const stop = async () => {
    await proxy.stop();
    await Promise.all(portals.map((portal) => portal.stop()));
  };
  await untilAll([`${url}/login`, ...ports.map(({ health }) => `http://127.0.0.1:${health}/readyz`)]);
  await pause(untilSeen);
  const letters = async () => (await Promise.all(folders.map(lettersOf))).flat().reverse();
  const own = ports.map(({ port }) => `http://localhost:${port}`);
  return { url, own, dataDir: at(0).dataDir, killOne, untilReady, letters, stop };
}

/** haproxy looks once a second whether a portal is there. */
const untilSeen = 1_500;

/** Waits until all of these answer well. */
async function untilAll(addresses: readonly string[], most = 20_000): Promise<void> {
  for (let looks = 0; looks < most / 100; looks += 1) {
    if ((await Promise.all(addresses.map(isWell))).every(Boolean)) return;
    await pause(100);
  }
  throw new Error(`These did not answer in time: ${addresses.join(", ")}`);
}

const isWell = (address: string): Promise<boolean> =>
  fetch(address).then(
    ({ ok }) => ok,
    () => false,
  );
