import { join, resolve } from "node:path";
import { openFile } from "@/lib/backup/open-file";
import { type Restored, restoreBackup } from "@/lib/backup/restore-backup";
import { type Command, counted, inColumns } from "@/lib/cli/command";
import { rawCommandContext } from "@/lib/cli/command-context";
import { atTheLast, withWords } from "@/lib/cli/interrupted";
import { inWords } from "@/lib/cli/people-invite";
import { showProgress } from "@/lib/cli/progress";
import { mayOfferSignIn } from "@/lib/factors/passkey/sign-in-offer";
import { systemClock } from "@/lib/kernel/clock";
import { showEmail } from "@/lib/kernel/email-address";

export const restore: Command = {
  name: "restore",
  takes: ["FILE"],
  flags: {
    "new-passwords": {
      type: "boolean",
      shown: "",
      meaning: "close every password too: after a stolen key or database",
    },
  },
  summary: "Bring a backup back into an empty house, before its first start.",
  details:
    "On a fresh clone with the .env of before (PORTAL_KEYS must name every key of the backup; a new one may stand in front). It makes the database.\nAll or nothing: interrupted or killed it leaves everything as it was. Refused where people or apps live already, or a portal runs.\nAfterwards everybody is logged out, known devices and open links are gone, recovery codes are void, and everybody with an address gets a letter.",
  runAlone: async ({ typed, terminal, withPlace }) => {
    const progress = showProgress({ terminal, typed }, "Restoring");
    const file = await openFile(resolve(typed.positionals[0] ?? ""), progress.at);
    const { words, onLast } = atTheLast(untouched, inDoubt);
    const restored = await withWords(terminal, words, () =>
      withPlace(terminal.err, (url) =>
        restoreBackup({
          url,
          folder: join(process.cwd(), "prisma", "migrations"),
          source: file.bytes,
          newPasswords: typed.flags["new-passwords"] === true,
          contextOn: (db) => rawCommandContext(db, systemClock.now()),
          say: terminal.err,
          onCommitting: onLast,
        }),
      ),
    ).finally(() => {
      progress.end();
      file.close();
    });
    return { kind: "done", text: inSentences(restored, typed.flags["new-passwords"] === true), data: { ...restored } };
  },
};

const closedInWords =
  "Every password is closed. “Forgot your password?” leads to a new one, or a link of yours: npm run portal -- people invite EMAIL";
const passkeysWait =
  "Browsers are not told which passkeys are gone until you say that nothing newer will be brought back: npm run portal -- passkeys vouch";
const untouched = "Interrupted: nothing was restored, the database is as it was.";
const inDoubt =
  "Interrupted in the very last step: all of it was restored, or nothing. Run it again: it refuses where people are there already, and then all is well.";

function inSentences(restored: Restored, closed: boolean): string {
  const { people, codesVoided, refused, told, rows, to } = restored;
  return [
    `Restored: ${counted(rows, "row")}, ${counted(people, "account")}. The portal is what it was at ${inWords(to)}.`,
    "Everybody is logged out. Known devices, half logins, open links and letters that had not left are gone.",
    ...(refused === 0 ? [] : [`${counted(refused, "change")} that waited will not be done; their owners are told.`]),
    `Recovery codes of ${counted(codesVoided, "account")} are void; their owners are asked to make new ones.`,
    ...(closed ? [closedInWords] : []),
    told === 0
      ? "No letter was written, because mail is off: tell people what happened."
      : `${counted(told, "letter")} will leave after the start and tell everybody.`,
    ...invitedInWords(restored),
    ...changedInWords(restored),
    ...(mayOfferSignIn() ? [passkeysWait] : []),
    "Start the portal now: npm start",
  ].join("\n");
}

function invitedInWords({ invited }: Restored): string[] {
  if (invited.length === 0) return [];
  const list = invited.map((email) => `  ${showEmail(email)}`);
  return ["These invitations are void; send them again (npm run portal -- people invite EMAIL):", ...list];
}

const shownAtMost = 40;

function changedInWords({ changed, to }: Restored): string[] {
  if (changed.length === 0) return [];
  const rows = changed.slice(0, shownAtMost).map(({ email, at }) => [`  ${showEmail(email)}`, inWords(at)]);
  const more = changed.length > shownAtMost ? [`  and ${changed.length - shownAtMost} more: --json lists all.`] : [];
  return [
    `Changed in the thirty days before ${inWords(to)}, so perhaps again since, which is undone: ask them first.`,
    inColumns(rows),
    ...more,
  ];
}
