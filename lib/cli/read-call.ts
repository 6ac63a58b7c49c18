import { parseArgs } from "node:util";
import type { Command, Typed } from "@/lib/cli/command";
import { commandMeant, flagMeant } from "@/lib/cli/did-you-mean";

/** What an operator asked for. `about` null: for help on everything. */
export type Call =
  | { readonly kind: "run"; readonly command: Command; readonly typed: Typed }
  | { readonly kind: "help"; readonly about: Command | null }
  | { readonly kind: "misused"; readonly text: string; readonly about: Command | null };

const always = { json: { type: "boolean" }, help: { type: "boolean", short: "h" } } as const;

/** True when the answer must be one JSON document, whatever else is wrong with the call. */
export function wantsJson(argv: readonly string[]): boolean {
  const end = argv.indexOf("--");
  return (end === -1 ? argv : argv.slice(0, end)).includes("--json");
}

/** Reads the words after `npm run portal --`. Never throws: what cannot be understood is an answer too. */
export function readCall(argv: readonly string[], commands: readonly Command[]): Call {
  const words = argv.filter((word) => !word.startsWith("-"));
  const isHelp = words[0] === "help";
  const command = findCommand(isHelp ? words.slice(1) : words, commands);
  if (isHelp)
    return words.length > 1 && command === null ? unknown(words.slice(1), commands) : { kind: "help", about: command };
  if (words.length === 0) return asksForHelp(argv) ? { kind: "help", about: null } : misused("Say what to do.", null);
  return command === null ? unknown(words, commands) : readTyped(withoutName(argv, command), command, commands);
}

function findCommand(words: readonly string[], commands: readonly Command[]): Command | null {
  return commands.find(({ name }) => name.split(" ").every((word, place) => words[place] === word)) ?? null;
}

function withoutName(argv: readonly string[], { name }: Command): string[] {
  const rest = [...argv];
  for (const word of name.split(" ")) rest.splice(rest.indexOf(word), 1);
  return rest;
}

function readTyped(args: string[], command: Command, commands: readonly Command[]): Call {
  try {
    const { values, positionals } = parseArgs({
      args,
      options: { ...optionsOf(command), ...always },
      allowPositionals: true,
    });
    if (values.help === true) return { kind: "help", about: command };
    const flags: Record<string, string | boolean> = {};
    for (const [name, value] of Object.entries(values)) {
      if (typeof value === "string" || typeof value === "boolean") flags[name] = value;
      if (Array.isArray(value)) flags[name] = value.join(",");
    }
    if (positionals.length < command.takes.length)
      return misused(`${command.takes[positionals.length]} is missing.`, command);
    const surplus = positionals[command.takes.length];
    if (surplus !== undefined) return misused(tooMany(surplus, command, commands), command);
    return { kind: "run", command, typed: { positionals, flags } };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return misused(unknownFlag(error, command) ?? error.message, command);
  }
}

/** A word too many may be a mistyped part of a longer name: `letters rety`. */
function tooMany(surplus: string, { name }: Command, commands: readonly Command[]): string {
  const longer = commands.filter((other) => other.name.startsWith(`${name} `));
  return `${JSON.stringify(surplus)} is one word too many.${commandMeant([...name.split(" "), surplus], longer)}`;
}

/** As `parseArgs` wants them. */
function optionsOf({ flags }: Command) {
  return Object.fromEntries(
    Object.entries(flags).map(([name, { type, repeats = false }]) => [name, { type, multiple: repeats }]),
  );
}

const asksForHelp = (argv: readonly string[]) => argv.includes("--help") || argv.includes("-h");
const misused = (text: string, about: Command | null): Call => ({ kind: "misused", text, about });
const unknown = (words: readonly string[], commands: readonly Command[]) =>
  misused(`There is no command ${JSON.stringify(words.join(" "))}.${commandMeant(words, commands)}`, null);

/** Node's own sentence advises how to pass words that begin with a dash: nobody here has any. */
function unknownFlag(error: TypeError, command: Command): string | null {
  const flag = /^Unknown option '--?([^']*)'/.exec(error.message)?.[1];
  return flag === undefined ? null : `"${command.name}" has no option --${flag}.${flagMeant(flag, command)}`;
}
