import { resolve } from "node:path";
import { pipeline } from "node:stream/promises";
import { withPatientClient } from "@/lib/backup/patient-client";
import { backUpTo } from "@/lib/backup/run-backup";
import { writeBackup } from "@/lib/backup/write-backup";
import { type Command, counted, type HouseCommand, type Outcome } from "@/lib/cli/command";
import { atTheLast, lastStepOf, withWords } from "@/lib/cli/interrupted";
import { showProgress } from "@/lib/cli/progress";

type Given = Parameters<HouseCommand["run"]>[0];

export const backup: Command = {
  name: "backup",
  takes: ["FILE|-"],
  flags: {},
  summary: "Write everything that is stored into one sealed file, while the portal runs.",
  details:
    "The file holds what was stored at one moment, sealed under the first key of PORTAL_KEYS. The keys are not in it: keep a copy of .env elsewhere.\nA file that is there already is not overwritten. - writes to stdout, for a pipe. Look at what was written with: backup verify FILE",
  looksOnly: true,
  run: (given) => (given.typed.positionals[0] === "-" ? toStdout(given) : toFile(given)),
};

async function toFile({ ctx, url, typed, terminal }: Given): Promise<Outcome> {
  const path = resolve(typed.positionals[0] ?? "");
  const progress = showProgress({ terminal, typed }, "Backing up");
  const { words, onLast } = atTheLast(untouched, lastStepOf(path));
  const done = await withWords(terminal, words, () =>
    backUpTo(ctx, { url, path, onProgress: progress.at, onKeeping: onLast }),
  ).finally(progress.end);
  const text = `Backed up ${inWords(done)} in ${path} (${sizeInWords(done.bytes)}).\nIt opens with the PORTAL_KEYS of today only: keep a copy of them in another place.`;
  return { kind: "done", text, data: { file: path, ...done } };
}

const untouched = "Interrupted: no backup was made, nothing was changed.";

async function toStdout({ ctx, url, typed, terminal }: Given): Promise<Outcome> {
  if (typed.flags.json === true)
    return { kind: "misused", text: "With - the backup itself is on stdout: leave --json out." };
  const progress = showProgress({ terminal, typed }, "Backing up");
  const { now, random } = ctx;
  const summary = await withWords(
    terminal,
    () => "Interrupted: what was written is no whole backup.",
    () =>
      withPatientClient(url, async (client) => {
        const { bytes, summary } = writeBackup({ client, now, random, onProgress: progress.at });
        await pipeline(bytes, terminal.bytes(), { end: false });
        return summary();
      }),
  ).finally(progress.end);
  return { kind: "done", besides: true, text: `Backed up ${inWords(summary)}.`, data: { ...summary } };
}

/** `1 row`, `5000 rows of 19 tables`. */
const inWords = ({ rows, tables }: { readonly rows: number; readonly tables: number }): string =>
  `${counted(rows, "row")} of ${counted(tables, "table")}`;

/** A size as a person says it. */
export function sizeInWords(bytes: number): string {
  const [kilo, mega] = [bytes / 1_000, bytes / 1_000_000];
  if (kilo < 1) return counted(bytes, "byte");
  return mega < 1 ? `${Math.round(kilo)} kB` : `${mega.toFixed(1)} MB`;
}
