import { type Command, counted, inColumns, lengthInWords } from "@/lib/cli/command";
import { inWords } from "@/lib/cli/people-invite";
import { maskEmail } from "@/lib/kernel/mask";
import { type LetterLine, listLetters } from "@/lib/letters/list-letters";
import { retryLetters } from "@/lib/letters/retry-letters";
import { letterRules } from "@/lib/policy/letter-rules";
import { maskPhone } from "@/lib/users/phone-number";

export const lettersList: Command = {
  name: "letters",
  takes: [],
  flags: {},
  summary: "Show letters that wait or were given up, and why.",
  details: `At most 200, the latest first, without a word of what they say. A letter is given up (parked) after ${letterRules.tries} tries, when it was refused for\ngood, or when nobody wants it any more. Only a notice that was refused or given up after its tries keeps its content, for ${lengthInWords(letterRules.keepParked)}: RETRY says\nyes, and "letters retry" has it sent after all. Changes nothing.`,
  looksOnly: true,
  run: async ({ ctx }) => {
    const { counts, letters } = await listLetters(ctx, (channel, to) =>
      channel === "mail" ? maskEmail(to) : maskPhone(to),
    );
    const heading = `${counted(counts.waiting, "letter")} waiting, ${counts.parked} parked, ${counts.sent} sent.`;
    const table = letters.length === 0 ? [] : ["", inColumns([headings, ...letters.map(asRow)])];
    return { kind: "done", text: [heading, ...table].join("\n"), data: { counts, letters } };
  },
};

export const lettersRetry: Command = {
  name: "letters retry",
  takes: ["ID|all"],
  flags: {},
  summary: "Have letters sent after all that were given up.",
  details: `For notices that were refused or parked after ${letterRules.tries} tries, once you have mended their channel. Codes and letters that were\nparked for more than ${lengthInWords(letterRules.keepParked)} are wiped: nothing is left of them to send.`,
  run: async ({ ctx, typed }) => {
    const word = typed.positionals[0] ?? "";
    const revived = await retryLetters(ctx, { id: word === "all" ? null : word, by: "cli" });
    if (revived > 0 || word === "all") {
      return { kind: "done", text: `${counted(revived, "letter")} will be tried again.`, data: { retried: revived } };
    }
    const text = `No parked letter ${JSON.stringify(word)} can be sent again: see RETRY in npm run portal -- letters.`;
    return { kind: "refused", id: "letter.not_parked", text };
  },
};

const headings = ["ID", "STATE", "RETRY", "CHANNEL", "KIND", "TO", "TRIES", "WRITTEN", "NEXT TRY", "LAST FAULT"];

function asRow({
  id,
  state,
  canRetry,
  channel,
  kind,
  to,
  tries,
  createdAt,
  notBefore,
  lastFault,
}: LetterLine): string[] {
  const next = state === "waiting" ? inWords(notBefore) : "-";
  const ways = [state, canRetry ? "yes" : "-", channel, kind, to ?? "-"];
  return [id, ...ways, String(tries), inWords(createdAt), next, lastFault ?? "-"];
}
