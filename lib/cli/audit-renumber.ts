import { raiseNumbers } from "@/lib/audit/seals/raise-numbers";
import type { Command } from "@/lib/cli/command";
import { areIndexKeysHeld } from "@/lib/crypto/index-keys";

export const auditRenumber: Command = {
  name: "audit renumber",
  takes: [],
  flags: {},
  summary: "Let numbers of events go on behind the newest one, where somebody set them back.",
  details:
    "Only where audit verify says that numbers are given to events again: until then nothing is sealed or swept, and what meets a number that is taken cannot be recorded. Goes by what a portal wrote, not by what was written by hand. It changes no event, and may run while people log in.",
  run: async ({ ctx }) => {
    if (!areIndexKeysHeld())
      return { kind: "refused", id: "keys.unusable", text: "No key in PORTAL_KEYS opens the key of the events." };
    const raised = await raiseNumbers(ctx, "cli");
    if (raised.kind === "forged")
      return {
        kind: "refused",
        id: "events.unsound",
        text: `Seal ${raised.seal}, the newest one, was changed, so it says nothing about numbers. What to do: docs/nights/changed-record.md`,
      };
    if (raised.kind === "right")
      return {
        kind: "done",
        data: { raised: false },
        text: "Numbers are given behind the newest event. Nothing was changed.",
      };
    const [from, to] = [String(raised.from), String(raised.to)];
    const text = `Numbers had been set back to ${from}; the next event has one beyond ${to}.`;
    return { kind: "done", data: { raised: true, from, to }, text };
  },
};
