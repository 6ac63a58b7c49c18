import { beforeEach, describe, expect, test } from "vitest";
import { commandLine } from "@/lib/cli/command-line.kit";
import { days, later } from "@/lib/kernel/duration";
import { aCode, aNotice, bothChannels, carryAll } from "@/lib/letters/letters.kit";
import { queueLetters } from "@/lib/letters/queue-letters";
import { sortingOffice } from "@/lib/testing/letters/sorting-office";
import { makePerson } from "@/lib/testing/test-context";
import { setSettings } from "@/lib/testing/test-settings";

const { house, now, portal, json, events } = commandLine();
beforeEach(() => setSettings(bothChannels));

/** One letter that waits, and of each end one that was given up. */
async function someLetters() {
  const { userId } = await makePerson(now());
  await queueLetters(now(), [aNotice(1, { userId }), aCode("482913", { userId })]);
  const never = sortingOffice(({ to }) =>
    to.startsWith("+") ? { kind: "never", reason: "21211 no such number" } : { kind: "later", reason: "421 busy" },
  );
  await house().db.$executeRaw`UPDATE letters SET tries = 7`;
  await carryAll(now(), never.ways);
  await queueLetters(now(), [aNotice(2, { userId, notBefore: later(now().now, days(1)) })]);
  return { userId, ids: await ids() };
}

const ids = async () => (await house().db.letter.findMany({ orderBy: { seq: "asc" } })).map(({ id }) => id);

describe("letters", () => {
  test("says so when there are none", async () => {
    expect(await portal("letters")).toMatchObject({ code: 0, out: "0 letters waiting, 0 parked, 0 sent.\n" });
  });

  test("shows what waits and what was given up, masked and without a word of it", async () => {
    const { ids } = await someLetters();
    const { code, document } = await json("letters");
    expect(code).toBe(0);
    expect(document).toMatchObject({
      counts: { waiting: 1, parked: 2, sent: 0 },
      letters: [
        { id: ids[2], state: "waiting", canRetry: false, to: "a•••@example.test", tries: 0, lastFault: null },
        { id: ids[1], state: "parked", canRetry: false, to: null, channel: "sms", lastFault: "21211 no such number" },
        { id: ids[0], state: "parked", canRetry: true, to: "a•••@example.test", tries: 8, lastFault: "421 busy" },
      ],
    });
    const { out } = await portal("letters");
    expect(out).toMatch(/^1 letter waiting, 2 parked, 0 sent\.\n\nID +STATE +RETRY/);
    for (const secret of ["ada@example.test", "482913", "7400123456", "v1.one"]) {
      expect(out + JSON.stringify(document)).not.toContain(secret);
    }
  });
});

test("what nobody wants any more is called given up, also where no worker says so", async () => {
  const { userId } = await makePerson(now());
  await queueLetters(now(), [aNotice(1, { userId })]);
  await house().db.letter.updateMany({ data: { expiresAt: now().now } });
  expect((await json("letters")).document).toMatchObject({
    counts: { waiting: 0, parked: 1, sent: 0 },
    letters: [{ state: "parked", canRetry: false }],
  });
});

describe("letters retry", () => {
  test.each(["one", "all"])("has %s sent after all, once, and records it", async (which) => {
    const { userId, ids } = await someLetters();
    const line = `letters retry ${which === "all" ? "all" : ids[0]}`;
    expect(await json(line)).toMatchObject({ code: 0, document: { ok: true, retried: 1 } });
    const office = sortingOffice();
    expect(await carryAll(now(), office.ways)).toBe(1);
    expect(office.arrived).toMatchObject([{ key: ids[0], to: "ada@example.test" }]);
    expect(await events()).toEqual([
      { name: "letter.retried", actorId: null, meta: { kind: "recovery.used", channel: "mail", by: "cli" } },
    ]);
    expect(await house().db.letter.count({ where: { userId, sentAt: { not: null } } })).toBe(1);
  });

  test("what was wiped, waits or never was is refused with a sentence", async () => {
    const { ids } = await someLetters();
    for (const id of [ids[1], ids[2], "nonsense"]) {
      expect(await json(`letters retry ${id}`)).toMatchObject({
        code: 1,
        document: { error: { id: "letter.not_parked" } },
      });
    }
    expect(await portal("letters retry")).toMatchObject({ code: 2 });
    expect(await events()).toEqual([]);
  });
});
