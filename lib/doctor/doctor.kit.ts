import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach } from "vitest";
import { insertBackup } from "@/lib/backup/store";
import { adoptMended, config } from "@/lib/config/config";
import type { Ctx } from "@/lib/context/context";
import { checkKeyring } from "@/lib/crypto/canary";
import { firstIndexKeys, holdIndexKeys, makeIndexKeys } from "@/lib/crypto/index-keys";
import { noteProof } from "@/lib/delivery/channel-proof";
import type { Finding } from "@/lib/doctor/finding";
import type { House, Machine, Opened } from "@/lib/doctor/house";
import { lookAround } from "@/lib/doctor/look-around";
import { thisMachine } from "@/lib/doctor/machine";
import { readServer } from "@/lib/doctor/store";
import { rangesOf } from "@/lib/kernel/address-range";
import { systemClock } from "@/lib/kernel/clock";
import { describePortal } from "@/lib/portals/portal";
import { writeBeat } from "@/lib/portals/store";
import { makeGate } from "@/lib/serve/gate";
import { addressOf } from "@/lib/serve/incoming";
import { makeListener } from "@/lib/serve/listener";
import { testContext, testHouse } from "@/lib/testing/test-context";
import { forgetSettings, ringOf, setSettings } from "@/lib/testing/test-settings";
import { sealHash } from "@/lib/users/check-password";

type OpenDatabase = Opened["database"];
type Wrong = {
  readonly machine?: Partial<Machine>;
  readonly objections?: readonly string[];
  readonly database?: House["database"] | ((sound: OpenDatabase) => House["database"]);
};

/** A house in which nothing is wrong: a file of tests has one, furnished anew before each, and breaks something in it. */
export type SoundHouse = {
  readonly ctx: () => Ctx;
  readonly url: () => string;
  readonly backups: () => string;
  /** What stands at the public address before the portal; by default nothing does. */
  stand(proxy: ((req: IncomingMessage, res: ServerResponse, on: RequestListener) => void) | null): void;
  /** The settings of the sound house with `changes`. */
  set(changes: Readonly<Record<string, string>>): void;
  as(wrong?: Wrong): Promise<House>;
  look(wrong?: Wrong): Promise<readonly Finding[]>;
};

const openWide = {
  isOpen: () => true,
  isClosing: () => false,
  gate: makeGate(),
  files: new Map(),
  pages: async (_: IncomingMessage, res: ServerResponse) => void res.writeHead(404).end(),
  routeOf: () => null,
  knowsAction: () => false,
};

/** The portal's own doors, as the settings are at the moment of the request. */
const portal: RequestListener = (req, res) => {
  const house = config();
  makeListener({ house, address: addressOf(house), trusted: rangesOf(house.trustedProxies), ...openWide })(req, res);
};

type Place = {
  house: Awaited<ReturnType<typeof testHouse>> | null;
  folder: string;
  proxy: Parameters<SoundHouse["stand"]>[0];
};

export function soundHouse(): SoundHouse {
  const place: Place = { house: null, folder: "", proxy: null };
  const server = createServer((req, res) => (place.proxy === null ? portal(req, res) : place.proxy(req, res, portal)));
  const opened = () => {
    if (place.house === null) throw new Error("The house opens in beforeAll.");
    return place.house;
  };
  const ctx = () => testContext({ db: opened().db, clock: systemClock });
  const set = (changes: Readonly<Record<string, string>>) => settle(portOf(server), place.folder, changes);
  const as = (wrong?: Wrong) => houseAs(ctx(), opened().url, wrong);
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, resolve));
    place.folder = await mkdtemp(join(tmpdir(), "doctor-"));
    await mkdir(join(place.folder, "data"));
    set({});
    place.house = await testHouse();
  });
  beforeEach(async () => {
    place.proxy = null;
    set({});
    await opened().empty();
    await furnish(ctx(), place.folder);
  });
  afterAll(async () => {
    forgetSettings();
    server.closeAllConnections();
    server.close();
    await rm(place.folder, { recursive: true });
    await opened().close();
  });
  const stand: SoundHouse["stand"] = (proxy) => {
    place.proxy = proxy;
  };
  const look = async (wrong?: Wrong) => lookAround(await as(wrong));
  return { ctx, url: () => opened().url, backups: () => place.folder, stand, set, as, look };
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The address is there in beforeAll.");
  return address.port;
}

function settle(port: number, folder: string, changes: Readonly<Record<string, string>>): void {
  forgetSettings();
  setSettings({
    APP_URL: `http://localhost:${port}`,
    BACKUP_DIR: folder,
    DATA_DIR: join(folder, "data"),
    MAIL_CHANNEL: "resend",
    MAIL_FROM: "no-reply@example.test",
    RESEND_API_KEY: "re_1234567890",
    ...changes,
  });
  holdIndexKeys(firstIndexKeys(ringOf("one")));
}

async function houseAs(ctx: Ctx, url: string, { machine, objections = [], database }: Wrong = {}): Promise<House> {
  const sound = await openAs(ctx, url);
  return {
    root: process.cwd(),
    objections,
    settings: adoptMended(),
    machine: { ...soundMachine(), ...machine },
    database: typeof database === "function" ? database(sound) : (database ?? sound),
  };
}

/** Servers of tests may forget: their data are gone anyway. */
async function openAs(ctx: Ctx, url: string): Promise<OpenDatabase> {
  return {
    kind: "open",
    ctx,
    url,
    directUrl: url,
    isBuiltIn: true,
    server: { ...(await readServer(ctx)), forgets: [] },
  };
}

const soundMachine = (): Machine => ({
  ...thisMachine(process.cwd()),
  node: "24.14.1",
  freeMemory: () => 4 * 2 ** 30,
  freeBytes: async () => 40 * 2 ** 30,
  diskOf: async (folder) => (folder === config().dataDir ? 1 : 2),
  name: "here",
});

async function furnish(ctx: Ctx, folder: string): Promise<void> {
  await checkKeyring(ctx.db);
  await makeIndexKeys(ctx.db);
  const id = ctx.random.id();
  const sealed = { passwordHash: sealHash(id, "nobody logs in with it"), passwordChangedAt: ctx.now };
  await ctx.db.user.create({ data: { id, email: "ada@example.test", isAdmin: true, createdAt: ctx.now, ...sealed } });
  await noteProof(ctx, "mail");
  await writeBeat(ctx, { id: "own", ...describePortal(), name: `here:${config().port}` }, 0);
  await writeFile(join(folder, "sallyport-newest.backup"), "whole");
  await insertBackup(ctx, { file: "sallyport-newest.backup", bytes: 5, rows: 1 });
}
