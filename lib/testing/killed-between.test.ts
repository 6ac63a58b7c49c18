import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { asked, emptyPlaces } from "@/lib/backup/backup.kit";
import { openChallenge } from "@/lib/challenge/open-challenge";
import { inTransaction } from "@/lib/context/context";
import { checkKeyring } from "@/lib/crypto/canary";
import { openSecret } from "@/lib/crypto/factor-secret";
import { rawOf } from "@/lib/db/client";
import { migrate, pendingMigrations } from "@/lib/db/migrate";
import { beginEnrolment } from "@/lib/factors/begin-enrolment";
import { binderOf } from "@/lib/factors/binder-of";
import { codeAt } from "@/lib/factors/totp/code";
import { findBroken, findShut } from "@/lib/invariants/find-broken";
import { systemClock } from "@/lib/kernel/clock";
import { DomainError } from "@/lib/kernel/errors";
import { ofReset } from "@/lib/resets/open-reset";
import { rotateKeys } from "@/lib/rotation/rotate-keys";
import { killAll, listMoments, type Moment, type Stopping } from "@/lib/testing/killed/kill-all";
import { perform, performOver, type Task } from "@/lib/testing/killed/tasks";
import { sendingSettings } from "@/lib/testing/letters";
import { openHouse } from "@/lib/testing/story";
import { makePerson, openSessionFor, testHouse, withRecoveryCodes, withTotp } from "@/lib/testing/test-context";
import { ringOf } from "@/lib/testing/test-settings";

const house = openHouse(sendingSettings);

/** Somebody who is about to do something, and the password that they have until then. */
type Acting = { readonly userId: string; readonly hash: string | null; readonly task: Task };

const made: Readonly<Record<"confirm" | "remove" | "reset", () => Promise<Acting>>> = {
  confirm: async () => {
    const { userId, hash, actor } = await inside(0);
    const given = { binder: binderOf(actor), kind: "totp", replacesId: null, given: {} } as const;
    const { factorId } = await beginEnrolment(house.ctx, given);
    const pending = await house.db.factor.findUniqueOrThrow({ where: { id: factorId } });
    const code = codeAt(openSecret(pending) ?? "", house.ctx.now);
    return { userId, hash, task: { does: "confirm", actor, code } };
  },
  remove: async () => {
    const { userId, hash, actor, factorId } = await inside(2);
    return { userId, hash, task: { does: "remove", actor, factorId } };
  },
  reset: async () => {
    const { userId, hash, actor } = await inside(1);
    const { credentialVersion } = actor;
    const pass = await inTransaction(house.ctx, async (tx) => {
      await tx.db.session.updateMany({ where: { userId }, data: { lastSeenAt: tx.now } }); // a transaction begins with a write
      return openChallenge(tx, { ...ofReset, userId, credentialVersion, deviceId: null, state: "SATISFIED" });
    });
    return { userId, hash, task: { does: "reset", pass, password: "nine slow ferries to nowhere" } };
  },
};

/** Somebody in a session, with so many apps. */
async function inside(apps: number) {
  const person = await makePerson(house.ctx);
  const { userId } = person;
  const factorIds: string[] = [];
  for (let app = 0; app < apps; app += 1) factorIds.push((await withTotp(house.ctx, person, `App ${app}`)).factorId);
  const { actor } = await openSessionFor(house.ctx, person);
  const { passwordHash: hash } = await house.db.user.findUniqueOrThrow({ where: { id: userId } });
  return { userId, hash, actor, factorId: factorIds[0] ?? "" };
}

/** What each of these has, in words that are the same for all who have done the same. Tries that were consumed are not looked at: a kill gives none back. */
async function shapesOf(all: readonly Acting[]): Promise<readonly object[]> {
  const rows = await house.db.$queryRaw<{ id: string; shape: object }[]>`
    SELECT u.id, jsonb_build_object('stamp', u.credential_version, 'password', u.password_hash,
      'factors', (SELECT array_agg(state ORDER BY state) FROM factors WHERE user_id = u.id),
      'codes', (SELECT count(*) FROM recovery_codes WHERE user_id = u.id),
      'sessions', (SELECT count(*) FROM sessions WHERE user_id = u.id),
      'devices', (SELECT count(*) FROM devices WHERE user_id = u.id),
      'challenges', (SELECT array_agg(purpose || ' ' || state ORDER BY purpose, state) FROM challenges WHERE user_id = u.id),
      'events', (SELECT array_agg(name ORDER BY name) FROM security_events WHERE subject_id = u.id AND result = 'ok'),
      'letters', (SELECT array_agg(kind ORDER BY kind) FROM letters WHERE user_id = u.id)) AS shape
    FROM users u WHERE u.id = ANY(${all.map(({ userId }) => userId)})`;
  return all.map(({ userId, hash }) => {
    const shape = rows.find(({ id }) => id === userId)?.shape ?? {};
    return { ...shape, password: "password" in shape && shape.password === hash ? "as before" : "another" };
  });
}

const deeds = ["confirm", "remove", "reset"] as const;

/** One deed, undisturbed, and killed at each of its moments. */
type Killed = { readonly before: object; readonly after: object; readonly all: readonly (Acting & Stopping)[] };

async function killings(does: (typeof deeds)[number], at: Date): Promise<Killed> {
  const first = await made[does]();
  const [before = {}] = await shapesOf([first]);
  const moments = await listMoments(house.url, (url) => performOver({ task: first.task, url }, at, "10.201.0.1"));
  const [after = {}] = await shapesOf([first]);
  const all: (Acting & Stopping)[] = [];
  for (const nth of moments) all.push({ ...(await made[does]()), url: house.url, moment: { nth } });
  return { before, after, all };
}

const [old, both, present] = [ringOf("one"), ringOf("two", "one"), ringOf("two")];

const momentsOfRotation: Readonly<Record<string, Moment>> = {
  "before the first value": { words: 'UPDATE "users"' },
  "among the values of a column": { after: 'UPDATE "recovery_codes"', nth: 4 },
  "before the old key is forgotten": { words: "DELETE FROM key_checks" },
  "before the last word": { after: "DELETE FROM key_checks", words: "COMMIT" },
  "after the last word": { nth: Number.POSITIVE_INFINITY },
};

type Rotating = Awaited<ReturnType<typeof testHouse>> & Stopping;

/** A house with twelve values under the old key, whose rotation is killed at this moment. */
async function rotating(moment: Moment): Promise<Rotating> {
  const one = await testHouse();
  await checkKeyring(one.db, old);
  const person = await makePerson(one.ctx);
  await withTotp(one.ctx, person);
  await withRecoveryCodes(one.ctx, person);
  await checkKeyring(one.db, both);
  return { ...one, moment, task: { does: "rotate" } };
}

const emptyPlace = emptyPlaces();

/** An empty database, and a folder with two migrations, of which the second is killed a moment before its commit. */
async function migrating(): Promise<Stopping & { readonly folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), "killed-"));
  for (const name of ["0001_first", "0002_second"]) {
    await mkdir(join(folder, name));
    await writeFile(join(folder, name, "migration.sql"), `CREATE TABLE of_${name.slice(5)} (n int);`);
  }
  const moment = { after: "CREATE TABLE of_second", words: "COMMIT" };
  return { url: await emptyPlace(true), folder, task: { does: "migrate", folder }, moment };
}

const killed = new Map<(typeof deeds)[number], Killed>();
const rotations: Rotating[] = [];
let migration: Awaited<ReturnType<typeof migrating>>;

/** One process is at all of it when it is killed: starting one takes longer than everything else. */
beforeAll(async () => {
  house.clock.move(systemClock.now().getTime() - house.clock.now().getTime()); // or all that happens is of the future
  const at = house.ctx.now;
  for (const does of deeds) killed.set(does, await killings(does, at));
  for (const moment of Object.values(momentsOfRotation)) rotations.push(await rotating(moment));
  migration = await migrating();
  const all = [...[...killed.values()].flatMap((one) => one.all), ...rotations, migration];
  await killAll(all, { at, settings: sendingSettings });
});
afterAll(async () => {
  await Promise.all(rotations.map(({ close }) => close()));
  await rm(migration.folder, { recursive: true });
});

test.each(deeds)(
  "a process that is killed at any moment of a %s has done all of it or nothing, and whoever asks again has it, once",
  async (does) => {
    const { before, after, all } = killed.get(does) ?? { before: {}, after: {}, all: [] };
    expect(after).not.toEqual(before);
    const shapes = await shapesOf(all);
    const undone = shapes.findIndex((shape) => JSON.stringify(shape) !== JSON.stringify(before));
    expect(undone).toBeGreaterThan(3);
    expect(undone).toBeLessThan(all.length);
    expect(shapes).toEqual(all.map((_, place) => (place < undone ? before : after)));
    for (const [place, { task }] of all.entries()) {
      const again = perform(house.ctx, task, house.url);
      if (place < undone) await again;
      else await expect(again).rejects.toThrow(DomainError);
    }
    expect(await shapesOf(all), "asked again").toEqual(all.map(() => after));
    expect(await findBroken(rawOf(house.db))).toEqual([]);
  },
);

test("a rotation of keys that is killed at any moment is finished by the next one, and the new key alone opens all", async () => {
  const found = [];
  for (const { ctx } of rotations) {
    expect(await findShut(ctx, undefined, both)).toEqual([]);
    found.push(await rotateKeys(ctx, { by: "tests", ring: both }));
    expect(await findShut(ctx, undefined, present)).toEqual([]);
  }
  const rotation = { damaged: [], left: 0, retired: ["one"] };
  expect(found).toMatchObject(found.map(() => ({ kind: "rotated", rotation })));
  const [first, among, ...rest] = found.map((one) => (one.kind === "rotated" ? one.rotation.rotated : null));
  expect([first, ...rest]).toEqual([12, 0, 0, 0]);
  expect(among).toBeGreaterThan(0);
  expect(among).toBeLessThan(10);
});

test("a migration that is killed a moment before its commit leaves no trace; the next start finishes it, and until then none serves", async () => {
  const { url, folder } = migration;
  const tables = () =>
    asked(url, "SELECT to_regclass('of_first') IS NOT NULL AS first, to_regclass('of_second') IS NOT NULL AS second");
  expect(await pendingMigrations(url, folder)).toEqual(["0002_second"]);
  expect(await tables()).toEqual([[{ first: true, second: false }]]);
  expect(await migrate(url, folder, () => undefined)).toEqual({ applied: ["0002_second"] });
  expect(await tables()).toEqual([[{ first: true, second: true }]]);
});
