import * as z from "zod";
import { inSeconds } from "@/lib/kernel/duration";
import { recordAndTell } from "@/lib/notices/record-and-tell";
import { pendingKind } from "@/lib/pending/pending-kind";
import { pendingRules } from "@/lib/policy/pending-rules";

/** All that is kept about an account may be downloaded for a day. Its effect is that it may: nothing is collected, kept or sent before. */
export const downloadDataKind = pendingKind({
  name: "data.download",
  shape: z.strictObject({}),
  waits: null,
  mayBeAtOnce: true,
  detail: async () => "",
  whyNot: async () => null,
  effect: async (tx, { id: subjectId }) => {
    const hours = inSeconds(pendingRules.downloadFor) / 3600;
    await recordAndTell(tx, { event: { name: "data.ready", subjectId }, facts: { hours } });
    return null;
  },
});
