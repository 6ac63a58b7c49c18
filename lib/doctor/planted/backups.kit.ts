import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ago, type Planting } from "@/lib/doctor/planted/planted.kit";
import { portalVersion } from "@/lib/kernel/version";
import { describePortal } from "@/lib/portals/portal";
import { neighbour } from "@/lib/portals/portals.kit";

export const backupsFaults: Planting = {
  "no backups": {
    id: "backup.off",
    level: "hint",
    what: /BACKUP_DIR is not set/,
    cure: /another disk/,
    plant: (house) => house.set({ BACKUP_DIR: "" }),
  },
  "a folder for backups that is not mounted": {
    id: "backup.folder",
    level: "fault",
    what: /no file can be made in BACKUP_DIR \(ENOENT\)/,
    cure: /Mount that disk/,
    plant: (house) => house.set({ BACKUP_DIR: join(house.backups(), "none") }),
    beside: ["backup.gone"],
  },
  "backups on the disk of the database": {
    id: "backup.same_disk",
    level: "warning",
    what: /both are gone/,
    cure: /another disk/,
    wrong: { machine: { diskOf: async () => 1 } },
  },
  "a schedule that never made a backup": {
    id: "backup.never",
    level: "fault",
    what: /never made a backup/,
    cure: /backup run/,
    plant: async (house) => {
      await house.ctx().db.backup.deleteMany();
      await house.ctx().db.user.updateMany({ data: { createdAt: ago(30) } });
    },
  },
  "a backup that is too old": {
    id: "backup.late",
    level: "fault",
    what: /is 50 hours old, and one is due every 24/,
    cure: /backup run/,
    plant: async (house) => {
      await house.ctx().db.backup.updateMany({ data: { madeAt: ago(50) } });
    },
  },
  "a backup that is not there any more": {
    id: "backup.gone",
    level: "warning",
    what: /sallyport-newest\.backup, is not in BACKUP_DIR/,
    cure: /right disk is mounted/,
    plant: (house) => rm(join(house.backups(), "sallyport-newest.backup")),
  },
  "a backup that another of two portals made": {
    id: "backup.gone",
    level: "hint",
    what: /another portal may have made it/,
    cure: /machines of the other portals/,
    plant: async (house) => {
      await neighbour(house.ctx(), { version: portalVersion, appsHash: describePortal().appsHash });
      await rm(join(house.backups(), "sallyport-newest.backup"));
    },
  },
  "a backup that was cut": {
    id: "backup.gone",
    level: "warning",
    what: /not as long as it was/,
    cure: /backup run/,
    plant: (house) => writeFile(join(house.backups(), "sallyport-newest.backup"), "who"),
  },
  "no room for the next backup": {
    id: "backup.room",
    level: "warning",
    what: /no room in BACKUP_DIR/,
    cure: /BACKUP_KEEP/,
    wrong: (house) => ({ machine: { freeBytes: async (folder) => (folder === house.backups() ? 8 : 40 * 2 ** 30) } }),
  },
};
