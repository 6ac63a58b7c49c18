import type { App } from "@/lib/apps/app";
import { type Command, counted } from "@/lib/cli/command";
import { unconfirmed, yesFlag } from "@/lib/cli/confirm";
import { listApps } from "@/lib/operator/list-apps";
import { removeApp } from "@/lib/operator/remove-app";

export const appsRemove: Command = {
  name: "apps remove",
  takes: ["ID"],
  flags: yesFlag,
  summary: "Remove an app and end everything that was begun through it.",
  details:
    "Its calls are refused from now on; its sessions and the logins under way through it end at once. Accounts, factors and sessions of the\nportal stay.\nOn a terminal it asks you to type the id again; elsewhere it needs --yes.",
  run: async ({ ctx, typed, terminal }) => {
    const id = typed.positionals[0] ?? "";
    const app = (await listApps(ctx)).find((each) => each.id === id && !each.isConfigured);
    const objection = app ? await unconfirmed({ typed, terminal }, question(app)) : null; // what is none is refused below
    if (objection) return objection;
    const { endedSessions, wasDefault } = await removeApp(ctx, { id, by: "cli" });
    const text = `The app ${id} is gone, and ${counted(endedSessions, "session")} with it.${wasDefault ? defaultGone : ""}`;
    return { kind: "done", text, data: { id, endedSessions, wasDefault } };
  },
};

const question = ({ id, name }: App) => ({
  what: `This removes the app ${name} and ends everybody's session there.`,
  word: "its id",
  isMeant: (answer: string) => answer.trim() === id,
});

const defaultGone =
  "\nIt was the default: calls that name no app are refused until you choose another one with apps change ID --default yes.";
