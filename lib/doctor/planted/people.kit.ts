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
    plant: async (house) => {
      const { id: userId } = await house.ctx().db.user.findFirstOrThrow();
      await house.ctx().db.pendingChange.create({
        data: {
          ...{
            id: "c",
            userId,
            kind: "factor.remove",
            state: "WAITING",
            askedIn: "s",
            askedAt: ago(30),
            ip: "",
            agent: "",
          },
          ...{ waitHours: 24, noticeIds: [], dueAt: ago(1), vetoHash: "h" },
        },
      });
    },
  },
};
