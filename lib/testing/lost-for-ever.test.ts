import { afterAll, beforeAll, expect, test } from "vitest";
import { changePassword } from "@/lib/account/change-password";
import { prepareAnswer } from "@/lib/challenge/prepare-answer";
import type { Ctx } from "@/lib/context/context";
import { openDatabase } from "@/lib/db/client";
import { isDatabaseFault } from "@/lib/db/database-fault";
import type { PrismaClient } from "@/lib/db/generated/client";
import { beginEnrolment } from "@/lib/factors/begin-enrolment";
import { binderOf } from "@/lib/factors/binder-of";
import { confirmEnrolment } from "@/lib/factors/confirm-enrolment";
import { findPendingView } from "@/lib/factors/list-factors";
import { regenerateCodes } from "@/lib/factors/regenerate-codes";
import { codeAt } from "@/lib/factors/totp/code";
import { sendingSettings } from "@/lib/testing/letters";
import { answer } from "@/lib/testing/second-door";
import { atSecondDoor, knock, openHouse } from "@/lib/testing/story";
import { makePerson, openSessionFor, withAddress, withTotp } from "@/lib/testing/test-context";

const house = openHouse(sendingSettings);

/** A portal with enough connections for all of them at once: none waits for another's. */
let portal: PrismaClient;
beforeAll(() => {
  portal = openDatabase(house.url, 30);
});
afterAll(() => portal.$disconnect());
const owner = (): Ctx => ({ ...house.ctx, now: house.ctx.now, db: portal });
const stranger = (): Ctx => ({ ...house.stranger(), now: house.ctx.now, db: portal });

/** From now on every transaction that tells what it did is lost, as where somebody else is always first. Out: how to end that. */
async function loseForEver(): Promise<() => Promise<void>> {
  await house.db.$executeRaw`CREATE FUNCTION lose() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'lost' USING ERRCODE = '40001'; END $$`;
  await house.db.$executeRaw`CREATE TRIGGER lose BEFORE INSERT ON security_events FOR EACH ROW EXECUTE FUNCTION lose()`;
  return async () => {
    await house.db.$executeRaw`DROP FUNCTION lose() CASCADE`;
  };
}

/** What was counted, of anybody, and what there is. A window that was refunded stays as a row that counts nothing. */
async function standing() {
  const { db } = house;
  const counted = { OR: [{ fails: { gt: 0 } }, { orphans: { gt: 0 } }] };
  return {
    buckets: await db.bucket.findMany({ where: counted, orderBy: { key: "asc" } }),
    challenges: await db.challenge.findMany({ orderBy: { id: "asc" } }),
    accounts: await db.user.findMany({
      select: { passwordFailures: true, passwordHash: true },
      orderBy: { id: "asc" },
    }),
    factors: await db.factor.findMany({ orderBy: { id: "asc" } }),
    letters: await db.letter.count(),
    sessions: await db.session.count(),
  };
}

/** Somebody who is in. */
async function guest() {
  const person = await makePerson(house.ctx);
  return { person, ...(await openSessionFor(house.ctx, person)) };
}

async function confirming() {
  const { actor } = await guest();
  await beginEnrolment(house.ctx, { binder: binderOf(actor), kind: "totp", replacesId: null, given: {} });
  const secret = (await findPendingView(house.ctx, binderOf(actor), "totp"))?.shown.secret ?? "";
  const code = codeAt(secret, house.clock.now());
  const confirmation = { actor, kind: "totp", answer: { code }, label: "", defaultLabel: "App" } as const;
  return () => confirmEnrolment(owner(), confirmation);
}

/** Each made ready while all is well; then to be done. */
const deeds: Readonly<Record<string, () => Promise<() => Promise<unknown>>>> = {
  "the right password": async () => {
    const person = await makePerson(house.ctx);
    return () => knock(stranger(), person);
  },
  "the right code": async () => {
    const person = await makePerson(house.ctx);
    const app = await withTotp(house.ctx, person);
    const pass = await atSecondDoor(house.ctx, person.userId);
    return () => answer(stranger(), pass, "totp", app.codeAt(house.clock.now()));
  },
  "sending a code": async () => {
    const person = await makePerson(house.ctx);
    await withAddress(house.ctx, person, "sms", "+12025550123");
    const pass = await atSecondDoor(house.ctx, person.userId);
    return () => prepareAnswer(stranger(), { pass, kind: "sms", factorId: null, sessionId: null });
  },
  "beginning an enrolment": async () => {
    const { actor } = await guest();
    const given = { destination: "+12025550199" };
    return () => beginEnrolment(stranger(), { binder: binderOf(actor), kind: "sms", replacesId: null, given });
  },
  "the code that confirms it": confirming,
  "a new password": async () => {
    const { person, actor } = await guest();
    return () => changePassword(owner(), { actor, current: person.password, next: "nine amber kettles in the rain" });
  },
  "new recovery codes": async () => {
    const { person } = await guest();
    await withTotp(house.ctx, person);
    const { actor } = await openSessionFor(house.ctx, person);
    return () => regenerateCodes(owner(), { actor });
  },
};

test("a database where somebody else is always first: later, nothing is granted, nothing was charged, and then it is done", async () => {
  const ready = await Promise.all(Object.values(deeds).map((prepare) => prepare()));
  const before = await standing();
  const stop = await loseForEver();
  const outcomes = await Promise.allSettled(ready.map((act) => act()));
  await stop();
  for (const [nth, name] of Object.keys(deeds).entries()) {
    const outcome = outcomes[nth];
    expect(outcome?.status === "rejected" && isDatabaseFault(outcome.reason), name).toBe(true);
  }
  expect(await standing()).toEqual(before);
  for (const act of ready) await act();
});
