import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { recordEvent } from "@/lib/audit/record-event";
import { newestSealFile } from "@/lib/audit/seals/newest-seal";
import { sealEvents } from "@/lib/audit/seals/seal-events";
import { config } from "@/lib/config/config";
import { soundHouse } from "@/lib/doctor/doctor.kit";
import type { Level } from "@/lib/doctor/finding";
import type { House } from "@/lib/doctor/house";
import { systemClock } from "@/lib/kernel/clock";
import { earlier, hours, later, minutes } from "@/lib/kernel/duration";
import { portalVersion } from "@/lib/kernel/version";
import { describePortal } from "@/lib/portals/portal";
import { neighbour, quietFor } from "@/lib/portals/portals.kit";
import { testKeys } from "@/lib/testing/test-settings";

const house = soundHouse();
type Wrong = NonNullable<Parameters<typeof house.look>[0]>;

const ago = (hoursAgo: number) => earlier(systemClock.now(), hours(hoursAgo));
const away = (code: string): Wrong => ({
  database: { kind: "away", fault: Object.assign(new Error("words of somebody"), { code }) },
});
const server = (told: Partial<Extract<House["database"], { kind: "open" }>["server"]>): Wrong => ({
  database: (sound) => ({ ...sound, server: { ...sound.server, ...told } }),
});
const aLetter = { channel: "mail", kind: "channel.test", queue: "q", address: "a", language: "en" } as const;
const rotated = { name: "keys.rotated", subjectId: null, meta: { rows: 1 } } as const;
/** An event of then, with its seal. */
async function happened(hoursAgo: number): Promise<void> {
  const then = { ...house.ctx(), now: ago(hoursAgo) };
  await recordEvent(then, rotated);
  await sealEvents(then);
}
const forwarding =
  (written: string): NonNullable<Parameters<typeof house.stand>[0]> =>
  (req, res, portal) => {
    req.headers["x-forwarded-for"] = written;
    portal(req, res);
  };

/** One fault each: how it comes about, what is found, and words of what is wrong and of what to do. `beside`: what it brings with it. */
type Planted = {
  readonly id: string;
  readonly level: Level;
  readonly what: RegExp;
  readonly cure: RegExp;
  /** What stands in the settings, in rows or in files. */
  readonly plant?: () => unknown;
  /** What the machine or the server says. */
  readonly wrong?: Wrong;
  readonly beside?: readonly string[];
  readonly undo?: () => Promise<unknown>;
};

const faults: Readonly<Record<string, Planted>> = {
  "a key of the settings is no number": {
    id: "settings.mistake",
    level: "fault",
    what: /^PORT must be a whole number/,
    cure: /Correct it in \.env/,
    plant: () => house.set({ PORT: "threethousand" }),
    beside: ["address"],
  },
  "a file of settings that cannot be read": {
    id: "ground.refused",
    level: "fault",
    what: /^\.env is not UTF-8\.$/,
    cure: /^Save it/,
    wrong: { objections: [".env is not UTF-8. Save it anew as text."] },
  },
  "a line of the settings that means nothing": {
    id: "ground.refused",
    level: "fault",
    what: /^\.env cannot be read: line 3 is not understood\.$/,
    cure: /^Write NAME=value/,
    wrong: { objections: [".env cannot be read:\n  - line 3 is not understood. Write NAME=value."] },
  },
  "the address is this machine, and others are let in": {
    id: "settings.only_here",
    level: "warning",
    what: /HOST lets other machines in/,
    cure: /Set APP_URL/,
    plant: () => house.set({ HOST: "0.0.0.0" }),
  },
  "helps for developers": {
    id: "settings.dev_tools",
    level: "warning",
    what: /DEV_TOOLS is on/,
    cure: /DEV_TOOLS=false/,
    plant: () => house.set({ DEV_TOOLS: "true" }),
  },
  "text messages stopped and listed": {
    id: "settings.sms_stopped",
    level: "warning",
    what: /SMS_ENABLED is false/,
    cure: /SMS_ENABLED=true/,
    plant: () =>
      house.set({
        SMS_ENABLED: "false",
        SMS_CHANNEL: "mailbox",
        DEV_TOOLS: "true",
        SMS_COUNTRIES: "GB",
        SECOND_FACTOR_KINDS: "totp,sms",
      }),
    beside: ["settings.dev_tools"],
  },
  "a full disk": {
    id: "machine.disk",
    level: "fault",
    what: /Only 12 MB are free/,
    cure: /Make room/,
    wrong: { machine: { freeBytes: async () => 12 * 2 ** 20 } },
  },
  "no memory left": {
    id: "machine.memory",
    level: "warning",
    what: /Only 64 MB of memory/,
    cure: /ps aux/,
    wrong: { machine: { freeMemory: () => 64 * 2 ** 20 } },
  },
  "a Node with known holes": {
    id: "node.hole",
    level: "fault",
    what: /Node 24\.9\.0 has known holes/,
    cure: /Install Node 24\./,
    wrong: { machine: { node: "24.9.0" } },
  },
  "a Node of yesterday": {
    id: "node.ended",
    level: "hint",
    what: /Node 20 gets no more fixes since 2026-04-30/,
    cure: /newest Node/,
    wrong: {
      machine: {
        node: "20.20.2",
        clock: { now: () => new Date(Math.max(systemClock.now().getTime(), Date.UTC(2026, 5))) },
      },
    },
  },
  "a package with known holes": {
    id: "package.hole",
    level: "fault",
    what: /The package next 16\.0\.1 has known holes/,
    cure: /newest version of the portal/,
    wrong: { machine: { packageVersion: (name) => (name === "next" ? "16.0.1" : null) } },
  },
  "a database whose server does not run": {
    id: "database.unreachable",
    level: "fault",
    what: /nothing listens there \(ECONNREFUSED\)/,
    cure: /Start the database server/,
    wrong: away("ECONNREFUSED"),
  },
  "a wrong password of the database": {
    id: "database.unreachable",
    level: "fault",
    what: /does not take that password \(28P01\)/,
    cure: /Correct the password/,
    wrong: away("28P01"),
  },
  "a built-in database that does not run": {
    id: "database.at_rest",
    level: "fault",
    what: /nobody can log in/,
    cure: /npm start/,
    wrong: { database: { kind: "at rest" } },
  },
  "a built-in database that lets nobody in": {
    id: "database.busy",
    level: "warning",
    what: /lets nobody in/,
    cure: /Wait a minute/,
    wrong: { database: { kind: "busy" } },
  },
  "a portal that was never started": {
    id: "database.none",
    level: "hint",
    what: /There is no database here yet/,
    cure: /npm start/,
    wrong: { database: { kind: "none" } },
  },
  "a standby": {
    id: "database.read_only",
    level: "fault",
    what: /takes no writes/,
    cure: /primary/,
    wrong: server({ isReadOnly: true }),
  },
  "a server that forgets": {
    id: "database.forgets",
    level: "warning",
    what: /synchronous_commit is off/,
    cure: /ALTER SYSTEM SET synchronous_commit = on/,
    wrong: server({ forgets: ["synchronous_commit"] }),
  },
  "a server that is too old": {
    id: "database.old",
    level: "fault",
    what: /PostgreSQL 14/,
    cure: /newer server/,
    wrong: server({ version: 140_020 }),
  },
  "a server with known holes": {
    id: "database.hole",
    level: "warning",
    what: /PostgreSQL 17\.4 has known holes that 17\.8/,
    cure: /PostgreSQL comes with it/,
    wrong: server({ version: 170_004 }),
  },
  "more connections than the server gives": {
    id: "database.connections",
    level: "warning",
    what: /DATABASE_POOL=20 is more than the 20 connections/,
    cure: /Lower DATABASE_POOL/,
    wrong: server({ connections: 20 }),
  },
  "a database that lacks a migration": {
    id: "migrations.pending",
    level: "warning",
    what: /lacks a migration/,
    cure: /npm start/,
    plant: async () => {
      await house.ctx().db
        .$executeRaw`UPDATE _prisma_migrations SET rolled_back_at = now() WHERE migration_name = (SELECT max(migration_name) FROM _prisma_migrations)`;
    },
    undo: () => house.ctx().db.$executeRaw`UPDATE _prisma_migrations SET rolled_back_at = NULL`,
  },
  "a migration that failed half-way": {
    id: "migrations.unusable",
    level: "fault",
    what: /failed earlier and left the database half-way/,
    cure: /Restore the backup/,
    plant: async () => {
      await house.ctx().db
        .$executeRaw`INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ('x', 'x', '9999_half')`;
    },
    undo: () => house.ctx().db.$executeRaw`DELETE FROM _prisma_migrations WHERE id = 'x'`,
  },
  "a proxy in front that no setting names": {
    id: "settings.trusts_nobody",
    level: "warning",
    what: /TRUSTED_PROXIES names none/,
    cure: /Set TRUSTED_PROXIES/,
    plant: () => house.set({ APP_URL: "https://127.0.0.1:2" }),
    beside: ["address.unreachable"],
  },
  "an address that cannot be reached from here": {
    id: "address.unreachable",
    level: "hint",
    what: /cannot be reached from this machine \(ECONNREFUSED\)/,
    cure: /browser elsewhere/,
    plant: () => house.set({ APP_URL: "http://127.0.0.1:2" }),
  },
  "a proxy that does not pass the visitor's Host on": {
    id: "address.host",
    level: "fault",
    what: /421/,
    cure: /visitor's Host/,
    plant: () =>
      house.stand((req, res, portal) => {
        req.headers.host = "inside.example.test";
        portal(req, res);
      }),
  },
  "an address that leads elsewhere": {
    id: "address.redirected",
    level: "fault",
    what: /\(301\): to another origin/,
    cure: /Set APP_URL/,
    plant: () => house.stand((_, res) => void res.writeHead(301, { location: "https://www.example.test/" }).end()),
  },
  "a proxy that finds no portal": {
    id: "address.no_portal_behind",
    level: "fault",
    what: /does not reach the portal \(502\)/,
    cure: /HOST and PORT/,
    plant: () => house.stand((_, res) => void res.writeHead(502).end()),
  },
  "another program at the address": {
    id: "address.somebody_else",
    level: "warning",
    what: /not this portal with these keys/,
    cure: /well-known/,
    plant: () => house.stand((_, res) => void res.end("<h1>It works!</h1>")),
  },
  "a proxy that is not trusted": {
    id: "proxy.untrusted",
    level: "fault",
    what: /is not named by TRUSTED_PROXIES/,
    cure: /^Set TRUSTED_PROXIES=/,
    plant: () => house.stand(forwarding("203.0.113.7")),
  },
  "a proxy that names nobody": {
    id: "proxy.missing",
    level: "fault",
    what: /sends no X-Forwarded-For/,
    cure: /visitor's address/,
    plant: () => house.set({ TRUSTED_PROXIES: "127.0.0.1,::1" }),
  },
  "a proxy that writes no address": {
    id: "proxy.unreadable",
    level: "fault",
    what: /ends in no IP address/,
    cure: /visitor's address/,
    plant: () => {
      house.set({ TRUSTED_PROXIES: "127.0.0.1,::1" });
      house.stand(forwarding("unknown"));
    },
  },
  "a whole network that is trusted": {
    id: "proxy.only_trusted",
    level: "warning",
    what: /call themselves any address/,
    cure: /Name the proxies alone/,
    plant: () => {
      house.set({ TRUSTED_PROXIES: "127.0.0.1,::1,10.0.0.0/8" });
      house.stand(forwarding("10.1.2.3"));
    },
  },
  "a clock that is wrong": {
    id: "clock.machine",
    level: "fault",
    what: /9\d seconds ahead of the database's/,
    cure: /timedatectl/,
    wrong: { machine: { clock: { now: () => later(systemClock.now(), minutes(1.55)) } } },
  },
  "a portal whose clock is off": {
    id: "clock.portal",
    level: "warning",
    what: /of the portal here:3000 is 7 seconds behind/,
    cure: /timedatectl/,
    plant: async () => {
      await house.ctx().db.portal.updateMany({ data: { clockSkew: -7_000 } });
    },
  },
  "no portal that lives": {
    id: "portals.none",
    level: "fault",
    what: /nobody can log in/,
    cure: /npm start/,
    plant: async () => {
      await house.ctx().db.portal.deleteMany();
    },
  },
  "a portal that was killed": {
    id: "portals.silent",
    level: "warning",
    what: /The portal login-\d+:3000 is silent since 5 minutes/,
    cure: /systemctl status/,
    plant: async () => quietFor(house.ctx(), await neighbour(house.ctx()), 300),
  },
  "settings that were changed since the start": {
    id: "portals.restart",
    level: "warning",
    what: /changed since its start/,
    cure: /start it again/,
    plant: async () => {
      await house.ctx().db.portal.updateMany({ data: { appsHash: "another" } });
    },
  },
  "a portal with other keys": {
    id: "portals.keys",
    level: "fault",
    what: /does not know the key "one"/,
    cure: /append the new key behind everywhere/,
    plant: async () => {
      await neighbour(house.ctx(), {
        keyIds: ["other", "older"],
        version: portalVersion,
        appsHash: describePortal().appsHash,
      });
    },
  },
  "portals of two versions": {
    id: "portals.versions",
    level: "warning",
    what: /several versions: 0\.1\.0/,
    cure: /Finish the upgrade/,
    plant: async () => {
      await neighbour(house.ctx(), { appsHash: describePortal().appsHash });
    },
  },
  "portals with other apps": {
    id: "portals.apps",
    level: "warning",
    what: /do not have the same apps/,
    cure: /APPS_FILE/,
    plant: async () => {
      await neighbour(house.ctx(), { version: portalVersion });
    },
  },
  "keys that are not those of the data": {
    id: "keys.wrong",
    level: "fault",
    what: /written with the key "one", which PORTAL_KEYS does not name/,
    cure: /Put it back/,
    plant: () => house.set({ PORTAL_KEYS: testKeys.two }),
    beside: ["portals.restart"],
  },
  "an index key that no key opens": {
    id: "keys.index",
    level: "fault",
    what: /opens the index key for "mac:address"/,
    cure: /back from a backup/,
    plant: async () => {
      await house.ctx().db.indexKey.update({ where: { use: "mac:address" }, data: { sealed: "v1.one.x.x.x" } });
    },
  },
  "rows of a key that is gone": {
    id: "keys.lost",
    level: "fault",
    what: /does not have: 1 \(users\.password_hash\)/,
    cure: /copy of \.env/,
    plant: async () => {
      await house.ctx().db.user.updateMany({ data: { passwordHash: "v1.gone.x.x.x" } });
    },
  },
  "a change of keys that was not finished": {
    id: "keys.left",
    level: "hint",
    what: /still sealed under an older key/,
    cure: /rotate-keys/,
    plant: () => house.set({ PORTAL_KEYS: `${testKeys.two},${testKeys.one}` }),
    beside: ["portals.restart"],
  },
  "no mail": {
    id: "mail.off",
    level: "hint",
    what: /No mail leaves/,
    cure: /MAIL_CHANNEL/,
    plant: () => house.set({ MAIL_CHANNEL: "off" }),
  },
  "a mail server that does not answer": {
    id: "mail.refused",
    level: "fault",
    what: /could not be reached \(ECONNREFUSED\)/,
    cure: /Correct SMTP_URL/,
    plant: () => house.set({ MAIL_CHANNEL: "smtp", SMTP_URL: "smtp://127.0.0.1:9" }),
  },
  "a channel that nobody has tried": {
    id: "letters.unproven",
    level: "warning",
    what: /MAIL_CHANNEL has not delivered a test letter/,
    cure: /send-test mail/,
    plant: () => house.set({ SECOND_FACTOR_KINDS: "totp,email", RESEND_API_KEY: "re_0987654321" }),
  },
  "letters that do not leave": {
    id: "letters.late",
    level: "fault",
    what: /wait longer than they should: 1\. The last fault: refused\./,
    cure: /npm run portal -- letters/,
    plant: async () => {
      await house.ctx().db.letter.create({
        data: { ...aLetter, id: "l", createdAt: ago(1), notBefore: ago(1), lastFault: "refused." },
      });
    },
  },
  "letters that were given up": {
    id: "letters.parked",
    level: "warning",
    what: /was not told something: 1\./,
    cure: /letters retry all/,
    plant: async () => {
      await house
        .ctx()
        .db.letter.create({ data: { ...aLetter, id: "l", createdAt: ago(9), notBefore: ago(9), parkedAt: ago(1) } });
    },
  },
  "no backups": {
    id: "backup.off",
    level: "hint",
    what: /BACKUP_DIR is not set/,
    cure: /another disk/,
    plant: () => house.set({ BACKUP_DIR: "" }),
  },
  "a folder for backups that is not mounted": {
    id: "backup.folder",
    level: "fault",
    what: /no file can be made in BACKUP_DIR \(ENOENT\)/,
    cure: /Mount that disk/,
    plant: () => house.set({ BACKUP_DIR: join(house.backups(), "none") }),
    beside: ["backup.gone"],
  },
  "backups on the disk of the database": {
    id: "backup.same_disk",
    level: "warning",
    what: /both are gone/,
    cure: /another disk/,
    wrong: { machine: { diskOf: async () => 1 } },
  },
  "a schedule that never made a backup": {
    id: "backup.never",
    level: "fault",
    what: /never made a backup/,
    cure: /backup run/,
    plant: async () => {
      await house.ctx().db.backup.deleteMany();
      await house.ctx().db.user.updateMany({ data: { createdAt: ago(30) } });
    },
  },
  "a backup that is too old": {
    id: "backup.late",
    level: "fault",
    what: /is 50 hours old, and one is due every 24/,
    cure: /backup run/,
    plant: async () => {
      await house.ctx().db.backup.updateMany({ data: { madeAt: ago(50) } });
    },
  },
  "a backup that is not there any more": {
    id: "backup.gone",
    level: "warning",
    what: /sallyport-newest\.backup, is not in BACKUP_DIR/,
    cure: /right disk is mounted/,
    plant: () => rm(join(house.backups(), "sallyport-newest.backup")),
  },
  "a backup that another of two portals made": {
    id: "backup.gone",
    level: "hint",
    what: /another portal may have made it/,
    cure: /machines of the other portals/,
    plant: async () => {
      await neighbour(house.ctx(), { version: portalVersion, appsHash: describePortal().appsHash });
      await rm(join(house.backups(), "sallyport-newest.backup"));
    },
  },
  "a backup that was cut": {
    id: "backup.gone",
    level: "warning",
    what: /not as long as it was/,
    cure: /backup run/,
    plant: () => writeFile(join(house.backups(), "sallyport-newest.backup"), "who"),
  },
  "no room for the next backup": {
    id: "backup.room",
    level: "warning",
    what: /no room in BACKUP_DIR/,
    cure: /BACKUP_KEEP/,
    wrong: { machine: { freeBytes: async (folder) => (folder === house.backups() ? 8 : 40 * 2 ** 30) } },
  },
  "nobody who is administrator": {
    id: "people.no_administrator",
    level: "fault",
    what: /Nobody is administrator/,
    cure: /people add EMAIL --admin/,
    plant: async () => {
      await house.ctx().db.user.updateMany({ data: { disabledAt: ago(1) } });
    },
  },
  "a first run that is not over": {
    id: "people.first",
    level: "hint",
    what: /never been an administrator/,
    cure: /setup-link/,
    plant: async () => {
      await house.ctx().db.user.deleteMany();
      await house.ctx().db.firstRun.deleteMany();
    },
  },
  "a password that strangers have closed": {
    id: "people.closed",
    level: "warning",
    what: /only their known devices are let in: 1\./,
    cure: /people unlock EMAIL/,
    plant: async () => {
      await house.ctx().db.user.updateMany({ data: { passwordFailures: 90 } });
    },
  },
  "a change that is not done": {
    id: "changes.late",
    level: "warning",
    what: /are not done: 1\./,
    cure: /npm run portal -- pending/,
    plant: async () => {
      const { id: userId } = await house.ctx().db.user.findFirstOrThrow();
      await house.ctx().db.pendingChange.create({
        data: {
          ...{
            id: "c",
            userId,
            kind: "factor.remove",
            state: "WAITING",
            askedIn: "s",
            askedAt: ago(30),
            ip: "",
            agent: "",
          },
          ...{ waitHours: 24, noticeIds: [], dueAt: ago(1), vetoHash: "h" },
        },
      });
    },
  },
  "events that nobody sweeps": {
    id: "events.old",
    level: "warning",
    what: /nothing has been swept for days/,
    cure: /sweep\.failed/,
    plant: async () => {
      for (const hoursAgo of [410 * 24, 48]) await happened(hoursAgo);
    },
  },
  "a record that was changed": {
    id: "record.changed",
    level: "fault",
    what: /Somebody who is no portal wrote to the record of events\. Event \d+ \(keys\.rotated, .*And 1 more\.$/,
    cure: /changed-record\.md/,
    plant: async () => {
      for (const hoursAgo of [3, 2]) await happened(hoursAgo);
      await house.ctx().db.securityEvent.updateMany({ data: { ip: "192.0.2.99" } });
    },
  },
  "a record that nobody seals": {
    id: "record.unsealed",
    level: "warning",
    what: /have no seal, though a portal is running/,
    cure: /pg_stat_activity/,
    plant: async () => {
      await house.ctx().db.eventSeal.deleteMany();
      await recordEvent({ ...house.ctx(), now: ago(1) }, rotated);
    },
  },
  "a newest seal that nobody can read": {
    id: "record.unreadable",
    level: "fault",
    what: /newest-seal in DATA_DIR cannot be read/,
    cure: /audit verify --newest SEAL/,
    plant: () => writeFile(newestSealFile(config().dataDir), "812:kJ"),
    undo: () => rm(newestSealFile(config().dataDir)),
  },
};

test("in a sound house nothing is found", async () => {
  expect(await house.look()).toEqual([]);
});

test.each([["that knows no names of statements", { DATABASE_STATEMENTS: "unnamed" }, ""]])(
  "nor behind a pooler %s, which has more connections than the server",
  async (_, changes, direct) => {
    house.set(changes);
    const database: Wrong["database"] = (sound) => {
      const directUrl = direct === "" ? sound.url : `${sound.url}${sound.url.includes("?") ? "&" : "?"}${direct}`;
      return { ...sound, directUrl, isBuiltIn: false, server: { ...sound.server, connections: 20 } };
    };
    expect((await house.look({ database })).map(({ id }) => id)).toEqual([]);
  },
);

test.each(Object.entries(faults))(
  "%s is found, and what to do about it",
  async (_, { id, level, what, cure, plant, wrong = {}, beside = [], undo = async () => undefined }) => {
    await plant?.();
    const found = await house.look(wrong).finally(undo);
    expect(found).toContainEqual({ id, level, what: expect.stringMatching(what), cure: expect.stringMatching(cure) });
    expect(found.filter((each) => each.id !== id && !beside.some((other) => each.id.startsWith(other)))).toEqual([]);
  },
);
