import { afterEach, describe, expect, test } from "vitest";
import { hours, later, minutes } from "@/lib/kernel/duration";
import { lookOnce } from "@/lib/pending/due-runner";
import { askToRemove, carry, lastChange, type Someone, someone } from "@/lib/pending/pending.kit";
import { pendingRules } from "@/lib/policy/pending-rules";
import { dueNow } from "@/lib/testing/due-now";
import { sendingSettings } from "@/lib/testing/letters";
import { openHouse } from "@/lib/testing/story";

const house = openHouse(sendingSettings);
const many = pendingRules.atOnce + 10;

type Stuck = { readonly kind?: string; readonly sentAt?: Date; readonly dueAt?: Date };

/** More changes than one page has, of as many people, asked for before everybody else's. */
async function crowd({ kind = "factor.remove", sentAt, dueAt }: Stuck): Promise<void> {
  const ids = Array.from({ length: many }, () => `stuck-${house.ctx.random.id()}`);
  const [createdAt, asked] = [house.ctx.now, { askedIn: "", ip: "", agent: "", waitHours: 24, state: "WAITING" }];
  await house.db.user.createMany({
    data: ids.map((id) => ({ id, email: `${id.toLowerCase()}@example.test`, isAdmin: false, createdAt })),
  });
  await house.db.letter.createMany({
    data: ids.map((id) => ({
      id,
      userId: id,
      channel: "mail",
      kind: "change.waits",
      queue: id,
      address: id,
      language: "en",
      createdAt,
      notBefore: later(createdAt, hours(48)),
      sentAt,
    })),
  });
  await house.db.pendingChange.createMany({
    data: ids.map((id) => ({
      ...asked,
      id,
      userId: id,
      kind,
      askedAt: createdAt,
      noticeIds: [id],
      dueAt,
      vetoHash: id,
    })),
  });
}

/** Whatever is written to a change of the crowd is a fault of ours. */
async function breakCrowd(): Promise<void> {
  await house.db
    .$executeRaw`CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'broken'; END $$`;
  await house.db
    .$executeRaw`CREATE TRIGGER fail BEFORE UPDATE ON pending_changes FOR EACH ROW WHEN (OLD.id LIKE 'stuck-%') EXECUTE FUNCTION fail()`;
}

afterEach(async () => {
  await house.db.$executeRaw`DROP TRIGGER IF EXISTS fail ON pending_changes`;
  await house.db.$executeRaw`DROP FUNCTION IF EXISTS fail`;
  await house.db.user.deleteMany({ where: { id: { startsWith: "stuck-" } } });
});

/** One look of a portal. Out: how many faults it told. */
async function lookFaults(): Promise<number> {
  const faults: unknown[] = [];
  await lookOnce({
    context: () => house.ctx,
    databaseClock: async () => house.ctx.now,
    mayDecide: () => true,
    onFault: (fault) => faults.push(fault),
  });
  return faults.length;
}

describe("behind more changes of others than are read at a time,", () => {
  /** Ada's is asked for last. */
  async function asked(): Promise<Someone> {
    house.clock.move(minutes(1));
    const ada = await someone(house);
    await askToRemove(house, ada);
    return ada;
  }
  const isCounted = async ({ person }: Someone) => (await lastChange(house, person.userId))?.dueAt !== null;
  const isDone = async ({ person }: Someone) => (await lastChange(house, person.userId))?.state === "DONE";

  test("whose letters cannot leave yet, a wait begins to count", async () => {
    await crowd({});
    const ada = await asked();
    await carry(house);
    expect([await lookFaults(), await isCounted(ada)]).toEqual([0, true]);
  });

  test("at each of which counting fails by a fault of ours, a wait begins to count, and what is due is done", async () => {
    await crowd({ sentAt: house.ctx.now });
    await breakCrowd();
    const [ada, grace] = [await asked(), await asked()];
    await carry(house);
    await dueNow(house.ctx, grace.person.userId);
    expect([await lookFaults(), await isCounted(ada), await isDone(grace)]).toEqual([many, true, true]);
  });

  test("at each of which doing it fails by a fault of ours, one is done", async () => {
    await crowd({ dueAt: house.ctx.now });
    await breakCrowd();
    const ada = await asked();
    await dueNow(house.ctx, ada.person.userId);
    expect([await lookFaults(), await isDone(ada)]).toEqual([many, true]);
  });

  test("which only another version knows, one is done, and those go on waiting for it", async () => {
    await crowd({ kind: "future.change", dueAt: house.ctx.now });
    const ada = await asked();
    await dueNow(house.ctx, ada.person.userId);
    expect([await lookFaults(), await isDone(ada)]).toEqual([0, true]);
    expect(await house.db.pendingChange.count({ where: { kind: "future.change", state: "WAITING" } })).toBe(many);
  });
});
