import { describe, expect, test, vi } from "vitest";
import { inShortTransaction } from "@/lib/context/context";
import { blindIndex } from "@/lib/crypto/index-keys";
import { unseal } from "@/lib/crypto/seal";
import { poolOf } from "@/lib/db/client";
import { removeFactor } from "@/lib/factors/remove-factor";
import { ensure } from "@/lib/kernel/assert";
import { letterSealedFor } from "@/lib/letters/letter";
import { destinationShared } from "@/lib/notices/kinds/destination-shared";
import { deviceForgotten } from "@/lib/notices/kinds/device-forgotten";
import { factorClosed } from "@/lib/notices/kinds/factor-closed";
import { factorRemoved } from "@/lib/notices/kinds/factor-removed";
import { passwordChanged } from "@/lib/notices/kinds/password-changed";
import { passwordWaits } from "@/lib/notices/kinds/password-waits";
import { noticeFacts } from "@/lib/notices/notice-facts";
import { tellGathered } from "@/lib/notices/tell-gathered";
import { tellOtherOwners } from "@/lib/notices/tell-other-owners";
import { tellUser } from "@/lib/notices/tell-user";
import type { ChannelName } from "@/lib/policy/channels";
import { letterRows, sendingSettings } from "@/lib/testing/letters";
import { openHouse } from "@/lib/testing/story";
import { makePerson, openSessionFor } from "@/lib/testing/test-context";
import { setSettings } from "@/lib/testing/test-settings";
import { withAddress } from "@/lib/testing/with-address";

const house = openHouse(sendingSettings);

const addressOf = (channel: ChannelName, to: string) => blindIndex("mac:address", [channel, to]);
const sentTo = async (userId: string) => (await letterRows(house.ctx, userId)).map(({ address }) => address).sort();

const changed = (userId: string) =>
  tellUser(house.ctx, { userId, notice: passwordChanged, facts: noticeFacts(house.ctx) });

describe("a change is told", () => {
  test("at the account's own address, every bound address and every bound number, each once", async () => {
    const { userId, email } = await makePerson(house.ctx);
    await withAddress(house.ctx, userId, "email", "elsewhere@example.test");
    await withAddress(house.ctx, userId, "email", email);
    await withAddress(house.ctx, userId, "sms", "+447700900123");
    await changed(userId);
    const expected = [
      addressOf("mail", email),
      addressOf("mail", "elsewhere@example.test"),
      addressOf("sms", "+447700900123"),
    ];
    expect(await sentTo(userId)).toEqual(expected.sort());
  });

  test("at an address that was taken away a moment ago, too", async () => {
    const { userId, email } = await makePerson(house.ctx);
    const facts = { ...noticeFacts(house.ctx), factor: "email", label: "Work" };
    const also = [
      { channel: "mail", to: "gone@example.test" },
      { channel: "mail", to: email },
    ] as const;
    await tellUser(house.ctx, { userId, notice: factorRemoved, facts, also });
    expect(await sentTo(userId)).toEqual([addressOf("mail", email), addressOf("mail", "gone@example.test")].sort());
  });

  test("at its own address when it is the factor that was removed", async () => {
    const person = await makePerson(house.ctx);
    const { factorId } = await withAddress(house.ctx, person.userId, "email", "leaving@example.test");
    const { actor } = await openSessionFor(house.ctx, person);
    await removeFactor(house.ctx, { actor, factorId });
    const told = (await letterRows(house.ctx, person.userId)).filter(({ kind }) => kind === "factor.removed");
    const places = [addressOf("mail", person.email), addressOf("mail", "leaving@example.test")];
    expect(told.map(({ address }) => address).sort()).toEqual(places.sort());
  });

  test("by text message only where it is serious", async () => {
    const { userId } = await makePerson(house.ctx);
    await withAddress(house.ctx, userId, "sms", "+447700900123");
    await tellUser(house.ctx, { userId, notice: deviceForgotten, facts: noticeFacts(house.ctx) });
    expect((await letterRows(house.ctx, userId)).map(({ channel }) => channel)).toEqual(["mail"]);
    await tellUser(house.ctx, { userId, notice: factorClosed, facts: { ...noticeFacts(house.ctx), factor: "totp" } });
    expect((await letterRows(house.ctx, userId)).map(({ channel }) => channel)).toEqual(["mail", "mail", "sms"]);
  });

  test("with when, where and which browser, in the language of the reader and not of the visitor", async () => {
    const { userId, email } = await makePerson(house.ctx);
    await house.db.user.update({ where: { id: userId }, data: { language: "zh" } });
    await changed(userId);
    const [letter] = await letterRows(house.ctx, userId);
    ensure(letter?.content && letter.destination, "the letter waits, sealed");
    expect(letter.language).toBe("zh");
    expect(unseal(letter.destination, letterSealedFor(letter.id, "destination"))).toBe(email);
    expect(JSON.parse(unseal(letter.content, letterSealedFor(letter.id, "content")) ?? "")).toEqual({
      at: house.ctx.now.toISOString(),
      ip: "192.0.2.1",
      agent: "test",
    });
  });

  test("not at all when the change is undone", async () => {
    const { userId } = await makePerson(house.ctx);
    const undone = inShortTransaction(house.ctx, async (tx) => {
      await tellUser(tx, { userId, notice: passwordChanged, facts: noticeFacts(tx) });
      throw new Error("undone");
    });
    await expect(undone).rejects.toThrow("undone");
    expect(await letterRows(house.ctx, userId)).toEqual([]);
  });

  test("not at a pending address, nor at a damaged one", async () => {
    const { userId, email } = await makePerson(house.ctx);
    const pending = await withAddress(house.ctx, userId, "email", "pending@example.test");
    await house.db.factor.update({ where: { id: pending.factorId }, data: { state: "PENDING" } });
    const damaged = await withAddress(house.ctx, userId, "email", "damaged@example.test");
    await house.db.factor.update({ where: { id: damaged.factorId }, data: { secret: "v1.one.a.b.c" } });
    await changed(userId);
    expect(await sentTo(userId)).toEqual([addressOf("mail", email)]);
  });
});

test("text messages stop at the day's budget of an account, mails never do", async () => {
  const { userId } = await makePerson(house.ctx);
  await withAddress(house.ctx, userId, "sms", "+447700900771");
  for (let time = 0; time < 12; time += 1) await changed(userId);
  const channels = (await letterRows(house.ctx, userId)).map(({ channel }) => channel);
  expect(channels.filter((channel) => channel === "sms")).toHaveLength(10);
  expect(channels.filter((channel) => channel === "mail")).toHaveLength(12);
});

/** Where only the handle counts. */
const unsealed = { id: "any", secret: null };

describe("somebody else's binding of the same number", () => {
  test("is told to every other owner at their account's address, and changes nothing", async () => {
    const [binder, owner, stranger] = [
      await makePerson(house.ctx),
      await makePerson(house.ctx),
      await makePerson(house.ctx),
    ];
    const { handle } = await withAddress(house.ctx, binder.userId, "sms", "+447700900777");
    await withAddress(house.ctx, owner.userId, "sms", "+447700900777");
    await withAddress(house.ctx, stranger.userId, "sms", "+447700900778");
    const before = await house.db.user.findUnique({ where: { id: owner.userId } });
    await tellOtherOwners(house.ctx, {
      kind: "sms",
      handle,
      userId: binder.userId,
      ...unsealed,
      notice: destinationShared,
    });
    expect(await letterRows(house.ctx, owner.userId)).toMatchObject([{ kind: "destination.shared", channel: "mail" }]);
    expect(await sentTo(owner.userId)).toEqual([addressOf("mail", owner.email)]);
    expect(await letterRows(house.ctx, binder.userId)).toEqual([]);
    expect(await letterRows(house.ctx, stranger.userId)).toEqual([]);
    expect(await house.db.user.findUnique({ where: { id: owner.userId } })).toEqual(before);
  });

  test("is told to whoever logs in with that address, too", async () => {
    const [binder, owner] = [await makePerson(house.ctx), await makePerson(house.ctx)];
    const { factorId } = await withAddress(house.ctx, binder.userId, "email", owner.email);
    const bound = await house.db.factor.findUniqueOrThrow({ where: { id: factorId } });
    await tellOtherOwners(house.ctx, { ...bound, notice: destinationShared });
    expect(await letterRows(house.ctx, owner.userId)).toMatchObject([{ kind: "destination.shared", channel: "mail" }]);
  });

  test("tells nothing of where the other person is", async () => {
    const [binder, owner] = [await makePerson(house.ctx), await makePerson(house.ctx)];
    const { handle } = await withAddress(house.ctx, owner.userId, "email", "shared@example.test");
    await tellOtherOwners(house.ctx, {
      kind: "email",
      handle,
      userId: binder.userId,
      ...unsealed,
      notice: destinationShared,
    });
    const [letter] = await letterRows(house.ctx, owner.userId);
    ensure(letter?.content, "the letter waits, sealed");
    expect(unseal(letter.content, letterSealedFor(letter.id, "content"))).not.toContain("192.0.2.1");
  });
});

test("while both channels are off nothing is asked and nothing written", async () => {
  const { userId } = await makePerson(house.ctx);
  setSettings({ ...sendingSettings, MAIL_CHANNEL: "off", SMS_CHANNEL: "off", SECOND_FACTOR_KINDS: "totp" });
  const raw = poolOf(house.db);
  ensure(raw, "the house has a pool");
  const asked = vi.spyOn(raw.pool, "query");
  await changed(userId);
  await tellOtherOwners(house.ctx, { kind: "sms", handle: "any", userId, ...unsealed, notice: destinationShared });
  await tellGathered(house.ctx, { notice: passwordWaits, subject: userId, challengeId: null });
  expect(asked).not.toHaveBeenCalled();
  asked.mockRestore();
  setSettings(sendingSettings);
});
