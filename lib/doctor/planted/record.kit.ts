import { rm, writeFile } from "node:fs/promises";
import { recordEvent } from "@/lib/audit/record-event";
import { newestSealFile } from "@/lib/audit/seals/newest-seal";
import { config } from "@/lib/config/config";
import { ago, happened, type Planting, rotated } from "@/lib/doctor/planted/planted.kit";

export const recordFaults: Planting = {
  "events that nobody sweeps": {
    id: "events.old",
    level: "warning",
    what: /nothing has been swept for days/,
    cure: /sweep\.failed/,
    plant: async (house) => {
      for (const hoursAgo of [410 * 24, 48]) await happened(house, hoursAgo);
    },
  },
  "a record that was changed": {
    id: "record.changed",
    level: "fault",
    what: /Somebody who is no portal wrote to the record of events\. Event \d+ \(keys\.rotated, .*And 1 more\.$/,
    cure: /changed-record\.md/,
    plant: async (house) => {
      for (const hoursAgo of [3, 2]) await happened(house, hoursAgo);
      await house.ctx().db.securityEvent.updateMany({ data: { ip: "192.0.2.99" } });
    },
  },
  "a record that nobody seals": {
    id: "record.unsealed",
    level: "warning",
    what: /have no seal, though a portal is running/,
    cure: /pg_stat_activity/,
    plant: async (house) => {
      await house.ctx().db.eventSeal.deleteMany();
      await recordEvent({ ...house.ctx(), now: ago(1) }, rotated);
    },
  },
  "a newest seal that nobody can read": {
    id: "record.unreadable",
    level: "fault",
    what: /newest-seal in DATA_DIR cannot be read/,
    cure: /audit verify --newest SEAL/,
    plant: () => writeFile(newestSealFile(config().dataDir), "812:kJ"),
    undo: () => rm(newestSealFile(config().dataDir)),
  },
};
