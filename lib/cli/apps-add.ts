import { newAppInput } from "@/lib/apps/schema";
import { firstMistake, placeFlags, placesOf } from "@/lib/cli/apps-flags";
import { decisionInWords, sdkInWords, sdkOptions } from "@/lib/cli/apps-words";
import type { Command } from "@/lib/cli/command";
import { registerApp } from "@/lib/operator/register-app";

export const appsAdd: Command = {
  name: "apps add",
  takes: ["NAME"],
  flags: {
    id: { type: "string", shown: "ID", meaning: "the id that it has today; without it one is made" },
    ...placeFlags,
    unmasked: { type: "boolean", shown: "", meaning: "tell it whole numbers and addresses, not masked ones" },
    demand: { type: "boolean", shown: "", meaning: "everybody needs a second factor here, whatever policy says" },
    default: { type: "boolean", shown: "", meaning: "it stands for calls that name no app" },
  },
  summary: "Register an app that logs people in here.",
  details:
    "Prints what to put into the constructor of its client. The first app becomes the default. An origin is scheme, host and port as\nbrowsers write them. From its servers the visitor's address is taken from the call, so name only machines that tell the truth.",
  run: async ({ ctx, typed }) => {
    const { id, unmasked, demand, default: isDefault } = typed.flags;
    const { origins, servers, redirect } = placesOf(typed.flags);
    const reading = newAppInput.safeParse({
      id: id ?? null,
      name: typed.positionals[0],
      origins: origins ?? [],
      servers: servers ?? [],
      redirect: redirect?.address ?? null,
      unmasked: unmasked === true,
      demands: demand === true,
      isDefault: isDefault === true,
    });
    if (!reading.success) return { kind: "misused", text: firstMistake(reading.error) };
    const decided = await registerApp(ctx, { app: reading.data, by: "cli" });
    const { app } = decided;
    const text = [`${app.name} is registered.`, decisionInWords(decided), sdkInWords(app)].join("\n");
    return { kind: "done", text, data: { app, defaultFrom: decided.defaultFrom, options: sdkOptions(app) } };
  },
};
