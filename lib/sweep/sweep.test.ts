import { describe, expect, test } from "vitest";
import { insider } from "@/lib/account/contacts/contacts.kit";
import { insertEmailChange, replaceProof } from "@/lib/account/contacts/store";
import { recordEvent } from "@/lib/audit/record-event";
import { releaseOldEvents } from "@/lib/audit/seals/release-old";
import { sealEvents } from "@/lib/audit/seals/seal-events";
import { beginEnrolment } from "@/lib/factors/begin-enrolment";
import { binderOf } from "@/lib/factors/binder-of";
import { insertCode } from "@/lib/factors/sent-code/store";
import { days, hours, later, minutes } from "@/lib/kernel/duration";
import { newAlarmLink } from "@/lib/links/alarm-link";
import { ruleOfKind, throttleRules } from "@/lib/policy/throttle-rules";
import { sweep } from "@/lib/sweep/sweep";
import { openHouse } from "@/lib/testing/story";
import { makePerson, openSessionFor, withTotp } from "@/lib/testing/test-context";
import { bucketKey } from "@/lib/throttle/bucket";
import { consumeAddress } from "@/lib/throttle/consume-address";
import { consumeWaitingTry } from "@/lib/throttle/waiting/store";
import { consumeWindowTry } from "@/lib/throttle/windows/store";

const house = openHouse();

test("what is over goes, what still counts stays", async () => {
  const person = await makePerson(house.ctx);
  await withTotp(house.ctx, person);
  const { actor } = await openSessionFor(house.ctx, person);
  await beginEnrolment(house.ctx, { binder: binderOf(actor), kind: "totp", replacesId: null, given: {} });
  await consumeAddress(house.stranger());
  const guessed = bucketKey("factor.totp", person.userId);
  await consumeWaitingTry(house.ctx, guessed, ruleOfKind("totp"));
  await consumeWaitingTry(house.ctx, bucketKey("password.strangers", "unknown:x"), throttleRules["password.strangers"]);

  expect(await sweep(house.ctx)).toMatchObject({ challenges: 0, sessions: 0, enrolments: 0, counters: 0, events: 0 });

  house.clock.move(hours(2));
  expect(await sweep(house.ctx)).toMatchObject({ challenges: 1, sessions: 1, enrolments: 1, counters: 0 });

  house.clock.move(days(1) + minutes(1));
  expect((await sweep(house.ctx)).counters).toBe(4); // the address, near and wide; the enrolment; the unknown name
  expect(await house.db.bucket.count({ where: { key: guessed } })).toBe(1);
  expect(await house.db.factor.count({ where: { userId: person.userId, state: "ACTIVE" } })).toBe(1);

  house.clock.move(days(40));
  expect((await sweep(house.ctx)).devices).toBe(1);
  expect(await house.db.securityEvent.count()).toBeGreaterThan(0);
  await sealEvents(house.ctx);
  house.clock.move(days(400));
  expect((await sweep(house.ctx)).events).toBe(0); // nobody who has the key has said that they are old enough
  await recordEvent(house.ctx, { name: "keys.rotated", subjectId: null, meta: { rows: 1 } });
  await sealEvents(house.ctx);
  house.clock.move(days(1));
  await releaseOldEvents(house.ctx, days(400));
  expect((await sweep(house.ctx)).events).toBeGreaterThan(0);
  expect(await house.db.securityEvent.count()).toBe(1);
});

test("the hour of a notice is forgotten the day after", async () => {
  const key = bucketKey("notice.gathered", "device.new:somebody");
  await consumeWindowTry(house.ctx, key, throttleRules["notice.gathered"]);
  await sweep(house.ctx);
  expect(await house.db.bucket.count({ where: { key } })).toBe(1);
  house.clock.move(days(1) + minutes(1));
  await sweep(house.ctx);
  expect(await house.db.bucket.count({ where: { key } })).toBe(0);
});

test("links and sent codes go when their time is over, used or not", async () => {
  const { userId } = await makePerson(house.ctx);
  await house.db.oneTimeLink.deleteMany();
  await newAlarmLink(house.ctx, { kind: "device.new", userId, challengeId: null });
  const code = { id: "code", hash: "mac", factorId: null, userId, purpose: "login:email", challengeId: "c" };
  await insertCode(house.ctx, { ...code, lifetime: minutes(10) });
  expect(await sweep(house.ctx)).toMatchObject({ links: 0, codes: 0 });
  house.clock.move(minutes(11));
  expect(await sweep(house.ctx)).toMatchObject({ links: 0, codes: 1 });
  house.clock.move(days(3));
  expect(await sweep(house.ctx)).toMatchObject({ links: 1, codes: 0 });
});

test("proofs that nobody finished and changes that cannot be taken back go when their time is over", async () => {
  const { actor } = await insider(house.ctx);
  await replaceProof(house.ctx, {
    id: house.ctx.random.id(),
    userId: actor.userId,
    sessionId: actor.sessionId,
    purpose: "login",
    address: "sealed",
    hash: null,
    expiresAt: later(house.ctx.now, minutes(10)),
  });
  const change = { former: "a@example.test", formerConfirmedAt: null, next: "b@example.test", revertHash: null };
  await insertEmailChange(house.ctx, { userId: actor.userId, ...change });
  expect(await sweep(house.ctx)).toMatchObject({ contactProofs: 0, emailChanges: 0 });
  house.clock.move(minutes(11));
  expect(await sweep(house.ctx)).toMatchObject({ contactProofs: 1, emailChanges: 0 });
  house.clock.move(days(3));
  expect(await sweep(house.ctx)).toMatchObject({ contactProofs: 0, emailChanges: 1 });
});

describe("the counters of a known device", () => {
  const keysOf = (deviceId: string) => [
    bucketKey("password.device", deviceId),
    bucketKey("factor.device", `factor.totp:${deviceId}`),
  ];
  const counted = async (deviceId: string) => {
    const keys = keysOf(deviceId);
    await consumeWindowTry(house.ctx, keys[0] ?? "", throttleRules["password.device"]);
    await consumeWindowTry(house.ctx, keys[1] ?? "", throttleRules["factor.device"]);
    return () => house.db.bucket.count({ where: { key: { in: keys } } });
  };
  const withDevice = async () => {
    const person = await makePerson(house.ctx);
    await withTotp(house.ctx, person);
    await openSessionFor(house.ctx, person);
    return (await house.db.device.findFirstOrThrow({ where: { userId: person.userId } })).id;
  };

  test("stay while it is one, and go with it", async () => {
    const deviceId = await withDevice();
    const left = await counted(deviceId);
    house.clock.move(days(2));
    await sweep(house.ctx);
    expect(await left()).toBe(2);
    await house.db.device.delete({ where: { id: deviceId } });
    await sweep(house.ctx);
    expect(await left()).toBe(0);
  });

  test("go when its time is over", async () => {
    const left = await counted(await withDevice());
    house.clock.move(days(31));
    await sweep(house.ctx);
    expect(await left()).toBe(0);
  });

  test("stay while a session of a forgotten one still consumes from them", async () => {
    const deviceId = await withDevice();
    const left = await counted(deviceId);
    await house.db.device.delete({ where: { id: deviceId } });
    house.clock.move(days(2));
    const expiresAt = new Date(house.ctx.now.getTime() + minutes(5));
    await house.db.session.updateMany({ where: { deviceId }, data: { expiresAt, lastSeenAt: house.ctx.now } });
    await sweep(house.ctx);
    expect(await left()).toBe(2);
    house.clock.move(minutes(6));
    await sweep(house.ctx);
    expect(await left()).toBe(0);
  });
});
