import * as z from "zod";
import { onOrOff } from "@/lib/config/reading";

/** The keys of the apps that log people in here. */
export const appSettings = {
  APPS_FILE: z.string().optional().meta({
    shown: "none",
    sample: "./data/apps.json",
    description:
      "A JSON file with apps that log people in here (docs/apps.md), besides those that were registered by command. Read at the start.",
  }),
  RSA_PASSWORDS: onOrOff("false").meta({
    shown: "false",
    description:
      "Whether apps may encrypt passwords with RSA on their way here (PKCS #1 v1.5, as old clients do). TLS protects them anyway.",
  }),
};
