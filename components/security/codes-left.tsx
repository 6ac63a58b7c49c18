import { StatusLine } from "@/components/security/status-line";
import type { HeldCodes } from "@/lib/factors/recovery/held-codes";
import { recoveryNumbers } from "@/lib/factors/recovery/numbers";
import type { Say } from "@/lib/messages/say";

type Props = { readonly codes: HeldCodes; readonly say: Say };

/** How many codes are left, and how many of them nobody has said to have saved. */
export function CodesLeft({ codes, say }: Props) {
  const { left, unsaved } = codes;
  return (
    <StatusLine tone={left - unsaved > recoveryNumbers.lowWater ? "good" : "attention"}>
      {say("security.codes_left", { count: left })}
      <span className="block">{unsavedSentence(codes, say)}</span>
    </StatusLine>
  );
}

/** Of codes that were shown and never confirmed as saved, when they were made and what to do; null where there are none. */
export function unsavedSentence({ left, unsaved, unsavedSince: at }: HeldCodes, say: Say): string | null {
  return at === null ? null : say("codes.unsaved", { count: unsaved, others: left - unsaved, at });
}
