import { type Ctx, sql } from "@/lib/context/context";

/** Whose rows, and which. */
export type Sought = {
  readonly ids: readonly string[];
  readonly devices: readonly string[];
  readonly sessions: readonly string[];
  readonly challenges: readonly string[];
  readonly addresses: readonly string[];
  /** The last letter that was seen. */
  readonly after: bigint;
};

/** The rows as they are; moments are milliseconds, `place` is a browser's, from one on. */
export type Found = {
  readonly people: readonly {
    readonly id: string;
    readonly wrongInRow: number;
    readonly codes: number;
    /** Of these, how many a page has shown without anybody saying since that they are saved. */
    readonly unsaved: number;
    readonly sessions: number;
    readonly devices: number;
    /** Changes that were done before their wait was over. */
    readonly early: number;
  }[];
  readonly factors: readonly { readonly id: string; readonly userId: string; readonly counter: number | null }[];
  readonly changes: readonly { readonly userId: string; readonly kind: string; readonly due: number | null }[];
  readonly devices: readonly {
    readonly id: string;
    readonly userId: string;
    readonly hash: string;
    readonly trustedAt: number;
  }[];
  readonly digests: readonly { readonly id: string; readonly userId: string; readonly repeats: number }[];
  readonly letters: readonly {
    readonly id: string;
    readonly seq: string;
    readonly userId: string;
    readonly channel: string;
    readonly kind: string;
    readonly language: string;
    readonly repeats: number;
    readonly destination: string | null;
    readonly content: string | null;
  }[];
  readonly sessions: readonly {
    readonly place: number;
    readonly userId: string;
    readonly level: number;
    readonly failures: number;
    readonly passwords: number;
    readonly pending: readonly { readonly id: string; readonly tries: number }[];
  }[];
  readonly challenges: readonly {
    readonly place: number;
    readonly userId: string;
    readonly purpose: string;
    readonly tries: number;
    readonly until: number;
  }[];
  readonly buckets: readonly {
    readonly key: string;
    readonly fails: number;
    readonly orphans: number;
    readonly from: number;
    readonly until: number;
  }[];
};

/** Everything that a step may have changed, by one statement: looking must not take longer than doing. */
export async function findAll(
  ctx: Ctx,
  { ids, devices, sessions, challenges, addresses, after }: Sought,
): Promise<Found> {
  const { now } = ctx;
  const idle = new Date(now.getTime() - 3_600_000);
  const [row] = await sql(ctx).$queryRaw<{ found: Found }[]>`
    WITH who AS (SELECT id, password_failures, credential_version FROM users WHERE id = ANY(${[...ids]}::text[])),
    known AS (SELECT d.id, d.user_id, d.token_hash, d.credential_version, d.trusted_at FROM devices d WHERE d.user_id = ANY(${[...ids]}::text[]) AND d.expires_at > ${now}),
    live AS (SELECT s.* FROM sessions s JOIN who ON who.id = s.user_id AND who.credential_version = s.credential_version WHERE s.expires_at > ${now} AND (s.client_id <> 'portal' OR s.last_seen_at > ${idle})),
    keys AS (SELECT unnest(${[...addresses]}::text[]) AS key
      UNION ALL SELECT rule || who.id FROM who, unnest(ARRAY['password.untrusted:', 'factor.totp:', 'factor.sms:', 'factor.email:', 'factor.password:', 'enrolment.begin:', 'enrolment.confirm:']) AS rule
      UNION ALL SELECT rule || known.id FROM known, unnest(ARRAY['login.device:', 'password.trusted:', 'factor.trusted:factor.totp:', 'factor.trusted:factor.sms:', 'factor.trusted:factor.email:', 'factor.trusted:factor.password:']) AS rule),
    rows AS (SELECT
      (SELECT json_agg(json_build_object('id', id, 'wrongInRow', password_failures,
        'codes', (SELECT count(*) FROM recovery_codes c WHERE c.user_id = who.id AND c.used_at IS NULL AND c.active_at IS NOT NULL),
        'unsaved', (SELECT count(c.unsaved_in) FROM recovery_codes c WHERE c.user_id = who.id AND c.used_at IS NULL AND c.active_at IS NOT NULL),
        'sessions', (SELECT count(*) FROM live WHERE live.user_id = who.id),
        'early', (SELECT count(*) FROM pending_changes p WHERE p.user_id = who.id AND p.state = 'DONE'
          AND (p.due_at IS NULL OR p.ended_at < p.due_at OR p.due_at < p.told_at + make_interval(hours => p.wait_hours))),
        'devices', (SELECT count(*) FROM known d WHERE d.user_id = who.id AND d.credential_version = who.credential_version))) FROM who) AS people,
      (SELECT json_agg(json_build_object('id', id, 'userId', user_id, 'counter', (data->>'counter')::int) ORDER BY confirmed_at, created_at) FROM factors WHERE user_id = ANY(${[...ids]}::text[]) AND state = 'ACTIVE') AS factors,
      (SELECT json_agg(json_build_object('userId', user_id, 'kind', kind, 'due', round(extract(epoch FROM due_at) * 1000))) FROM pending_changes
        WHERE user_id = ANY(${[...ids]}::text[]) AND state = 'WAITING') AS changes,
      (SELECT json_agg(json_build_object('id', d.id, 'userId', d.user_id, 'hash', d.token_hash, 'trustedAt', COALESCE(round(extract(epoch FROM d.trusted_at) * 1000), 0))) FROM known d JOIN who ON who.id = d.user_id AND who.credential_version = d.credential_version
        WHERE d.token_hash = ANY(${[...devices]}::text[])) AS devices,
      (SELECT json_agg(json_build_object('id', id, 'userId', user_id, 'repeats', repeats)) FROM letters WHERE user_id = ANY(${[...ids]}::text[]) AND kind = 'digest') AS digests,
      (SELECT json_agg(json_build_object('id', id, 'seq', seq::text, 'userId', user_id, 'channel', channel, 'kind', kind, 'language', language, 'repeats', repeats,
        'destination', destination, 'content', content) ORDER BY seq) FROM letters WHERE user_id = ANY(${[...ids]}::text[]) AND seq > ${after}::bigint) AS letters,
      (SELECT json_agg(json_build_object('place', b.place, 'userId', live.user_id, 'level', live.aal, 'failures', live.step_up_failures,
        'passwords', COALESCE((SELECT fails FROM buckets WHERE key = 'password.session:' || live.id), 0),
        'pending', COALESCE((SELECT json_agg(json_build_object('id', f.id, 'tries', f.tries_left)) FROM factors f WHERE f.user_id = live.user_id AND f.begun_in = live.id AND f.state = 'PENDING' AND f.expires_at > ${now}), '[]')))
        FROM unnest(${[...sessions]}::text[]) WITH ORDINALITY AS b(hash, place) JOIN live ON live.token_hash = b.hash) AS sessions,
      (SELECT json_agg(json_build_object('place', b.place, 'userId', c.user_id, 'purpose', c.purpose, 'tries', c.attempts_left, 'until', round(extract(epoch FROM c.expires_at) * 1000)))
        FROM unnest(${[...challenges]}::text[]) WITH ORDINALITY AS b(id, place) JOIN challenges c ON c.id = b.id JOIN who ON who.id = c.user_id AND who.credential_version = c.credential_version
        WHERE c.state = 'OPEN' AND c.attempts_left > 0 AND c.expires_at > ${now}) AS challenges,
      (SELECT json_agg(json_build_object('key', key, 'fails', fails, 'orphans', orphans, 'from', round(extract(epoch FROM window_start) * 1000), 'until', COALESCE(round(extract(epoch FROM blocked_until) * 1000), 0)))
        FROM buckets WHERE key IN (SELECT key FROM keys)) AS buckets)
    SELECT json_build_object('people', COALESCE(people, '[]'), 'factors', COALESCE(factors, '[]'), 'changes', COALESCE(changes, '[]'), 'devices', COALESCE(devices, '[]'), 'digests', COALESCE(digests, '[]'),
      'letters', COALESCE(letters, '[]'), 'sessions', COALESCE(sessions, '[]'), 'challenges', COALESCE(challenges, '[]'), 'buckets', COALESCE(buckets, '[]')) AS found FROM rows`;
  if (!row) throw new Error("One row was asked for.");
  return row.found;
}
