import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { SoundHouse } from "@/lib/doctor/doctor.kit";
import type { Planting } from "@/lib/doctor/planted/planted.kit";

const logoOf = (house: SoundHouse) => join(house.backups(), "logo.png");

export const settingsFaults: Planting = {
  "a key of the settings is no number": {
    id: "settings.mistake",
    level: "fault",
    what: /^PORT must be a whole number/,
    cure: /Correct it in \.env/,
    plant: (house) => house.set({ PORT: "threethousand" }),
    beside: ["address"],
  },
  "a file of settings that cannot be read": {
    id: "ground.refused",
    level: "fault",
    what: /^\.env is not UTF-8\.$/,
    cure: /^Save it/,
    wrong: { objections: [".env is not UTF-8. Save it anew as text."] },
  },
  "a line of the settings that means nothing": {
    id: "ground.refused",
    level: "fault",
    what: /^\.env cannot be read: line 3 is not understood\.$/,
    cure: /^Write NAME=value/,
    wrong: { objections: [".env cannot be read:\n  - line 3 is not understood. Write NAME=value."] },
  },
  "the address is this machine, and others are let in": {
    id: "settings.only_here",
    level: "warning",
    what: /HOST lets other machines in/,
    cure: /Set APP_URL/,
    plant: (house) => house.set({ HOST: "0.0.0.0" }),
  },
  "helps for developers": {
    id: "settings.dev_tools",
    level: "warning",
    what: /DEV_TOOLS is on/,
    cure: /DEV_TOOLS=false/,
    plant: (house) => house.set({ DEV_TOOLS: "true" }),
  },
  "a logo that is no picture": {
    id: "settings.logo",
    level: "hint",
    what: /^BRAND_LOGO_FILE names a file that is no picture\. /,
    cure: /^Put a picture there/,
    plant: async (house) => {
      await writeFile(logoOf(house), "a page that says: log in first");
      house.set({ BRAND_LOGO_FILE: logoOf(house) });
    },
    undo: (house) => rm(logoOf(house)),
  },
  "text messages stopped and listed": {
    id: "settings.sms_stopped",
    level: "warning",
    what: /SMS_ENABLED is false/,
    cure: /SMS_ENABLED=true/,
    plant: (house) =>
      house.set({
        SMS_ENABLED: "false",
        SMS_CHANNEL: "mailbox",
        DEV_TOOLS: "true",
        SMS_COUNTRIES: "GB",
        SECOND_FACTOR_KINDS: "totp,sms",
      }),
    beside: ["settings.dev_tools"],
  },
};
