import type { Planting } from "@/lib/doctor/planted/planted.kit";
import { testKeys } from "@/lib/testing/test-settings";

export const keysFaults: Planting = {
  "keys that are not those of the data": {
    id: "keys.wrong",
    level: "fault",
    what: /written with the key "one", which PORTAL_KEYS does not name/,
    cure: /Put it back/,
    plant: (house) => house.set({ PORTAL_KEYS: testKeys.two }),
    beside: ["portals.restart"],
  },
  "an index key that no key opens": {
    id: "keys.index",
    level: "fault",
    what: /opens the index key for "mac:address"/,
    cure: /back from a backup/,
    plant: async (house) => {
      await house.ctx().db.indexKey.update({ where: { use: "mac:address" }, data: { sealed: "v1.one.x.x.x" } });
    },
  },
  "rows of a key that is gone": {
    id: "keys.lost",
    level: "fault",
    what: /does not have: 1 \(users\.password_hash\)/,
    cure: /copy of \.env/,
    plant: async (house) => {
      await house.ctx().db.user.updateMany({ data: { passwordHash: "v1.gone.x.x.x" } });
    },
  },
  "a change of keys that was not finished": {
    id: "keys.left",
    level: "hint",
    what: /still sealed under an older key/,
    cure: /rotate-keys/,
    plant: (house) => house.set({ PORTAL_KEYS: `${testKeys.two},${testKeys.one}` }),
    beside: ["portals.restart"],
  },
};
