import { type Command, inColumns } from "@/lib/cli/command";
import type { AppLine } from "@/lib/operator/list-apps";
import { listApps } from "@/lib/operator/list-apps";

export const appsList: Command = {
  name: "apps list",
  takes: [],
  flags: {},
  summary: "Show every app that logs people in here.",
  details:
    "Told: whether it gets whole or masked numbers and addresses. Demands: whether it asks a second factor of everybody. From: the file that\nAPPS_FILE names, or a command. The default stands for calls that name no app. Changes nothing.",
  looksOnly: true,
  run: async ({ ctx }) => {
    const apps = await listApps(ctx);
    const text =
      apps.length === 0
        ? "There is no app yet. To register one: npm run portal -- apps add NAME"
        : inColumns([headings, ...apps.map(asRow)]);
    return { kind: "done", text, data: { apps } };
  },
};

const headings = ["ID", "NAME", "DEFAULT", "TOLD", "DEMANDS", "FROM", "ORIGINS", "SERVERS", "REDIRECT"];

function asRow({ id, name, isDefault, unmasked, demands, isConfigured, ...app }: AppLine): string[] {
  const places = [app.origins.join(",") || "-", app.servers.join(",") || "-", app.redirect ?? "-"];
  const rights = [isDefault ? "yes" : "-", unmasked ? "whole" : "masked", demands ? "yes" : "-"];
  return [id, name, ...rights, isConfigured ? "file" : "command", ...places];
}
