import { readUserToken } from "@/lib/auth/user-token";
import { readChallenge } from "@/lib/challenge/read-challenge";
import type { Ctx } from "@/lib/context/context";
import { sha256 } from "@/lib/crypto/digest";
import { usableKinds } from "@/lib/factors/on-offer";
import { openLetter } from "@/lib/letters/open-letter";
import { familyHash, readDeviceCookie } from "@/lib/sessions/devices/device-cookie";
import { isFresh } from "@/lib/sessions/session";
import { findLiveSession } from "@/lib/sessions/store";
import type { Shown, View } from "@/lib/testing/histories/model/view";
import { mustBind } from "@/lib/testing/histories/must-bind";
import { type Found, findAll } from "@/lib/testing/histories/tables";
import type { Program, World } from "@/lib/testing/histories/world";

const counters = ["totp", "sms", "email", "password"] as const;
const lengths = { minutes: 300_000, hour: 3_600_000, day: 86_400_000, month: 30 * 86_400_000 } as const;

type Buckets = ReadonlyMap<string, Found["buckets"][number]>;

/**
 * What the rows hold, and what the house itself says to the browser that was `asked`, in the words of the model. Writes nothing, and notes no use
 * of a session.
 */
export async function lookAt(ctx: Ctx, world: World, asked: number | null): Promise<View> {
  const hashes = world.browsers.map(({ device }) => readDeviceCookie(device).map(familyHash));
  const callers = [...world.browsers, ...world.programs];
  const secrets = await Promise.all(world.programs.map((program) => secretOf(program, ctx.now)));
  const found = await findAll(ctx, {
    ids: world.people.map(({ userId }) => userId),
    devices: hashes.flat(),
    sessions: [...world.browsers.map(({ session }) => session), ...secrets].map((token) =>
      token === null ? "" : sha256(token),
    ),
    challenges: callers.map(({ pass }) => pass?.challengeId ?? ""),
    addresses: callers.map(({ ip }) => `address.near:${ip}`),
    after: world.lastLetter,
  });
  const buckets: Buckets = new Map(found.buckets.map((row) => [row.key, row]));
  return {
    letters: lettersOf(world, found),
    people: world.people.map(({ userId }) => personOf(world, found, buckets, { userId, now: ctx.now })),
    browsers: world.browsers.map(({ ip }, at) => ({
      session: sessionOf(world, found, at),
      challenge: challengeOf(world, found, at, ctx.now),
      devices: (hashes[at] ?? [])
        .flatMap((hash) => found.devices.filter((row) => row.hash === hash))
        .map((row) => deviceOf(world, buckets, row, ctx.now)),
      near: countIn(buckets.get(`address.near:${ip}`), lengths.minutes, ctx.now),
    })),
    clients: world.programs.map(({ ip }, at) => ({
      session: sessionOf(world, found, world.browsers.length + at),
      challenge: challengeOf(world, found, world.browsers.length + at, ctx.now),
      near: countIn(buckets.get(`address.near:${ip}`), lengths.minutes, ctx.now),
    })),
    shown: asked === null ? null : await shownTo(ctx, world, asked),
  };
}

/** What a user token brings that the row of its session knows. */
const secretOf = async ({ app, userToken }: Program, now: Date): Promise<string | null> =>
  userToken === null ? null : ((await readUserToken(app, userToken, now))?.secret ?? null);

const nameOf = (world: World, id: string) => world.names.get(id) ?? id;
const whoIs = (world: World, userId: string) => world.people.findIndex((one) => one.userId === userId);

/** The use-cases' own words: who is here, what is fresh and owed, which ways are offered. */
async function shownTo(ctx: Ctx, world: World, at: number): Promise<Shown> {
  const { session: token = null, pass = null } = world.browsers[at] ?? {};
  const session = token === null ? null : await findLiveSession(ctx, sha256(token));
  const challenge = pass === null ? null : await readChallenge(ctx, pass);
  return {
    session: session && {
      who: whoIs(world, session.userId),
      isFresh: isFresh(session, ctx.now, { askable: usableKinds(session) }),
      mustBind: mustBind(session, ctx.now),
    },
    challenge: challenge && {
      ways: challenge.options,
      closed: challenge.closed,
      enrols: challenge.enrols,
      whenLost: challenge.whenLost,
    },
  };
}

/** The letters since the last look; what they bring is the person's from then on. */
function lettersOf(world: World, { letters }: Found): string[] {
  return letters
    .map((row) => {
      const open = openLetter(row);
      if (!open) throw new Error(`The letter ${row.kind} does not open.`);
      world.lastLetter = BigInt(row.seq);
      const facts = typeof open.facts === "object" && open.facts !== null ? open.facts : {};
      if ("code" in facts && typeof facts.code === "string") world.sent.push(facts.code);
      if ("link" in facts && "change" in facts)
        world.links.set(`${whoIs(world, row.userId)} ${facts.change}`, String(facts.link));
      if ("about" in facts) world.digests.set(row.id, String(facts.about));
      return `${open.kind} ${row.channel} ${open.to}`;
    })
    .sort();
}

type Asked = { readonly userId: string; readonly now: Date };

/** Of somebody who deleted their account there is no row. */
const nothing = { wrongInRow: 0, codes: 0, unsaved: 0, sessions: 0, devices: 0, early: 0 } as const;

function personOf(world: World, found: Found, buckets: Buckets, { userId, now }: Asked) {
  const waiting = (rule: string) => {
    const { fails = 0, orphans = 0, until = 0 } = buckets.get(`${rule}:${userId}`) ?? {};
    return { counted: [fails, Math.max(until - now.getTime(), 0)], life: orphans };
  };
  const { id: _, ...rows } = found.people.find(({ id }) => id === userId) ?? { id: userId, ...nothing };
  return {
    ...rows,
    strangers: waiting("password.untrusted").counted,
    tries: counters.map((kind) => waiting(`factor.${kind}`)).map(({ counted, life }) => [...counted, life]),
    factors: found.factors
      .filter((one) => one.userId === userId)
      .map(({ id, counter }) => (counter === null ? nameOf(world, id) : `${nameOf(world, id)} ${counter}`)),
    changes: found.changes
      .filter((one) => one.userId === userId)
      .map(({ kind, due }) => `${kind} ${due === null ? "-" : due - now.getTime()}`)
      .sort(),
    begins: countIn(buckets.get(`enrolment.begin:${userId}`), lengths.hour, now),
    confirms: countIn(buckets.get(`enrolment.confirm:${userId}`), lengths.hour, now),
    digests: found.digests
      .filter((one) => one.userId === userId)
      .map(({ id, repeats }) => `${world.digests.get(id)} ${repeats}`)
      .sort(),
  };
}

function sessionOf(world: World, { sessions }: Found, at: number) {
  const row = sessions.find(({ place }) => place === at + 1);
  if (!row) return null;
  const { level, failures, passwords } = row;
  const pending = row.pending.map(({ id, tries }) => `${nameOf(world, id)} ${tries}`).sort();
  return { who: whoIs(world, row.userId), level, failures, passwords, pending };
}

function challengeOf(world: World, { challenges }: Found, at: number, now: Date) {
  const row = challenges.find(({ place }) => place === at + 1);
  if (!row) return null;
  const { purpose, tries, until } = row;
  return { who: whoIs(world, row.userId), purpose, tries, left: until - now.getTime() };
}

function countIn(bucket: Found["buckets"][number] | undefined, length: number, now: Date): number {
  return bucket && bucket.from > now.getTime() - length ? bucket.fails : 0;
}

function deviceOf(world: World, buckets: Buckets, { id, userId, trustedAt }: Found["devices"][number], now: Date) {
  return {
    who: whoIs(world, userId),
    trustedAt,
    logins: countIn(buckets.get(`login.device:${id}`), lengths.minutes, now),
    passwords: countIn(buckets.get(`password.trusted:${id}`), lengths.month, now),
    tries: counters.map((kind) => countIn(buckets.get(`factor.trusted:factor.${kind}:${id}`), lengths.month, now)),
  };
}
