import pg from "pg";
import { beforeAll, expect, test, vi } from "vitest";
import * as z from "zod";
import { readActivity } from "@/lib/account/activity/read-activity";
import { activityQuery } from "@/lib/account/activity/schema";
import { type namesOf, sayEvent } from "@/lib/account/activity/sentences";
import { events } from "@/lib/audit/events";
import { recordEvent, recordRefused } from "@/lib/audit/record-event";
import { consumedFrom } from "@/lib/audit/whose";
import { commandContext } from "@/lib/cli/command-context";
import { minutes } from "@/lib/kernel/duration";
import { say } from "@/lib/messages/say";
import { resetFactors } from "@/lib/operator/reset-factors";
import { unlockPerson } from "@/lib/operator/unlock-person";
import { openHouse } from "@/lib/testing/story";
import { makePerson, openSessionFor, withTotp } from "@/lib/testing/test-context";

const house = openHouse();
const of = (userId: string, filter: Parameters<typeof namesOf>[0] = "all", before: string | null = null) =>
  readActivity(house.ctx, { userId, filter, before: activityQuery.parse({ before }).before });
const asked = { kind: "app", why: "logged_out", count: 2 };

test.each(["en", "zh"] as const)(
  "every event that is shown is a sentence in %s, and every hidden one says why",
  (language) => {
    for (const [name, { owner }] of Object.entries(events)) {
      if ("hidden" in owner) expect(owner.hidden, name).not.toBe("");
      else expect(sayEvent(language, name, asked), name).toMatch(/^[^{}]{3,}[.?!。？！]$/);
    }
  },
);

test.each([
  ["en", "That login is over. Look through your known browsers, and forget every one that is not yours. Change"],
  ["zh", "该登录已失效。请检查已知浏览器，移除不属于您的每一个。请立即更改密码"],
] as const)(
  "what a portal of before did not say of a login that was disowned is claimed by nobody, in %s",
  (language, said) => {
    const unsaid = { login: "", browser: "" };
    expect(say(language, "activity.not_me_done", unsaid)).toContain(said);
  },
);

test("what strangers were refused within an hour is one line with its number, what the owner did is a line each", async () => {
  const { userId } = await makePerson(house.ctx);
  for (let n = 0; n < 7; n += 1)
    await recordRefused(house.stranger(), {
      name: "login.password_refused",
      subjectId: userId,
      actorId: null,
      meta: { known: true },
    });
  for (let n = 0; n < 2; n += 1)
    await recordEvent(house.ctx, {
      name: "recovery.generated",
      subjectId: userId,
      sessionId: "A".repeat(22),
      meta: { count: 10 },
    });
  const { lines } = await of(userId);
  const told = lines.map(({ name, count }) => [name, count]);
  expect(told.filter(([name]) => name === "login.password_refused")).toEqual([["login.password_refused", 7]]);
  expect(told.filter(([name]) => name === "recovery.generated")).toHaveLength(2);
  expect((await of(userId, "refused")).lines.map(({ name }) => name)).toEqual(["login.password_refused"]);
  expect((await of(userId, "changes")).lines.every(({ name }) => name !== "login.password_refused")).toBe(true);
});

test("what strangers cause with a name or a password within an hour is one line each, and a known browser’s logins stay lines", async () => {
  const { userId: subjectId } = await makePerson(house.ctx);
  const by = { subjectId, actorId: null };
  for (let n = 0; n < 3; n += 1) {
    await recordEvent(house.stranger(), { name: "reset.letter_sent", ...by, meta: { way: "link" } });
    await recordEvent(house.stranger(), { name: "unlock.letter_sent", ...by });
    await recordEvent(house.stranger(), { name: "registration.asked", ...by });
    await recordEvent(house.stranger(), {
      name: "login.password_accepted",
      subjectId,
      meta: consumedFrom("strangers"),
    });
    await recordEvent(house.stranger(), { name: "code.posted", subjectId, meta: { kind: "sms", purpose: "LOGIN" } });
    await recordEvent(house.ctx, { name: "login.password_accepted", subjectId, meta: consumedFrom("device") });
    await recordEvent(house.ctx, { name: "code.posted", subjectId, meta: { kind: "email", purpose: "STEP_UP" } });
  }
  const told = (await of(subjectId, "logins")).lines.map(({ name, count, places }) => [name, count, places]);
  for (const name of ["reset.letter_sent", "unlock.letter_sent", "registration.asked"])
    expect(told.filter(([one]) => one === name)).toEqual([[name, 3, 3]]);
  for (const name of ["login.password_accepted", "code.posted"])
    expect(told.filter(([one]) => one === name).map(([, count]) => count)).toEqual(
      expect.arrayContaining([3, 1, 1, 1]),
    );
});

test("nobody reads of anybody else", async () => {
  const [ada, eve] = [await makePerson(house.ctx), await makePerson(house.ctx)];
  await unlockPerson(house.ctx, { userId: ada.userId, by: "cli" });
  expect((await of(eve.userId)).lines.filter(({ name }) => name === "account.unlocked")).toEqual([]);
  expect((await of(ada.userId)).lines.filter(({ name }) => name === "account.unlocked")).toHaveLength(1);
});

test("a login says what opened it, as its event keeps it; nothing else does", async () => {
  const ada = await makePerson(house.ctx);
  await openSessionFor(house.ctx, ada);
  await withTotp(house.ctx, ada);
  await openSessionFor(house.ctx, ada);
  const { lines } = await of(ada.userId);
  const logins = lines.filter(({ name }) => name === "session.opened").map(({ proofs }) => proofs);
  expect(logins).toHaveLength(2);
  expect(logins).toEqual(expect.arrayContaining([["password"], ["password", "totp"]]));
  expect(lines.every(({ name, proofs }) => name === "session.opened" || proofs.length === 0)).toBe(true);
});

test("whatever was done by command is an administrator's, also what it brought about; what a thief did is not, whatever their browser calls itself", async () => {
  const ada = await makePerson(house.ctx);
  await withTotp(house.ctx, ada);
  await openSessionFor(house.ctx, ada);
  const operator = commandContext(house.db, house.ctx.now);
  await unlockPerson(operator, { userId: ada.userId, by: "cli" });
  await resetFactors(operator, { userId: ada.userId, by: "cli" });
  const done = (await of(ada.userId)).lines.filter(({ agent }) => agent === operator.visitor.agent);
  expect(done.map(({ name }) => name)).toEqual(expect.arrayContaining(["account.unlocked", "account.factors_reset"]));
  expect(done.every(({ byOther }) => byOther)).toBe(true);
  const thief = { ...house.stranger(), now: house.ctx.now, visitor: operator.visitor, requestId: "r" };
  for (const actorId of [ada.userId, null])
    await recordRefused(thief, {
      name: "unlock.refused",
      subjectId: ada.userId,
      actorId,
      meta: { reason: "wrong_code" },
    });
  const tried = (await of(ada.userId, "refused")).lines.filter(({ name }) => name === "unlock.refused");
  expect(tried.map(({ byOther }) => byOther)).toEqual([false]);
});

const statement = z.object({ text: z.string(), values: z.array(z.unknown()) });

test.each(["", "x", "-1-1", "1-", `1-${"9".repeat(40)}`, "9".repeat(400), "1e9-2"])(
  "a place that is none (%s) is the newest",
  async (before) => {
    expect(activityQuery.parse({ before, show: "nonsense" })).toEqual({ before: null, show: "all" });
  },
);

let crowded = "";
beforeAll(async () => {
  crowded = (await makePerson(house.ctx)).userId;
  await house.db.$executeRaw`
    INSERT INTO security_events (at, name, result, actor_id, subject_id, session_ref, ip, agent, meta)
    SELECT ${house.ctx.now}::timestamptz - make_interval(secs => n / 4), 'recovery.generated', 'ok', ${crowded}, ${crowded}, 'AAAAAAAA', '192.0.2.1', '', '{}' FROM generate_series(1, 450) AS n`;
});

test("pages follow one another without a gap or a line twice, also where many events have one moment", async () => {
  const seen: string[] = [];
  for (let before: string | null = null, pages = 0; pages < 40; pages += 1) {
    const { lines, older } = await of(crowded, "changes", before);
    expect(lines.length).toBeLessThanOrEqual(25);
    seen.push(...lines.map(({ id }) => id));
    before = older;
    if (older === null) break;
  }
  const { count } = await house.db.securityEvent
    .aggregate({ where: { subjectId: crowded }, _count: true })
    .then(({ _count }) => ({ count: _count }));
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen.length).toBeGreaterThanOrEqual(450);
  expect(seen.length).toBeLessThanOrEqual(count);
});

test("where one account fills the record, no sort of event is looked for among all of another sort", async () => {
  const { userId } = await makePerson(house.ctx);
  await house.db.$executeRaw`
    INSERT INTO security_events (at, name, result, actor_id, subject_id, session_ref, ip, agent, meta)
    SELECT ${house.ctx.now}::timestamptz - make_interval(secs => n), 'session.opened', 'ok', ${userId}, ${userId}, n::text, '192.0.2.1', '', '{}' FROM generate_series(1, 5000) AS n`;
  await house.db.$executeRaw`DELETE FROM security_events WHERE subject_id IS DISTINCT FROM ${userId}`;
  await house.db.$executeRaw`ANALYZE security_events`;
  for (const before of [null, `${house.ctx.now.getTime() - minutes(30)}-1`]) {
    const asked = vi.spyOn(pg.Client.prototype, "query");
    expect((await of(userId, "all", before)).lines).toHaveLength(25);
    const { text, values } = statement.parse(asked.mock.lastCall?.[0]);
    asked.mockRestore();
    const plan = await house.db.$queryRawUnsafe<{ "QUERY PLAN": string }[]>(`EXPLAIN ${text}`, ...values);
    const scans = plan.map((row) => row["QUERY PLAN"]).filter((line) => line.includes("on security_events"));
    expect(scans).toEqual([expect.stringContaining("using security_events_subject_id_name_at_idx")]);
  }
});

test("a flood of refusals does not stand before what its owner did, and a count that the page cut says so", async () => {
  const { userId } = await makePerson(house.ctx);
  const { now } = house.ctx;
  await recordEvent(house.ctx, { name: "recovery.generated", subjectId: userId, meta: { count: 10 } });
  await house.db.$executeRaw`
    INSERT INTO security_events (at, name, result, subject_id, ip, agent, meta)
    SELECT ${now}::timestamptz + make_interval(secs => n), 'login.password_refused', 'refused', ${userId}, '192.0.2.1', '', '{}' FROM generate_series(1, 1500) AS n`;
  expect((await of(userId, "changes")).lines.map(({ name }) => name)).toContain("recovery.generated");
  const [line] = (await of(userId, "refused")).lines;
  expect(line).toMatchObject({ name: "login.password_refused", count: 100, isCut: true });
});
