import type { Planting } from "@/lib/doctor/planted/planted.kit";
import { systemClock } from "@/lib/kernel/clock";
import { later, minutes } from "@/lib/kernel/duration";
import { portalVersion } from "@/lib/kernel/version";
import { describePortal } from "@/lib/portals/portal";
import { neighbour, quietFor } from "@/lib/portals/portals.kit";

export const portalsFaults: Planting = {
  "a clock that is wrong": {
    id: "clock.machine",
    level: "fault",
    what: /9\d seconds ahead of the database's/,
    cure: /timedatectl/,
    wrong: { machine: { clock: { now: () => later(systemClock.now(), minutes(1.55)) } } },
  },
  "a portal whose clock is off": {
    id: "clock.portal",
    level: "warning",
    what: /of the portal here:3000 is 7 seconds behind/,
    cure: /timedatectl/,
    plant: async (house) => {
      await house.ctx().db.portal.updateMany({ data: { clockSkew: -7_000 } });
    },
  },
  "no portal that lives": {
    id: "portals.none",
    level: "fault",
    what: /nobody can log in/,
    cure: /npm start/,
    plant: async (house) => {
      await house.ctx().db.portal.deleteMany();
    },
  },
  "a portal that was killed": {
    id: "portals.silent",
    level: "warning",
    what: /The portal login-\d+:3000 is silent since 5 minutes/,
    cure: /systemctl status/,
    plant: async (house) => quietFor(house.ctx(), await neighbour(house.ctx()), 300),
  },
  "settings that were changed since the start": {
    id: "portals.restart",
    level: "warning",
    what: /changed since its start/,
    cure: /start it again/,
    plant: async (house) => {
      await house.ctx().db.portal.updateMany({ data: { appsHash: "another" } });
    },
  },
  "a portal with other keys": {
    id: "portals.keys",
    level: "fault",
    what: /does not know the key "one"/,
    cure: /append the new key behind everywhere/,
    plant: async (house) => {
      await neighbour(house.ctx(), {
        keyIds: ["other", "older"],
        version: portalVersion,
        appsHash: describePortal().appsHash,
      });
    },
  },
  "portals of two versions": {
    id: "portals.versions",
    level: "warning",
    what: /several versions: 0\.1\.0/,
    cure: /Finish the upgrade/,
    plant: async (house) => {
      await neighbour(house.ctx(), { appsHash: describePortal().appsHash });
    },
  },
  "portals with other apps": {
    id: "portals.apps",
    level: "warning",
    what: /do not have the same apps/,
    cure: /APPS_FILE/,
    plant: async (house) => {
      await neighbour(house.ctx(), { version: portalVersion });
    },
  },
};
