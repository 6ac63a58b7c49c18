import { resolve } from "node:path";
import { pipeline } from "node:stream/promises";
import { exportEvents } from "@/lib/audit/export/export-events";
import type { Span } from "@/lib/audit/export/store";
import { withPatientClient } from "@/lib/backup/patient-client";
import { writeWhole } from "@/lib/backup/write-file";
import { type Command, counted, type HouseCommand, type Outcome } from "@/lib/cli/command";
import { atTheLast, lastStepOf, withWords } from "@/lib/cli/interrupted";
import { rawOn } from "@/lib/db/raw";

type Given = Parameters<HouseCommand["run"]>[0];

const moment = (meaning: string) => ({ type: "string", shown: "MOMENT", meaning }) as const;

export const auditExport: Command = {
  name: "audit export",
  takes: ["FILE|-"],
  flags: {
    since: moment("from this moment on: 2026-11-01, or 2026-11-01T03:00:00Z (UTC)"),
    until: moment("before this moment, in the same form"),
  },
  summary: "Write events as JSON Lines, the oldest first.",
  details:
    "One event in one line, with its number and its HMAC. A file that is there already is not overwritten, and one of that name is whole: interrupted, none is left.\n- writes to stdout, for a pipe. In memory is one page at a time, however many there are. Addresses and browsers of people are in it: keep it as you keep the database.",
  looksOnly: true,
  run: async (given) => {
    const { since, until } = given.typed.flags;
    const span = { since: momentOf(since), until: momentOf(until) };
    if (span.since === "misused" || span.until === "misused")
      return { kind: "misused", text: "A moment looks like this: 2026-11-01, or 2026-11-01T03:00:00Z." };
    const isStdout = given.typed.positionals[0] === "-";
    if (isStdout && given.typed.flags.json === true)
      return { kind: "misused", text: "With - the events themselves are on stdout: leave --json out." };
    return write(given, { since: span.since, until: span.until }, isStdout);
  },
};

async function write({ url, typed, terminal }: Given, span: Span, isStdout: boolean): Promise<Outcome> {
  const path = resolve(typed.positionals[0] ?? "");
  let events = 0;
  const interrupted = isStdout
    ? "Interrupted: what was written ends somewhere, perhaps in the middle of a line."
    : "Interrupted: no file was written, nothing was changed.";
  const { words, onLast } = atTheLast(interrupted, lastStepOf(path));
  return withWords(terminal, words, () =>
    withPatientClient(url, async (client) => {
      await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
      const lines = exportEvents(rawOn(client), span, (count) => {
        events = count;
      });
      if (isStdout) await pipeline(lines, terminal.bytes(), { end: false });
      else await writeWhole(path, lines, { what: "export", onKeeping: onLast });
      const text = isStdout ? `Wrote ${counted(events, "event")}.` : `Wrote ${counted(events, "event")} to ${path}.`;
      return {
        kind: "done",
        data: isStdout ? { events } : { events, file: path },
        text,
        ...(isStdout && { besides: true }),
      };
    }),
  );
}

/** Null: none was typed. Only UTC, so that nobody asks whose midnight it was. */
function momentOf(typed: string | boolean | undefined): Date | null | "misused" {
  if (typeof typed !== "string") return null;
  if (!/^\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d{1,3})?Z)?$/.test(typed)) return "misused";
  const at = new Date(typed);
  return Number.isNaN(at.getTime()) || !at.toISOString().startsWith(typed.slice(0, 10)) ? "misused" : at; // 31 February
}
