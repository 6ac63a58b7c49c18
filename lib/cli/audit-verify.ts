import { type Finding, inWords } from "@/lib/audit/seals/findings";
import { newestSealFile, type Remembered, readRemembered } from "@/lib/audit/seals/newest-seal";
import { inOneWord, readSealName } from "@/lib/audit/seals/seal";
import { type Verified, verifyEvents } from "@/lib/audit/seals/verify-events";
import { withPatientClient } from "@/lib/backup/patient-client";
import { type Command, counted, type Outcome } from "@/lib/cli/command";
import { withWords } from "@/lib/cli/interrupted";
import { showProgress } from "@/lib/cli/progress";
import { config } from "@/lib/config/config";
import { areIndexKeysHeld } from "@/lib/crypto/index-keys";
import { rawOn } from "@/lib/db/raw";
import { listLiving } from "@/lib/portals/store";

export const auditVerify: Command = {
  name: "audit verify",
  takes: [],
  flags: {
    newest: {
      type: "string",
      shown: "SEAL",
      meaning: "a newest seal that you noted elsewhere (812:kJ0…): it must still be there",
    },
  },
  summary: "Say whether all events are as they were recorded.",
  details:
    "Reads every event and every seal, changes nothing. Exit 1 where an event was changed, inserted, taken out or moved, and where the newest ones were cut off:\nthe machine of a portal remembers the newest seal in DATA_DIR/newest-seal, and a line of the log names each (seals.made).",
  looksOnly: true,
  run: async ({ ctx, url, typed, terminal }) => {
    if (!areIndexKeysHeld())
      return { kind: "refused", id: "keys.unusable", text: "No key in PORTAL_KEYS opens the key of the events." };
    const noted = noteOf(typed.flags.newest);
    if (noted === "misused") return { kind: "misused", text: "A seal looks like this: 812:kJ0 and forty more signs." };
    const { dataDir } = config();
    const kept = await readRemembered(dataDir);
    const remembered = [kept === "unreadable" ? null : kept, noted].filter((one) => one !== null);
    const isPortalLiving = (await listLiving(ctx, null)).length > 0;
    const progress = showProgress({ terminal, typed }, "Reading events");
    const verified = await withWords(
      terminal,
      () => "Interrupted: nothing was changed, and nothing is known.",
      () =>
        withPatientClient(url, async (client) => {
          await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
          return verifyEvents(rawOn(client), { now: ctx.now, remembered, isPortalLiving, onProgress: progress.at });
        }),
    ).finally(progress.end);
    return outcomeOf(kept === "unreadable" ? withUnreadable(verified) : verified, newestSealFile(dataDir));
  },
};

const withUnreadable = (verified: Verified): Verified => ({
  ...verified,
  isSound: false,
  findings: [...verified.findings, { kind: "newest.unreadable" }],
});

/** No restore excuses that it is gone: whoever noted it knows of those. */
function noteOf(word: string | boolean | undefined): Remembered | null | "misused" {
  if (typeof word !== "string") return null;
  const seal = readSealName(word);
  return seal === null ? "misused" : { ...seal, at: null };
}

function outcomeOf(verified: Verified, file: string): Outcome {
  const { isSound, events, seals, waiting, adopted, newest, findings, more } = verified;
  const data = { ...verified, newest: newest === null ? null : inOneWord(newest) };
  const lines = [
    `Read ${counted(events, "event")} and ${counted(seals, "seal")}; ${waiting} not sealed yet.`,
    ...(adopted === 0
      ? []
      : [`Written by a version without signatures, and only sealed: ${counted(adopted, "event")}.`]),
    ...(newest === null ? [] : [`Newest seal: ${inOneWord(newest)}`]),
  ];
  const report = lines.join("\n");
  if (isSound) return { kind: "done", data, text: `${report}\nSound: every event is as it was recorded.` };
  const told = findings.map((finding) => `  ${inWords(finding)}${nextOf(finding, file)}`);
  const rest = more === 0 ? [] : [`  and ${more} more.`];
  const text = ["Not sound:", ...told, ...rest, "What to do: docs/nights/changed-record.md"].join("\n");
  return { kind: "refused", id: "events.unsound", data, report, text };
}

const nextOf = ({ kind }: Finding, file: string): string =>
  kind === "newest.missing" || kind === "newest.unreadable" ? ` Once you know why, delete ${file}.` : "";
