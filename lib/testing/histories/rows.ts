import { readChallenge } from "@/lib/challenge/read-challenge";
import { type Ctx, sql } from "@/lib/context/context";
import { sha256 } from "@/lib/crypto/digest";
import { usableKinds } from "@/lib/factors/on-offer";
import { openLetter } from "@/lib/letters/open-letter";
import { readDeviceCookie } from "@/lib/sessions/devices/device-cookie";
import { isFresh } from "@/lib/sessions/session";
import { findLiveSession } from "@/lib/sessions/store";
import type { View } from "@/lib/testing/histories/model/view";
import { mustBind } from "@/lib/testing/histories/must-bind";
import type { Cookies, World } from "@/lib/testing/histories/world";

const counters = ["totp", "sms", "email", "password"] as const;
const lengths = { minutes: 300_000, hour: 3_600_000, day: 86_400_000, month: 30 * 86_400_000 } as const;

type Bucket = {
  readonly key: string;
  readonly fails: number;
  readonly orphans: number;
  readonly windowStart: Date;
  readonly blockedUntil: Date | null;
};
type Buckets = ReadonlyMap<string, Bucket>;

/** What the house itself says and what its rows hold, in the words of the model. Writes nothing, and notes no use of a session. */
export async function lookAt(ctx: Ctx, world: World): Promise<View> {
  const ids = world.people.map(({ userId }) => userId);
  const [people, factors, devices, letters, digests, browsers] = await Promise.all([
    readPeople(ctx, ids),
    readFactors(ctx, ids),
    readDevices(ctx, world.browsers),
    readLetters(ctx, world, ids),
    readDigests(ctx, ids),
    Promise.all(world.browsers.map((browser) => readBrowser(ctx, world, browser))),
  ]);
  const buckets = await readBuckets(ctx, world, devices);
  const named = (userId: string) => factors.filter((one) => one.userId === userId).map(({ id }) => nameOf(world, id));
  return {
    people: people.map(({ id, ...rows }) => ({
      ...rows,
      ...countersOf(buckets, id, ctx.now),
      factors: named(id),
      digests: digests
        .filter((one) => one.userId === id)
        .map((one) => `${world.digests.get(one.id)} ${one.repeats}`)
        .sort(),
    })),
    browsers: browsers.map((browser, index) => ({
      ...browser,
      devices: devices.filter((one) => one.index === index).map((one) => deviceIn(buckets, world, one, ctx.now)),
      near: countIn(buckets.get(`address.near:${world.browsers[index]?.ip}`), lengths.minutes, ctx.now),
    })),
    letters,
  };
}

const nameOf = (world: World, id: string) => world.names.get(id) ?? id;

type PersonRow = {
  readonly id: string;
  readonly wrongInRow: number;
  readonly codes: number;
  readonly sessions: number;
  readonly devices: number;
};

async function readPeople(ctx: Ctx, ids: readonly string[]): Promise<PersonRow[]> {
  const idle = new Date(ctx.now.getTime() - lengths.hour);
  const rows = await sql(ctx).$queryRaw<PersonRow[]>`
    SELECT u.id, u.password_failures AS "wrongInRow",
      (SELECT count(*)::int FROM recovery_codes c WHERE c.user_id = u.id AND c.used_at IS NULL AND c.active_at IS NOT NULL) AS codes,
      (SELECT count(*)::int FROM sessions s WHERE s.user_id = u.id AND s.credential_version = u.credential_version AND s.expires_at > ${ctx.now} AND s.last_seen_at > ${idle}) AS sessions,
      (SELECT count(*)::int FROM devices d WHERE d.user_id = u.id AND d.credential_version = u.credential_version AND d.expires_at > ${ctx.now}) AS devices
    FROM users u WHERE u.id = ANY(${[...ids]}::text[])`;
  return ids.flatMap((id) => rows.filter((row) => row.id === id));
}

const readFactors = (ctx: Ctx, ids: readonly string[]) => sql(ctx).$queryRaw<{ id: string; userId: string }[]>`
  SELECT id, user_id AS "userId" FROM factors WHERE user_id = ANY(${[...ids]}::text[]) AND state = 'ACTIVE' ORDER BY confirmed_at, created_at`;

type DeviceRow = { readonly id: string; readonly index: number; readonly userId: string };

async function readDevices(ctx: Ctx, browsers: readonly Cookies[]): Promise<DeviceRow[]> {
  const hashes = browsers.map(({ device }) => readDeviceCookie(device).map(sha256));
  const rows = await sql(ctx).$queryRaw<{ id: string; userId: string; hash: string }[]>`
    SELECT d.id, d.user_id AS "userId", d.token_hash AS hash FROM devices d JOIN users u ON u.id = d.user_id AND u.credential_version = d.credential_version
    WHERE d.token_hash = ANY(${hashes.flat()}::text[]) AND d.expires_at > ${ctx.now}`;
  const found = (hash: string) => rows.filter((row) => row.hash === hash);
  return hashes.flatMap((all, index) => all.flatMap(found).map(({ id, userId }) => ({ id, userId, index })));
}

/** The letters since the last look; what they bring to the person is theirs from then on. */
async function readLetters(ctx: Ctx, world: World, ids: readonly string[]): Promise<string[]> {
  const rows = await ctx.db.letter.findMany({
    where: { userId: { in: [...ids] }, seq: { gt: world.lastLetter } },
    orderBy: { seq: "asc" },
  });
  return rows
    .map((row) => {
      const open = openLetter(row);
      if (!open) throw new Error(`The letter ${row.kind} does not open.`);
      world.lastLetter = row.seq;
      const facts = typeof open.facts === "object" && open.facts !== null ? open.facts : {};
      if ("code" in facts && typeof facts.code === "string") world.posted.push(facts.code);
      if ("about" in facts) world.digests.set(row.id, String(facts.about));
      return `${open.kind} ${row.channel} ${open.to}`;
    })
    .sort();
}

const readDigests = (ctx: Ctx, ids: readonly string[]) => sql(ctx).$queryRaw<
  { id: string; userId: string; repeats: number }[]
>`
  SELECT id, user_id AS "userId", repeats FROM letters WHERE user_id = ANY(${[...ids]}::text[]) AND kind = 'digest'`;

async function readBrowser(ctx: Ctx, world: World, { session: token, pass }: Cookies) {
  const session = token === null ? null : await findLiveSession(ctx, sha256(token));
  const challenge = pass === null ? null : await readChallenge(ctx, pass);
  return {
    session: session && {
      ...(await readSession(ctx, world, session.id)),
      who: whoIs(world, session.userId),
      isFresh: isFresh(session, ctx.now, usableKinds()),
      mustBind: mustBind(session, ctx.now),
    },
    challenge: challenge &&
      pass && {
        ...(await readTries(ctx, world, pass.challengeId)),
        ...{ purpose: challenge.purpose, left: challenge.expiresAt.getTime() - ctx.now.getTime() },
        ...{ ways: challenge.options, closed: challenge.closed, enrols: challenge.enrols },
      },
  };
}

const whoIs = (world: World, userId: string) => world.people.findIndex((one) => one.userId === userId);

async function readSession(ctx: Ctx, world: World, id: string) {
  const [row] = await sql(ctx).$queryRaw<
    { level: number; failures: number; passwords: number; pending: { id: string; tries: number }[] }[]
  >`
    SELECT s.aal AS level, s.step_up_failures AS failures,
      COALESCE((SELECT fails FROM buckets WHERE key = ${`password.session:${id}`}), 0) AS passwords,
      COALESCE((SELECT jsonb_agg(jsonb_build_object('id', f.id, 'tries', f.tries_left)) FROM factors f
        WHERE f.begun_in = s.id AND f.state = 'PENDING' AND f.expires_at > ${ctx.now}), '[]') AS pending
    FROM sessions s WHERE s.id = ${id}`;
  return row && { ...row, pending: row.pending.map((one) => `${nameOf(world, one.id)} ${one.tries}`).sort() };
}

async function readTries(ctx: Ctx, world: World, id: string) {
  const [row] = await sql(ctx).$queryRaw<{ tries: number; userId: string }[]>`
    SELECT attempts_left AS tries, user_id AS "userId" FROM challenges WHERE id = ${id}`;
  return row && { tries: row.tries, who: whoIs(world, row.userId) };
}

async function readBuckets(ctx: Ctx, world: World, devices: readonly DeviceRow[]): Promise<Buckets> {
  const keys = [
    ...world.people.flatMap(({ userId }) =>
      ["password.untrusted", ...counters.map((kind) => `factor.${kind}`), "enrolment.begin", "enrolment.confirm"].map(
        (rule) => `${rule}:${userId}`,
      ),
    ),
    ...devices.flatMap(({ id }) => [
      `login.device:${id}`,
      `password.trusted:${id}`,
      ...counters.map((kind) => `factor.trusted:factor.${kind}:${id}`),
    ]),
    ...world.browsers.map(({ ip }) => `address.near:${ip}`),
  ];
  const rows = await sql(ctx).$queryRaw<Bucket[]>`
    SELECT key, fails, orphans, window_start AS "windowStart", blocked_until AS "blockedUntil" FROM buckets WHERE key = ANY(${keys}::text[])`;
  return new Map(rows.map((row) => [row.key, row]));
}

function countIn(bucket: Bucket | undefined, length: number, now: Date): number {
  return bucket && bucket.windowStart.getTime() > now.getTime() - length ? bucket.fails : 0;
}

function countersOf(buckets: Buckets, userId: string, now: Date) {
  const waiting = (rule: string) => {
    const bucket = buckets.get(`${rule}:${userId}`);
    const wait = bucket?.blockedUntil ? bucket.blockedUntil.getTime() - now.getTime() : 0;
    return { counted: [bucket?.fails ?? 0, Math.max(wait, 0)], life: bucket?.orphans ?? 0 };
  };
  return {
    strangers: waiting("password.untrusted").counted,
    tries: counters.map((kind) => waiting(`factor.${kind}`)).map(({ counted, life }) => [...counted, life]),
    begins: countIn(buckets.get(`enrolment.begin:${userId}`), lengths.hour, now),
    confirms: countIn(buckets.get(`enrolment.confirm:${userId}`), lengths.hour, now),
  };
}

function deviceIn(buckets: Buckets, world: World, device: DeviceRow, now: Date) {
  return {
    who: whoIs(world, device.userId),
    logins: countIn(buckets.get(`login.device:${device.id}`), lengths.minutes, now),
    passwords: countIn(buckets.get(`password.trusted:${device.id}`), lengths.month, now),
    tries: counters.map((kind) =>
      countIn(buckets.get(`factor.trusted:factor.${kind}:${device.id}`), lengths.month, now),
    ),
  };
}
