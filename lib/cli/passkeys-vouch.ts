import { findUnvouched, type Unvouched } from "@/lib/backup/store";
import { vouchForRestores } from "@/lib/backup/vouch-for-restores";
import { type Command, counted } from "@/lib/cli/command";
import { unconfirmed, yesFlag } from "@/lib/cli/confirm";
import { inWords } from "@/lib/cli/people-invite";

export const passkeysVouch: Command = {
  name: "passkeys vouch",
  takes: [],
  flags: yesFlag,
  summary:
    "After a restore: say that nothing newer will be brought back, so that browsers may drop passkeys that are gone.",
  details:
    "A restore forgets the passkeys that were added since the backup. Until you say this, browsers are not told which passkeys are gone, and make none by\nthemselves (PASSKEY_UNASKED): the old disk, or a newer backup, may still turn up, and know them.\nSaid too early, whatever keeps those passkeys drops them for good at their owner's next visit, and a newer backup does not bring them back there.\nOn a terminal it asks you to type the word vouch; elsewhere it needs --yes.",
  run: async ({ ctx, typed, terminal }) => {
    const unvouched = await findUnvouched(ctx);
    if (unvouched === null) return { kind: "done", text: nothingOpen, data: { restores: 0 } };
    const objection = await unconfirmed({ typed, terminal }, question(unvouched));
    if (objection) return objection;
    const restores = await vouchForRestores(ctx, { by: "cli" });
    const text = `Vouched for ${counted(restores, "restore")}: browsers are told again which passkeys are gone.`;
    return { kind: "done", text, data: { restores } };
  },
};

const nothingOpen =
  "There is nothing to vouch for: no restore, or it was said already. Browsers are told which passkeys are gone.";

const question = ({ restoredAt, setBackTo }: Unvouched) => ({
  what: `This lets browsers drop for good every passkey that was added between the backup of ${inWords(setBackTo)} and its restore at ${inWords(restoredAt)}.`,
  word: "the word vouch",
  isMeant: (answer: string) => answer.trim() === "vouch",
});
