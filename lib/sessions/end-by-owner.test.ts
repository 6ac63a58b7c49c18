import { expect, test } from "vitest";
import { minutes } from "@/lib/kernel/duration";
import { portalClient } from "@/lib/policy/clients";
import { endAllOthers, endSessionOf, withdrawApp } from "@/lib/sessions/end-by-owner";
import { findSessionView, listSessions } from "@/lib/sessions/list-sessions";
import { listAppSessions } from "@/lib/sessions/listing/store";
import { openHouse, refused } from "@/lib/testing/story";
import { makePerson, openSessionFor } from "@/lib/testing/test-context";

const house = openHouse();

async function someone(logins: number) {
  const person = await makePerson(house.ctx);
  const opened = [];
  for (let n = 0; n < logins; n += 1) {
    house.clock.move(minutes(1));
    opened.push(await openSessionFor(house.ctx, person));
  }
  const [first] = opened;
  if (!first) throw new Error("nobody logged in");
  return { person, opened, actor: first.actor };
}

test("the list has this one first, then the last used, and nothing of a stamp that is over", async () => {
  const { actor, opened, person } = await someone(3);
  const views = await listSessions(house.ctx, actor, portalClient);
  expect(views.map(({ id, isThis }) => [id, isThis])).toEqual([
    [opened[0]?.actor.sessionId, true],
    [opened[2]?.actor.sessionId, false],
    [opened[1]?.actor.sessionId, false],
  ]);
  await house.db.user.update({ where: { id: person.userId }, data: { credentialVersion: { increment: 1 } } });
  expect(await listSessions(house.ctx, actor, portalClient)).toEqual([]);
});

test("a session that was ended is no session at the very next look, and leaves its event", async () => {
  const { actor, opened, person } = await someone(2);
  const other = opened[1]?.actor.sessionId ?? "";
  await endSessionOf(house.ctx, { actor, id: other });
  expect(await findSessionView(house.ctx, actor, other)).toBeNull();
  expect(
    await house.db.securityEvent.findMany({ where: { subjectId: person.userId, name: "session.ended" } }),
  ).toMatchObject([{ sessionRef: other.slice(0, 8), meta: { why: "ended_by_owner" } }]);
});

test("somebody else's, a made-up one and one that is over read alike, and end nothing", async () => {
  const [ada, eve] = [await someone(1), await someone(1)];
  const hers = ada.actor.sessionId;
  expect(await refused(endSessionOf(house.ctx, { actor: eve.actor, id: hers }))).toBe("sessions.gone");
  expect(await refused(endSessionOf(house.ctx, { actor: eve.actor, id: "A".repeat(22) }))).toBe("sessions.gone");
  expect(await findSessionView(house.ctx, eve.actor, hers)).toBeNull();
  expect(await findSessionView(house.ctx, ada.actor, hers)).toMatchObject({ isThis: true });
});

test("all others end together, apps' too, and only this browser stays known", async () => {
  const { actor, person } = await someone(3);
  await house.db.session.updateMany({
    where: { userId: person.userId, id: { not: actor.sessionId } },
    data: { clientId: "shop" },
  });
  expect(await endAllOthers(house.ctx, actor)).toEqual({ sessions: 2, devices: 2 });
  expect(await house.db.session.count({ where: { userId: person.userId } })).toBe(1);
  expect(await house.db.device.findMany({ where: { userId: person.userId } })).toMatchObject([{ id: actor.deviceId }]);
});

test("an app is withdrawn with all that it has, and nothing else ends", async () => {
  const { actor, opened, person } = await someone(4);
  const shops = opened.slice(2).map(({ actor: { sessionId } }) => sessionId);
  await house.db.session.updateMany({ where: { id: { in: shops } }, data: { clientId: "shop" } });
  expect(await listAppSessions(house.ctx, person.userId, { after: null, limit: 5 })).toMatchObject([
    { clientId: "shop", count: 2 },
  ]);
  expect(await withdrawApp(house.ctx, { actor, app: "shop" })).toBe(2);
  expect(await withdrawApp(house.ctx, { actor, app: "shop" })).toBe(0);
  expect(await listSessions(house.ctx, actor, portalClient)).toHaveLength(2);
});

test("five hundred apps are read a page at a time, none twice and none left out", async () => {
  const { actor, opened, person } = await someone(2);
  const id = opened[1]?.actor.sessionId ?? "";
  await house.db.$executeRaw`
    INSERT INTO sessions (id, token_hash, user_id, challenge_id, credential_version, amr, aal, auth_time, proven_at, proven_with, client_id, ip, agent, created_at, last_seen_at, expires_at)
    SELECT left(md5(n::text || id), 22), md5(n::text || id), user_id, md5(n::text || id), credential_version, amr, aal, auth_time, proven_at, proven_with,
      'app-' || n, ip, agent, created_at, last_seen_at - make_interval(secs => n / 3), expires_at FROM sessions, generate_series(1, 500) AS n WHERE id = ${id}`;
  const seen: string[] = [];
  for (let after = null as Parameters<typeof listAppSessions>[2]["after"]; ; ) {
    const page = await listAppSessions(house.ctx, person.userId, { after, limit: 50 });
    seen.push(...page.map(({ clientId }) => clientId));
    after = page.at(-1) ?? null;
    if (after === null) break;
  }
  expect([seen.length, new Set(seen).size]).toEqual([500, 500]);
  expect(actor.userId).toBe(person.userId);
});
