import pg from "pg";
import { expect, test, vi } from "vitest";
import * as z from "zod";
import { sayLetter } from "@/lib/account/activity/letter-names";
import { readLetters } from "@/lib/account/activity/read-letters";
import { activityQuery } from "@/lib/account/activity/schema";
import { inTransaction } from "@/lib/context/context";
import { days, hours, later, minutes, seconds } from "@/lib/kernel/duration";
import { letterKinds } from "@/lib/notices/letter-kinds";
import { recordAndTell } from "@/lib/notices/record-and-tell";
import { sendingSettings } from "@/lib/testing/letters";
import { openHouse } from "@/lib/testing/story";
import { makePerson, withAddress } from "@/lib/testing/test-context";

const house = openHouse(sendingSettings);
const statement = z.object({ text: z.string().regex(/FROM letters/), values: z.array(z.unknown()) });
const noStatement = { text: "", values: [] };
const of = (userId: string, before: string | null = null) =>
  readLetters(house.ctx, { userId, before: activityQuery.parse({ before }).before });

/** Tells somebody that their data may be downloaded, at every address. */
const tell = (subjectId: string) =>
  inTransaction(house.ctx, (tx) =>
    recordAndTell(tx, { event: { name: "data.ready", subjectId, meta: {} }, facts: { hours: 24 } }),
  );

test.each(["en", "zh"] as const)("every letter has a name in %s that holds of each of its kind", (language) => {
  for (const kind of [...Object.keys(letterKinds), "of.tomorrow"])
    expect(sayLetter(language, kind), kind).toMatch(/^[^{}]{2,}[.?!。？！]$/);
});

test("somebody sees which letter went to which address, masked, and whether it has left", async () => {
  const ada = await makePerson(house.ctx, { email: "ada@letters.example" });
  await withAddress(house.ctx, ada, "sms", "+12015550123");
  await tell(ada.userId);
  const { lines } = await of(ada.userId);
  expect(lines.map(({ kind, to, state }) => [kind, to, state])).toEqual([
    ["data.ready", "+1 ••• 123", "waiting"],
    ["data.ready", "a•••@letters.example", "waiting"],
  ]);
  house.clock.move(hours(1));
  const left = house.clock.now();
  const over = { destination: null, content: null };
  await house.db.letter.updateMany({ where: { userId: ada.userId, channel: "mail" }, data: { ...over, sentAt: left } });
  await house.db.letter.updateMany({
    where: { userId: ada.userId, channel: "sms" },
    data: { ...over, parkedAt: left },
  });
  const told = (await of(ada.userId)).lines.map(({ to, state, at }) => [to, state, at]);
  expect(told).toEqual([
    ["+1 ••• 123", "parked", expect.any(Date)],
    ["a•••@letters.example", "sent", left],
  ]);
});

test("what nobody wants any more could not be sent, also while mail is off and no worker gives it up", async () => {
  const { userId } = await makePerson(house.ctx);
  await tell(userId);
  house.clock.move(days(7) - 1);
  expect((await of(userId)).lines).toMatchObject([{ state: "waiting" }]);
  house.clock.move(1);
  expect((await of(userId)).lines).toMatchObject([{ state: "parked" }]);
  await house.db.letter.updateMany({ where: { userId }, data: { leasedUntil: later(house.ctx.now, seconds(30)) } });
  expect((await of(userId)).lines).toMatchObject([{ state: "waiting" }]);
});

test("where a letter went that is none of somebody’s addresses is not guessed, and nobody reads of anybody else’s", async () => {
  const [ada, eve] = [await makePerson(house.ctx), await makePerson(house.ctx)];
  await tell(ada.userId);
  await house.db.letter.updateMany({ where: { userId: ada.userId }, data: { address: "another", destination: null } });
  expect((await of(ada.userId)).lines).toMatchObject([{ to: null, channel: "mail" }]);
  expect((await of(eve.userId)).lines).toEqual([]);
});

test("pages of letters follow one another without a gap or a letter twice, also where all have one moment", async () => {
  const { userId } = await makePerson(house.ctx);
  for (let n = 0; n < 60; n += 1) await tell(userId);
  const seen: string[] = [];
  for (let before: string | null = null, pages = 0; pages < 4; pages += 1) {
    const { lines, older } = await of(userId, before);
    seen.push(...lines.map(({ id }) => id));
    before = older;
    if (older === null) break;
  }
  expect([seen.length, new Set(seen).size]).toEqual([60, 60]);
});

test("of as many letters as a flood leaves behind, a page reads only its own", async () => {
  const { userId } = await makePerson(house.ctx);
  await house.db.$executeRaw`
    INSERT INTO letters (id, user_id, channel, kind, queue, address, language, created_at, not_before, sent_at)
    SELECT 'flood' || n, ${userId}, 'mail', 'device.new', 'flood', 'hmac', 'en', sent.at, sent.at, sent.at
    FROM generate_series(1, 3000) AS n, LATERAL (SELECT ${house.ctx.now}::timestamptz - make_interval(secs => n) AS at) AS sent`;
  await house.db.$executeRaw`ANALYZE letters`;
  for (const before of [null, `${house.ctx.now.getTime() - minutes(20)}-1`]) {
    const asked = vi.spyOn(pg.Client.prototype, "query");
    expect((await of(userId, before)).lines).toHaveLength(25);
    const [{ text, values } = noStatement] = asked.mock.calls.flatMap(
      ([given]) => statement.safeParse(given).data ?? [],
    );
    asked.mockRestore();
    const plan = await house.db.$queryRawUnsafe<{ "QUERY PLAN": string }[]>(`EXPLAIN ${text}`, ...values);
    const steps = plan.map((row) => row["QUERY PLAN"]).filter((line) => / on letters|Sort/.test(line));
    expect(steps).toEqual([expect.stringContaining("using letters_user_id_created_at_seq_idx")]);
  }
});
