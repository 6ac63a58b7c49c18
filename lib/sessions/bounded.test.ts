import { expect, test } from "vitest";
import { portalClient } from "@/lib/policy/clients";
import { policy } from "@/lib/policy/policy";
import { listDevices } from "@/lib/sessions/devices/list-devices";
import { type AppsPage, listApps, listSessions } from "@/lib/sessions/list-sessions";
import { costOf } from "@/lib/testing/statements/count";
import { openHouse } from "@/lib/testing/story";
import { makePerson, openSessionFor } from "@/lib/testing/test-context";

const house = openHouse();

/** So many apps, each with as many sessions as one client may have of a person. */
const apps = 500;

test("twenty sessions in each of five hundred apps cost the pages of sessions and devices no statement more, and fill fifty rows a page", async () => {
  const person = await makePerson(house.ctx);
  const { actor } = await openSessionFor(house.ctx, person);
  const count = policy.session.perPerson;
  await house.db.$executeRaw`
    INSERT INTO sessions (id, token_hash, user_id, challenge_id, client_id, credential_version, amr, aal, auth_time, proven_at, proven_with, created_at, last_seen_at, expires_at, ip, agent)
    SELECT left(md5('id' || app || '.' || n), 22), md5('token' || app || '.' || n), s.user_id, md5('challenge' || app || '.' || n), 'app-' || app, s.credential_version, s.amr,
      s.aal, s.auth_time, s.proven_at, s.proven_with, s.created_at, s.last_seen_at + make_interval(secs => app * 0.001), s.expires_at, s.ip, s.agent
    FROM sessions s, generate_series(1, ${apps}::int) AS app, generate_series(1, ${count}::int) AS n WHERE s.id = ${actor.sessionId}`;
  expect(await house.db.session.count({ where: { userId: person.userId } })).toBe(apps * count + 1);

  const seen: AppsPage[] = [];
  const cost = await costOf(async () => {
    expect(await listSessions(house.ctx, actor, portalClient)).toHaveLength(1);
    seen.push(await listApps(house.ctx, person.userId, null));
    expect(await listDevices(house.ctx, actor)).toHaveLength(1);
  });
  expect(cost).toEqual({ roundTrips: 3, commits: 0 });
  expect(seen[0]?.apps).toHaveLength(50);
  expect(seen[0]?.apps[0]).toMatchObject({ clientId: `app-${apps}`, count });

  for (let last = seen[0]?.last ?? null; last !== null; last = seen.at(-1)?.last ?? null)
    seen.push(await listApps(house.ctx, person.userId, last));
  const named = seen.flatMap(({ apps: page }) => page.map(({ clientId }) => clientId));
  expect([seen.length, new Set(named).size, named.length]).toEqual([apps / 50, apps, apps]);
});
