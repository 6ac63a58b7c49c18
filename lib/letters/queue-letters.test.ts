import { describe, expect, test } from "vitest";
import { inShortTransaction, inTransaction } from "@/lib/context/context";
import { unseal } from "@/lib/crypto/seal";
import { days, later, minutes } from "@/lib/kernel/duration";
import { letterSealedFor } from "@/lib/letters/letter";
import { aCode, aNotice, bothChannels } from "@/lib/letters/letters.kit";
import { queueLetters } from "@/lib/letters/queue-letters";
import { onWake } from "@/lib/letters/wake";
import { aloud, openHouse } from "@/lib/testing/story";
import { makePerson } from "@/lib/testing/test-context";
import { setSettings } from "@/lib/testing/test-settings";

const house = openHouse(bothChannels);

const letters = () => house.db.letter.findMany({ orderBy: { seq: "asc" } });

/** How often the outbox worker of this process was woken while `work` ran. */
async function wakings(work: () => Promise<unknown>): Promise<number> {
  let count = 0;
  const end = onWake(() => {
    count += 1;
  });
  await work().finally(end);
  return count;
}

describe("queueing", () => {
  test("writes sealed rows in their order, from which nobody reads a code or an address", async () => {
    const { userId } = await makePerson(house.ctx);
    await queueLetters(house.ctx, [
      aNotice(1, { userId, to: "ada@example.test" }),
      aCode("482913", { userId, to: "+447400123456" }),
      aNotice(2, { userId: null, to: "stranger@example.test" }),
    ]);
    const rows = await letters();
    expect(rows.map(({ channel, kind, urgent }) => [channel, kind, urgent])).toEqual([
      ["mail", "recovery.used", false],
      ["sms", "code.login", true],
      ["mail", "recovery.used", false],
    ]);
    expect(rows.map(({ queue }) => queue)).toEqual([
      `${userId}|mail|notices`,
      `${userId}|sms|codes`,
      `to:${rows[2]?.address}|mail|notices`,
    ]);
    const all = JSON.stringify(rows, (_, value) => (typeof value === "bigint" ? String(value) : value));
    for (const secret of ["482913", "447400123456", "ada@example.test", "stranger", "192.0.2.1"])
      expect(all).not.toContain(secret);
    const { id = "", content, destination } = rows[1] ?? {};
    expect(JSON.parse(unseal(content ?? "", letterSealedFor(id, "content")) ?? "")).toEqual({
      code: "482913",
      minutes: 5,
    });
    expect(unseal(destination ?? "", letterSealedFor(id, "destination"))).toBe("+447400123456");
    expect(unseal(destination ?? "", letterSealedFor(rows[0]?.id ?? "", "destination"))).toBeNull();
    expect(unseal(destination ?? "", letterSealedFor(id, "content"))).toBeNull();
  });

  test("ends every letter's life: a code's with the code, a notice's after a week", async () => {
    const { userId } = await makePerson(house.ctx);
    const expiresAt = later(house.ctx.now, minutes(5));
    await queueLetters(house.ctx, [aCode("111111", { userId, expiresAt }), aNotice(1, { userId })]);
    const [code, notice] = (await letters()).slice(-2);
    expect(code?.expiresAt).toEqual(expiresAt);
    expect(notice?.expiresAt).toEqual(later(house.ctx.now, days(7)));
    expect(notice?.notBefore).toEqual(house.ctx.now);
  });

  test("in a transaction that is rolled back writes nothing and wakes nobody; after a commit it wakes the outbox worker", async () => {
    const { userId } = await makePerson(house.ctx);
    const before = await house.db.letter.count();
    for (const run of [inTransaction, inShortTransaction]) {
      const rolledBack = () =>
        run(aloud(house.ctx), async (tx) => {
          await queueLetters(tx, [aNotice(1, { userId })]);
          throw new Error("changed its mind");
        }).catch((fault: Error) => expect(fault.message).toBe("changed its mind"));
      expect(await wakings(rolledBack)).toBe(0);
      expect(await house.db.letter.count()).toBe(before);
    }
    const committed = () => inTransaction(aloud(house.ctx), (tx) => queueLetters(tx, [aNotice(1, { userId })]));
    expect(await wakings(committed)).toBe(1);
    expect(await house.db.letter.count()).toBe(before + 1);
  });

  test("the same id twice is one letter that counts up", async () => {
    const { userId } = await makePerson(house.ctx);
    const id = house.ctx.random.id();
    for (let time = 0; time < 3; time += 1) await queueLetters(house.ctx, [aNotice(1, { userId, id })]);
    expect(await house.db.letter.findMany({ where: { userId } })).toMatchObject([{ id, repeats: 2 }]);
  });

  test.each([
    ["mail is off", { MAIL_CHANNEL: "off" }, ["sms"]],
    ["text messages are off", { SMS_CHANNEL: "off", SMS_COUNTRIES: "" }, ["mail"]],
    ["the emergency stop for phones is pulled", { SMS_ENABLED: "false" }, ["mail"]],
  ])("while %s, its letters are not written", async (_, changes, left) => {
    setSettings({ ...bothChannels, ...changes });
    const { userId } = await makePerson(house.ctx);
    await queueLetters(house.ctx, [aNotice(1, { userId }), aCode("222222", { userId })]);
    expect((await house.db.letter.findMany({ where: { userId } })).map(({ channel }) => channel)).toEqual(left);
    setSettings({ ...bothChannels, SMS_ENABLED: "true" });
  });
});
