import type { App } from "@/lib/apps/app";

/** An app that nobody has configured anything for, as a call of the JSON API meets it. */
export const someApp: App = {
  id: "shop",
  name: "Shop",
  origins: [],
  servers: [],
  redirect: null,
  unmasked: false,
  demands: false,
  isDefault: true,
};
