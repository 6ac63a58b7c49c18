export type MeterWords = {
  /** `missing[n - 1]` says that n more characters are needed; as many entries as the shortest password has. */
  readonly missing: readonly string[];
  readonly enough: string;
  readonly good: string;
  readonly strong: string;
};

const goodFrom = 20;
const strongFrom = 28;

/** How long a new password is, and what that is worth: length is what counts (NIST SP 800-63B-4, appendix A). */
export function LengthMeter({
  id,
  length,
  words,
  isRefused = false,
}: {
  readonly id: string;
  readonly length: number;
  readonly words: MeterWords;
  /** The last one was refused: nothing is praised beside that. */
  readonly isRefused?: boolean;
}) {
  const shortest = words.missing.length;
  return (
    <div className="grid gap-1">
      <meter
        aria-hidden="true"
        className="block h-1.5 w-full appearance-none rounded-full bg-line"
        max={strongFrom}
        low={shortest}
        high={shortest}
        optimum={strongFrom}
        value={Math.min(length, strongFrom)}
      />
      <p id={id} className="text-sm text-muted">
        {verdict(length, words, isRefused)}
      </p>
    </div>
  );
}

function verdict(length: number, words: MeterWords, isRefused: boolean): string {
  const missing = words.missing[words.missing.length - length - 1];
  if (missing !== undefined) return missing;
  if (isRefused) return "";
  if (length < goodFrom) return words.enough;
  return length < strongFrom ? words.good : words.strong;
}
