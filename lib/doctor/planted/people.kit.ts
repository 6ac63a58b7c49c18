import { recordEvent } from "@/lib/audit/record-event";
import type { SoundHouse } from "@/lib/doctor/doctor.kit";
import { ago, type Planting } from "@/lib/doctor/planted/planted.kit";

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
    plant: async (house) => {
      const subjectId = await plantChange(house, ago(-1));
      await recordEvent(house.ctx(), { name: "pending.untold", subjectId, actorId: null, meta: { change: "c" } });
    },
  },
};

/** A change that waits, and is due then. Out: whose. */
async function plantChange(house: SoundHouse, dueAt: Date): Promise<string> {
  const { id: userId } = await house.ctx().db.user.findFirstOrThrow();
  const asked = { askedIn: "s", askedAt: ago(30), ip: "", agent: "" };
  const wait = { waitHours: 24, noticeIds: [], dueAt, vetoHash: "h" };
  const data = { id: "c", userId, kind: "factor.remove", state: "WAITING", ...asked, ...wait };
  await house.ctx().db.pendingChange.create({ data });
  return userId;
}
