import { isRefusal } from "@/lib/backup/refusal";
import type { WithPlace } from "@/lib/cli/bare-place";
import { type Command, counted, type HouseCommand, type Outcome, type Typed } from "@/lib/cli/command";
import { commandContext } from "@/lib/cli/command-context";
import { helpOf, helpText, usageOf } from "@/lib/cli/help";
import { isLostOutput, type LostOutput } from "@/lib/cli/output";
import { readCall, wantsJson } from "@/lib/cli/read-call";
import type { Terminal } from "@/lib/cli/terminal";
import { configMistakes } from "@/lib/config/config";
import { type Db, rawOf } from "@/lib/db/client";
import { isDatabaseFault } from "@/lib/db/database-fault";
import type { House } from "@/lib/doctor/house";
import { type Clock, systemClock } from "@/lib/kernel/clock";
import { DomainError } from "@/lib/kernel/errors";
import { sayAny } from "@/lib/messages/say";
import { agreeWithLiving, type Patience } from "@/lib/portals/agree";
import { measureSkew } from "@/lib/portals/clock-skew";
import { clockRules } from "@/lib/serve/clock-watch";

/** Opens the database for one piece of work; `say` hears about slow steps. `url`: past a pooler. */
export type WithDatabase = (
  say: (line: string) => void,
  work: (db: Db, url: string) => Promise<Outcome>,
) => Promise<Outcome>;

/** Finds the house as it is, whatever is wrong with it, for one look at it. */
export type WithHouse = (work: (house: House) => Promise<Outcome>) => Promise<Outcome>;

type Surroundings = {
  /** What can be called here, in the order of the help. */
  readonly commands: readonly Command[];
  readonly terminal: Terminal;
  readonly withDatabase: WithDatabase;
  readonly withPlace: WithPlace;
  readonly withHouse: WithHouse;
  /** This machine's, unless a test has one of its own. */
  readonly clock?: Clock;
  /** How long a command waits for portals whose keys do not fit. */
  readonly patience?: Patience;
};

/** 0 done, 1 refused or failed, 2 not understood. */
export type ExitCode = 0 | 1 | 2;

/**
 * Runs one command and says what came of it: the answer on stdout, everything else on stderr; with `--json` exactly one JSON
 * document on stdout, also for a refusal. `argv` are the words after `npm run portal --`. Never throws.
 */
export async function runPortal(argv: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  const { terminal, commands } = surroundings;
  const call = readCall(argv, commands);
  const asJson = wantsJson(argv);
  if (call.kind === "help") {
    const data = { usage: (call.about ? [call.about] : commands).map(usageOf) };
    const text = call.about ? helpOf(call.about) : helpText(commands);
    return tell({ kind: "done", data, text }, terminal, asJson);
  }
  if (call.kind === "misused") {
    const usage = call.about
      ? `Usage: npm run portal -- ${usageOf(call.about)}`
      : "All commands: npm run portal -- --help";
    return tell({ kind: "misused", text: asJson ? call.text : `${call.text}\n${usage}` }, terminal, asJson);
  }
  return tell(await attempt(call, surroundings), terminal, asJson);
}

type Run<C extends Command = Command> = { readonly command: C; readonly typed: Typed };

async function attempt({ command, typed }: Run, surroundings: Surroundings): Promise<Outcome> {
  if ("runAnyway" in command) {
    const { terminal, withHouse } = surroundings;
    return withHouse((house) => command.runAnyway({ typed, terminal, house })).catch(failure);
  }
  const mistakes = configMistakes();
  if (mistakes.length > 0) {
    return {
      kind: "refused",
      id: "config.mistakes",
      text: `The configuration has mistakes:\n${mistakes.map((line) => `  - ${line}`).join("\n")}`,
    };
  }
  try {
    const { terminal, withPlace } = surroundings;
    if ("runAlone" in command) return await command.runAlone({ typed, terminal, withPlace });
    return await inHouse({ command, typed }, surroundings);
  } catch (error) {
    return failure(error);
  }
}

function inHouse(
  { command, typed }: Run<HouseCommand>,
  { terminal, withDatabase, clock = systemClock, patience }: Surroundings,
): Promise<Outcome> {
  return withDatabase(terminal.err, async (db, url) => {
    const context = () => commandContext(db, clock.now());
    const clash = await agreeWithLiving(context, terminal.err, patience);
    if (clash !== null) return { kind: "refused", id: "keys.not_shared", text: clash };
    const refused = command.looksOnly ? null : await wrongHour(db, clock);
    return refused ?? command.run({ ctx: context(), url, typed, terminal });
  });
}

/** What a command decides depends on the hour as much as what the portal decides: links, waits and the dates in the record. */
async function wrongHour(db: Db, clock: Clock): Promise<Outcome | null> {
  const ahead = (await measureSkew(rawOf(db), clock)) ?? 0;
  if (Math.abs(ahead) <= clockRules.wrong) return null;
  const off = `${counted(Math.round(Math.abs(ahead) / 1000), "second")} ${ahead > 0 ? "ahead of" : "behind"}`;
  const text = `The clock of this machine is ${off} the database's, so nothing can be decided here. Nothing was changed. Set the clock that is wrong (time synchronisation does), and try again.`;
  return { kind: "refused", id: "clock.wrong", text };
}

function failure(error: unknown): Outcome {
  if (error instanceof DomainError)
    return { kind: "refused", id: error.id, text: sayAny("en", error.id, error.more.params) };
  if (isLostOutput(error))
    return { kind: "refused", id: "output.lost", text: `${error.message}: what was written is not whole.` };
  if (isRefusal(error)) return { kind: "refused", id: error.refusal, text: error.message };
  if (isDatabaseFault(error))
    return {
      kind: "refused",
      id: "database.unreachable",
      text: "The database cannot be reached or has no connection free. Nothing more was changed. Try again in a moment.",
    };
  const text = error instanceof Error ? error.message : String(error);
  return { kind: "refused", id: "failed", text: `It did not work: ${text}` };
}

async function tell(outcome: Outcome, terminal: Terminal, asJson: boolean): Promise<ExitCode> {
  if (asJson) terminal.out(JSON.stringify(asDocument(outcome)));
  else if (outcome.kind === "done") (outcome.besides ? terminal.err : terminal.out)(outcome.text);
  else tellRefusal(outcome, terminal);
  const lost = await terminal.lost();
  const unseen = lost === null ? null : unseenBy(outcome, lost);
  if (unseen !== null && unseen !== "") terminal.err(unseen);
  if (outcome.kind === "done") return unseen === null ? 0 : 1;
  return outcome.kind === "misused" ? 2 : 1;
}

/**
 * What is said where an answer did not arrive: null where nobody missed it, since stdout leads nowhere; nothing to a reader who had enough (`| head`), or who was told already. What is shown
 * this once is never lost silently.
 */
function unseenBy(outcome: Outcome, { lost, message }: LostOutput): string | null {
  if (outcome.kind === "done" && outcome.shownOnce !== undefined) return `${message}. ${outcome.shownOnce}`;
  if (lost === "nowhere") return null;
  const isTold = outcome.kind === "refused" && outcome.id === "output.lost";
  return lost === "reader" || isTold ? "" : `${message}. What the command has changed stays changed.`;
}

function tellRefusal(outcome: Exclude<Outcome, { kind: "done" }>, terminal: Terminal): void {
  if (outcome.kind === "refused" && outcome.report !== undefined) terminal.out(outcome.report);
  terminal.err(outcome.text);
}

function asDocument(outcome: Outcome): Readonly<Record<string, unknown>> {
  if (outcome.kind === "done") return { ok: true, ...outcome.data };
  if (outcome.kind === "misused") return { ok: false, error: { id: "usage", message: outcome.text } };
  return { ok: false, error: { id: outcome.id, message: outcome.text }, ...outcome.data };
}
