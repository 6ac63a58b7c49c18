import { describe, expect, test } from "vitest";
import { unseal } from "@/lib/crypto/seal";
import { openDatabase } from "@/lib/db/client";
import { ensure } from "@/lib/kernel/assert";
import { hours, later, minutes } from "@/lib/kernel/duration";
import { letterSealedFor } from "@/lib/letters/letter";
import { deviceNew } from "@/lib/notices/kinds/device-new";
import { passwordWaits } from "@/lib/notices/kinds/password-waits";
import { secondStepWrong } from "@/lib/notices/kinds/second-step-wrong";
import { tellGathered } from "@/lib/notices/tell-gathered";
import type { GatheredNotice } from "@/lib/notices/which-notice";
import { letterRows, sendingSettings } from "@/lib/testing/letters";
import { openHouse } from "@/lib/testing/story";
import { makePerson, testContext } from "@/lib/testing/test-context";

const house = openHouse(sendingSettings);

const notices: readonly GatheredNotice[] = [secondStepWrong, deviceNew, passwordWaits];
const noticeOfKind = (kind: string) => notices.find((one) => one.kind === kind) ?? secondStepWrong;

const raise = (subject: string, kind: GatheredNotice["kind"] = "second_step.wrong", ctx = house.ctx) =>
  tellGathered(ctx, { notice: noticeOfKind(kind), subject, challengeId: "some-challenge" });

const told = async (userId: string) =>
  (await letterRows(house.ctx, userId)).map(({ kind, repeats }) => ({ kind, repeats }));

describe("what is told at the account's own address", () => {
  test("200 within an hour make two letters: the first at once, a digest that counts the others when the hour is over", async () => {
    const { userId } = await makePerson(house.ctx);
    const start = house.ctx.now;
    await raise(userId);
    expect(await letterRows(house.ctx, userId)).toMatchObject([{ kind: "second_step.wrong", notBefore: start }]);
    house.clock.move(minutes(20));
    for (let time = 0; time < 199; time += 1) await raise(userId);
    expect(await told(userId)).toEqual([
      { kind: "second_step.wrong", repeats: 0 },
      { kind: "digest", repeats: 198 },
    ]);
    const [, digest] = await letterRows(house.ctx, userId);
    expect(digest?.notBefore).toEqual(later(start, hours(1)));
    expect(await house.db.oneTimeLink.count({ where: { userId } })).toBe(2);
  });

  test("of the next hour begin anew: the first of them is never held back", async () => {
    const { userId } = await makePerson(house.ctx);
    await raise(userId);
    house.clock.move(hours(1));
    await raise(userId);
    expect(await told(userId)).toEqual(Array(2).fill({ kind: "second_step.wrong", repeats: 0 }));
  });

  test("of different kinds, and of different people, do not hold each other back", async () => {
    const [one, other] = [await makePerson(house.ctx), await makePerson(house.ctx)];
    await raise(one.userId);
    await raise(one.userId, "device.new");
    await raise(one.userId, "password.waits");
    await raise(other.userId);
    expect((await told(one.userId)).map(({ kind }) => kind)).toEqual([
      "second_step.wrong",
      "device.new",
      "password.waits",
    ]);
    expect(await told(other.userId)).toHaveLength(1);
  });

  test("from two portals at once, twenty each: one letter and one digest of thirty-nine, in every round", async () => {
    const second = openDatabase(house.url, 8);
    const portals = [house.ctx, testContext({ db: second, clock: house.clock })];
    for (let round = 0; round < 10; round += 1) {
      const { userId } = await makePerson(house.ctx);
      const all = portals.flatMap((ctx) => Array.from({ length: 20 }, () => raise(userId, "device.new", ctx)));
      await Promise.all(all);
      expect(await told(userId)).toEqual([
        { kind: "device.new", repeats: 0 },
        { kind: "digest", repeats: 38 },
      ]);
    }
    await second.$disconnect();
  });

  test("carry a link that a digest carries too, each its own; a wait has none", async () => {
    const { userId } = await makePerson(house.ctx);
    for (const kind of ["device.new", "device.new", "password.waits", "password.waits"] as const)
      await raise(userId, kind);
    const facts = (await letterRows(house.ctx, userId)).map(({ id, content }) => {
      ensure(content, "the letter waits, sealed");
      return JSON.parse(unseal(content, letterSealedFor(id, "content")) ?? "");
    });
    expect(facts[0].link).toMatch(/^http:\/\/localhost:3000\/alarm\/alm_[\w-]{43}$/);
    expect(facts[1]).toMatchObject({ about: "device.new", link: expect.stringMatching(/\/alarm\/alm_[\w-]{43}$/) });
    expect(facts[1].link).not.toBe(facts[0].link);
    expect("link" in facts[2]).toBe(false);
    expect(facts[3]).toMatchObject({ about: "password.waits", link: "" });
    const rows = await house.db.oneTimeLink.findMany({ where: { userId } });
    expect(JSON.stringify(rows)).not.toContain(facts[0].link.slice(-43));
  });

  test("about nobody write no letter, and cost as many statements' rows as those about somebody", async () => {
    await raise("unknown:somebody", "password.waits");
    await raise("unknown:somebody", "password.waits");
    expect(await house.db.letter.count({ where: { userId: null } })).toBe(0);
    expect(await house.db.bucket.count({ where: { key: "alarm:password.waits:unknown:somebody" } })).toBe(1);
  });
});
