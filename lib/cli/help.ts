import { type Command, inColumns } from "@/lib/cli/command";

const call = "npm run portal --";

/** `people add EMAIL [--username NAME] [--admin] [--json]`. */
export function usageOf({ name, takes, flags }: Command): string {
  const shown = Object.entries(flags).map(
    ([flag, { shown, repeats }]) => `[--${flag}${shown === "" ? "" : ` ${shown}`}]${repeats ? "…" : ""}`,
  );
  return [name, ...takes, ...shown, "[--json]"].join(" ");
}

/** The list of commands. */
export function helpText(commands: readonly Command[]): string {
  const rows = commands.map((command) => [`  ${usageOf(command)}`, command.summary]);
  return [
    `Usage: ${call} COMMAND`,
    "",
    "Works on this machine only, while the portal runs and while it does not. Every change is recorded.",
    "",
    ...inColumns(rows.map(([usage = ""]) => [usage]))
      .split("\n")
      .flatMap((usage, index) => [usage, `      ${rows[index]?.[1] ?? ""}`]),
    "  help [COMMAND]",
    "      Explain a command.",
    "",
    "--json prints one JSON document on stdout and nothing else (call it with `npm run --silent portal -- …`).",
    "Exit code: 0 done, 1 refused or failed, 2 not understood.",
  ].join("\n");
}

/** All there is to know about one command. */
export function helpOf(command: Command): string {
  const flags = Object.entries(command.flags).map(([flag, { meaning, shown }]) => [
    `  --${flag} ${shown}`.trimEnd(),
    meaning,
  ]);
  const options = inColumns([...flags, ["  --json", "print one JSON document on stdout and nothing else"]]);
  return [`Usage: ${call} ${usageOf(command)}`, "", command.summary, "", command.details, "", options].join("\n");
}
