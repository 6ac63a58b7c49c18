import type * as z from "zod";
import type { Flag, Typed } from "@/lib/cli/command";

/** The options about where an app lives; the others are switches at `apps add` and yes or no at `apps change`. */
export const placeFlags = {
  origin: { type: "string", shown: "URL", repeats: true, meaning: "a web origin whose pages may call for it" },
  server: { type: "string", shown: "IP", repeats: true, meaning: "an address or a range of its own servers" },
  redirect: { type: "string", shown: "URL", meaning: "where the portal's pages lead people back to" },
} as const satisfies Readonly<Record<string, Flag>>;

/** The option that each field is typed as. */
const optionOf: Readonly<Record<string, string>> = {
  id: "--id",
  name: "The name",
  origins: "--origin",
  servers: "--server",
  redirect: "--redirect",
  unmasked: "--unmasked",
  demands: "--demand",
  isDefault: "--default",
};

/** What was typed for a field; `none` empties it, and null says that nothing was typed. */
export function placesOf(flags: Typed["flags"]) {
  const { origin, server, redirect } = flags;
  return {
    origins: typeof origin === "string" ? listOf(origin) : null,
    servers: typeof server === "string" ? listOf(server) : null,
    redirect: typeof redirect === "string" ? { address: redirect === "none" ? null : redirect } : null,
  };
}

function listOf(text: string): readonly string[] {
  if (text.trim() === "none") return [];
  const entries = text.split(",").map((entry) => entry.trim());
  return entries.filter((entry) => entry !== "");
}

/** The first thing that is not as it should be, as a sentence that begins with its option. */
export function firstMistake({ issues }: z.ZodError): string {
  const [issue] = issues;
  const field = String(issue?.path[0] ?? "");
  return `${optionOf[field] ?? "An option"} ${issue?.message ?? "is not as it should be."}`;
}
