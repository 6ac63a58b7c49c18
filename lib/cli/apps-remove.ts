import { removeApp } from "@/lib/apps/remove-app";
import { type Command, counted } from "@/lib/cli/command";

export const appsRemove: Command = {
  name: "apps remove",
  takes: ["ID"],
  flags: {},
  summary: "Remove an app and end everything that was begun through it.",
  details:
    "Its calls are refused from now on; its sessions and the logins under way through it end at once. Accounts, factors and sessions of the\nportal stay.",
  run: async ({ ctx, typed }) => {
    const id = typed.positionals[0] ?? "";
    const { endedSessions, wasDefault } = await removeApp(ctx, { id, by: "cli" });
    const text = `The app ${id} is gone, and ${counted(endedSessions, "session")} with it.${wasDefault ? defaultGone : ""}`;
    return { kind: "done", text, data: { id, endedSessions, wasDefault } };
  },
};

const defaultGone =
  "\nIt was the default: calls that name no app are refused until you choose another one with apps change ID --default yes.";
