import { setTimeout as pause } from "node:timers/promises";
import { ensure } from "@/lib/kernel/assert";
import { beginning, type Task, type Underway } from "@/lib/testing/killed/tasks";
import { runProgram } from "@/lib/testing/own-process";
import { type Line, startLine } from "@/lib/testing/spoken-line";

/** When a task stops: before the `nth` word to the database that comes behind those which contain `after`, or its beginning; or before the first one there that contains `words`. */
export type Moment = { readonly after?: string } & ({ readonly nth: number } | { readonly words: string });

/** A task that stops at a moment. */
export type Stopping = { readonly task: Task; readonly url: string; readonly moment: Moment };

type Stopped = Line & { readonly hasStopped: () => boolean };

/** Hears of each word to the database whether it is the one that the moment waits for, or a later one. */
function stopsAt({ after = beginning, ...stop }: Moment): (said: string) => boolean {
  const heard = { isInside: false, isOver: false, count: 0 };
  return (said) => {
    heard.count += heard.isInside ? 1 : 0;
    heard.isInside ||= said.includes(after);
    const isNow = "nth" in stop ? heard.count >= stop.nth : said.includes(stop.words);
    heard.isOver ||= heard.isInside && isNow;
    return heard.isOver;
  };
}

/** A way to a database on which nothing is passed on from a moment on. */
async function stoppingLine({ url, moment }: Stopping): Promise<Stopped> {
  const isOver = stopsAt(moment);
  const state = { hasStopped: false };
  const line = await startLine(url, (said) => {
    state.hasStopped ||= isOver(said);
    return state.hasStopped ? null : said;
  });
  return { ...line, hasStopped: () => state.hasStopped };
}

/**
 * Before which of its words to the database something is to be killed that begins as a task does; the last number is behind all of them. Who is killed before a word that only reads has left what they leave
 * who are killed before the next that writes, and of an open transaction nothing is left wherever it ends: of its words the first, every fourth and the last.
 */
export async function listMoments(url: string, perform: (url: string) => Promise<unknown>): Promise<readonly number[]> {
  const heard: string[] = [];
  const state = { isInside: false };
  const line = await startLine(url, (said) => {
    if (state.isInside) heard.push(said);
    state.isInside ||= said.includes(beginning);
    return said;
  });
  await perform(line.url);
  await line.stop();
  const within = { words: 0 };
  const moments = heard.flatMap((said, place) => {
    const isWrite = writing.test(said) || !said.includes("SELECT");
    const isCommit = said.includes("COMMIT");
    within.words = isCommit ? 0 : within.words > 0 || said.includes("BEGIN") ? within.words + 1 : 0;
    return isWrite && (isCommit || within.words % 4 < 1 || within.words === 2) ? [place + 1] : [];
  });
  return [...moments, heard.length + 1];
}

const writing = /INSERT|UPDATE|DELETE|BEGIN|COMMIT/;

type World = { readonly at: Date; readonly settings: Readonly<Record<string, string>> };

/**
 * One process is at all of these at once, each over a line of its own; when each has come to its moment, or is done, the process is killed with -9. What it had said until then is all that the
 * databases ever hear of it.
 */
export async function killAll(all: readonly Stopping[], { at, settings }: World): Promise<void> {
  const lines = await Promise.all(all.map(async (one) => ({ ...(await stoppingLine(one)), task: one.task })));
  const underway = lines.map(({ url, task }): Underway => ({ url, task }));
  const { child, said, ended } = await runProgram(`
    import { performAll } from "@/lib/testing/killed/tasks";
    await performAll(${JSON.stringify(underway)}, ${JSON.stringify({ at, settings })});`);
  const isOver = ({ hasStopped }: Stopped, place: number) => hasStopped() || said.out.includes(`done: ${place};`);
  for (; child.exitCode === null && !lines.every(isOver); await pause(5));
  ensure(child.kill("SIGKILL"), `it is at all of these until it is killed: ${said.out}${said.err}`);
  await ended;
  await Promise.all(lines.map(({ stop }) => stop()));
}
