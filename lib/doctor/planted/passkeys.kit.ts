import { ago, type Planting } from "@/lib/doctor/planted/planted.kit";

export const passkeysFaults: Planting = {
  "a restore that nobody has vouched for": {
    id: "passkeys.unvouched",
    level: "hint",
    what: /set back to a backup of \d{4}-\d\d-\d\d, so browsers are not told which passkeys are gone/,
    cure: /nothing newer will be brought back, say so: npm run portal -- passkeys vouch$/,
    plant: async (house) => {
      const row = { id: "r", restoredAt: ago(1), setBackTo: ago(2), version: "1" };
      house.set({ SECOND_FACTOR_KINDS: "passkey,totp" });
      await house.ctx().db.restore.create({ data: row });
    },
  },
};
