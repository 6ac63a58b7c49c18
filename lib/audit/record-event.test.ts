import { expect, test } from "vitest";
import { events } from "@/lib/audit/events";
import { recordEvent, recordRefused } from "@/lib/audit/record-event";
import { inTransaction } from "@/lib/context/context";
import { openDatabase } from "@/lib/db/client";
import { secret } from "@/lib/kernel/secret";
import { aloud, openHouse } from "@/lib/testing/story";

const house = openHouse();
const count = (subjectId: string) => house.db.securityEvent.count({ where: { subjectId } });
const factor = (subjectId: string) =>
  ({ name: "factor.bound", subjectId, meta: { kind: "totp", factor: "f" } }) as const;

test("an event stands or falls with what it tells, and its line is printed only after the commit", async () => {
  await inTransaction(aloud(house.ctx), async (tx) => {
    await recordEvent(tx, factor("stands"));
    await recordEvent(tx, { ...factor("stands"), name: "factor.removed" });
    expect(house.logged()).toEqual([]);
  });
  expect(await count("stands")).toBe(2);
  expect(house.logged().map((line) => JSON.parse(line))).toMatchObject([
    { at: house.clock.now().toISOString(), level: "event", event: "factor.bound" },
    { level: "event", event: "factor.removed" },
  ]);
});

test("when the deed is undone, neither row nor line is left", async () => {
  const undone = inTransaction(aloud(house.ctx), async (tx) => {
    await recordEvent(tx, factor("falls"));
    throw new Error("The deed failed.");
  });
  await expect(undone).rejects.toThrow("The deed failed.");
  expect(await count("falls")).toBe(0);
  expect(house.logged()).toEqual([]);
});

test("a transaction inside a transaction is the same one", async () => {
  const undone = inTransaction(house.ctx, async (tx) => {
    await inTransaction(tx, (inner) => recordEvent(inner, factor("inner")));
    throw new Error("The outer deed failed.");
  });
  await expect(undone).rejects.toThrow("outer");
  expect(await count("inner")).toBe(0);
});

test("when the row cannot be written, the deed is refused too", async () => {
  await house.db.$executeRaw`ALTER TABLE security_events ADD CONSTRAINT full_disk CHECK (subject_id <> 'unlucky')`;
  const deed = inTransaction(aloud(house.ctx), async (tx) => {
    await tx.db.keyCheck.create({ data: { keyId: "deed", sealed: "x" } });
    await recordEvent(tx, factor("unlucky"));
  });
  await expect(deed).rejects.toThrow();
  expect(await house.db.keyCheck.count({ where: { keyId: "deed" } })).toBe(0);
  expect(house.logged()).toEqual([]);
});

test("how it went stands with the event; where a name has two results, whoever records it says which", async () => {
  const about = { subjectId: "went", actorId: null } as const;
  await recordEvent(house.ctx, { name: "challenge.cancelled", ...about });
  await recordEvent(house.ctx, { name: "channel.test_failed", ...about });
  await recordEvent(house.ctx, { name: "challenge.died", result: "ok", ...about });
  await recordRefused(house.ctx, { name: "challenge.refused", ...about });
  await recordRefused(house.ctx, { name: "challenge.died", result: "refused", ...about });
  await recordRefused(house.ctx, { name: "session.ended", ...about }); // what a refusal ended is done
  const rows = await house.db.securityEvent.findMany({ where: { subjectId: "went" }, orderBy: { id: "asc" } });
  expect(rows.map(({ result }) => result)).toEqual(["ok", "failed", "ok", "refused", "refused", "ok"]);
});

test("only listed keys are recorded: anything else is a fault", async () => {
  const meta: Record<string, string> = { password: "x" };
  await expect(recordEvent(house.ctx, { name: "factor.bound", subjectId: "odd", meta })).rejects.toThrow(
    "has no key password",
  );
  expect(await count("odd")).toBe(0);
});

test("every event is noun.past_tense, and none may carry a secret", () => {
  const names = Object.keys(events);
  expect(names.filter((name) => !/^[a-z]+\.[a-z_]+$/.test(name))).toEqual([]);
  expect(
    Object.values(events)
      .flatMap(({ carries }): readonly string[] => carries)
      .filter((key) => /code|password|secret|token$/.test(key) && key !== "codes"),
  ).toEqual([]);
});

test("a line is one line: no name or browser can break it", async () => {
  const visitor = { ip: "192.0.2.1", agent: 'Ada\n{"level":"event","event":"forged"}\u001b[2J' };
  await recordEvent({ ...aloud(house.ctx), visitor }, factor("lines"));
  expect(house.logged()).toHaveLength(1);
  for (const mark of ["\n", "\u001b"]) expect(house.logged()[0]?.trimEnd().includes(mark)).toBe(false);
});

test("what is wrapped as a secret prints as redacted, however it is printed", () => {
  const wrapped = secret("s3cret");
  expect(`${wrapped} ${JSON.stringify({ wrapped })} ${String(wrapped)}`).not.toContain("s3cret");
  expect(wrapped.reveal()).toBe("s3cret");
});

test("a server of another time zone stores and compares the same moments", async () => {
  const [{ name } = { name: "" }] = await house.db.$queryRaw<{ name: string }[]>`SELECT current_database() AS name`;
  await house.db.$executeRawUnsafe(`ALTER DATABASE "${name}" SET timezone = 'Asia/Shanghai'`);
  const elsewhere = openDatabase(house.url, 1);
  try {
    await recordEvent({ ...house.ctx, now: house.ctx.now, db: elsewhere }, factor("elsewhere"));
    const rows = await elsewhere.$queryRaw<{ at: Date; same: boolean }[]>`
      SELECT at, at = ${house.ctx.now} AND ${house.ctx.now}::timestamptz = to_timestamp(${house.ctx.now.getTime() / 1000}::float8) AS same
      FROM security_events WHERE subject_id = 'elsewhere'`;
    expect(rows).toEqual([{ at: house.ctx.now, same: true }]);
  } finally {
    await elsewhere.$disconnect();
  }
});
