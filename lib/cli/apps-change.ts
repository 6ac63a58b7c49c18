import { appChangeInput } from "@/lib/apps/schema";
import { firstMistake, placeFlags, placesOf } from "@/lib/cli/apps-flags";
import { decisionInWords } from "@/lib/cli/apps-words";
import type { Command, Flag, Typed } from "@/lib/cli/command";
import { changeApp } from "@/lib/operator/change-app";

const yesNo = (meaning: string): Flag => ({ type: "string", shown: "yes|no", meaning });

export const appsChange: Command = {
  name: "apps change",
  takes: ["ID"],
  flags: {
    name: { type: "string", shown: "NAME", meaning: "what it is called" },
    ...placeFlags,
    unmasked: yesNo("whether it is told whole numbers and addresses"),
    demand: yesNo("whether everybody needs a second factor here, whatever policy says"),
    default: yesNo("whether it stands for calls that name no app"),
  },
  summary: "Change what an app is allowed.",
  details:
    "It holds at the app's next call. What is not named stays as it is; origins and servers are replaced as a whole, and none empties them\n(and --redirect). No session ends. An app of the file that APPS_FILE names is changed there.",
  run: async ({ ctx, typed }) => {
    const unclear = unclearSwitch(typed.flags);
    if (unclear !== undefined) return { kind: "misused", text: `--${unclear} must be yes or no.` };
    const asked = wishesOf(typed.flags);
    if (Object.keys(asked).length === 0) return { kind: "misused", text: "Say what to change." };
    const reading = appChangeInput.safeParse(asked);
    if (!reading.success) return { kind: "misused", text: firstMistake(reading.error) };
    const decided = await changeApp(ctx, { id: typed.positionals[0] ?? "", change: reading.data, by: "cli" });
    return { kind: "done", text: decisionInWords(decided), data: { ...decided } };
  },
};

/** The options that are answered with yes or no, with the field that each stands for. */
const switches = { unmasked: "unmasked", demand: "demands", default: "isDefault" } as const;

/** The first of them that was answered with another word. */
const unclearSwitch = (flags: Typed["flags"]): string | undefined =>
  Object.keys(switches).find((name) => flags[name] !== undefined && flags[name] !== "yes" && flags[name] !== "no");

/** Only what was typed. */
function wishesOf(flags: Typed["flags"]): Readonly<Record<string, unknown>> {
  const { origins, servers, redirect } = placesOf(flags);
  const answers = Object.entries(switches).filter(([name]) => flags[name] !== undefined);
  return {
    ...(flags.name === undefined ? {} : { name: flags.name }),
    ...(origins && { origins }),
    ...(servers && { servers }),
    ...(redirect && { redirect: redirect.address }),
    ...Object.fromEntries(answers.map(([name, field]) => [field, flags[name] === "yes"])),
  };
}
