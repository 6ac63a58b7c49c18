import { resolve } from "node:path";
import { openFile } from "@/lib/backup/open-file";
import { verifyBackup } from "@/lib/backup/read-backup";
import { type Command, counted } from "@/lib/cli/command";
import { withWords } from "@/lib/cli/interrupted";
import { inWords } from "@/lib/cli/people-invite";
import { showProgress } from "@/lib/cli/progress";

export const backupVerify: Command = {
  name: "backup verify",
  takes: ["FILE"],
  flags: {},
  summary: "Read a backup to its last byte and say whether it could be restored with these keys.",
  details:
    "Needs no database and changes nothing. It says of when the backup is, which version made it and which keys what is in it needs.\nWhat it cannot know is whether somebody could log in afterwards: npm run backup:drill tries that.",
  runAlone: async ({ typed, terminal }) => {
    const progress = showProgress({ terminal, typed }, "Reading the backup");
    const file = await openFile(resolve(typed.positionals[0] ?? ""), progress.at);
    const found = await withWords(
      terminal,
      () => "Interrupted: nothing was changed.",
      () => verifyBackup(file.bytes),
    ).finally(() => {
      progress.end();
      file.close();
    });
    const { about, keyId, rows } = found;
    const data = { at: about.at, version: about.version, key: keyId, keys: about.keyIds, rows, bytes: file.size };
    const text = `Whole: ${counted(rows, "row")} of ${inWords(new Date(about.at))}, made by version ${about.version}, sealed with the key "${keyId}".\nKeys that it needs: ${about.keyIds.join(", ") || keyId}.`;
    return { kind: "done", text, data };
  },
};
