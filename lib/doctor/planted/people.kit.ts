import { recordEvent } from "@/lib/audit/record-event";
import type { SoundHouse } from "@/lib/doctor/doctor.kit";
import { ago, aLetter, type Planting } from "@/lib/doctor/planted/planted.kit";

export const peopleFaults: Planting = {
  "nobody who is administrator": {
    id: "people.no_administrator",
    level: "fault",
    what: /Nobody is administrator/,
    cure: /people add EMAIL --admin/,
    plant: async (house) => {
      await house.ctx().db.user.updateMany({ data: { disabledAt: ago(1) } });
    },
  },
  "a first run that is not over": {
    id: "people.first",
    level: "hint",
    what: /never been an administrator/,
    cure: /setup-link/,
    plant: async (house) => {
      await house.ctx().db.user.deleteMany();
      await house.ctx().db.firstRun.deleteMany();
    },
  },
  "a password that strangers have closed": {
    id: "people.closed",
    level: "warning",
    what: /only their known devices are let in: 1\./,
    cure: /people unlock EMAIL/,
    plant: async (house) => {
      await house.ctx().db.user.updateMany({ data: { passwordFailures: 90 } });
    },
  },
  "a change that is not done": {
    id: "changes.late",
    level: "warning",
    what: /are not done: 1\./,
    cure: /npm run portal -- pending/,
    plant: (house) => plantChange(house, ago(1)),
  },
  "a change of which nobody could be told": {
    id: "changes.untold",
    level: "warning",
    what: /of which no letter could tell anybody: 1\./,
    cure: /pending veto ID/,
    plant: async (house) => recordUntold(house, await plantChange(house, ago(-1))),
  },
  "a change that was done before anybody could be told of it": {
    id: "changes.done_untold",
    level: "warning",
    what: /of which no letter has told anybody yet: 1\./,
    cure: /pending\.untold: npm run portal -- audit export -$/,
    plant: async (house) => {
      const at = await recordUntold(house, await plantChange(house, ago(1), "DONE"));
      const letter = { ...aLetter, id: "l", kind: "change.untold", createdAt: at, notBefore: at, expiresAt: ago(-1) };
      await house.ctx().db.letter.create({ data: letter });
    },
  },
};

/** Nobody could be told of the planted change of `subjectId`. Out: when that was recorded. */
async function recordUntold(house: SoundHouse, subjectId: string): Promise<Date> {
  const ctx = { ...house.ctx(), now: ago(0) };
  await recordEvent(ctx, { name: "pending.untold", subjectId, actorId: null, meta: { change: "c" } });
  return ctx.now;
}

/** A change that is due then: it waits, unless said otherwise. Out: whose. */
async function plantChange(house: SoundHouse, dueAt: Date, state = "WAITING"): Promise<string> {
  const { id: userId } = await house.ctx().db.user.findFirstOrThrow();
  const asked = { askedIn: "s", askedAt: ago(30), ip: "", agent: "" };
  const wait = { waitHours: 24, noticeIds: [], dueAt, vetoHash: "h" };
  const data = { id: "c", userId, kind: "factor.remove", state, ...asked, ...wait };
  await house.ctx().db.pendingChange.create({ data });
  return userId;
}
