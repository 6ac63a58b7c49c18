import { setTimeout as pause } from "node:timers/promises";
import type { RawCtx } from "@/lib/context/context";
import { type Duration, inSeconds } from "@/lib/kernel/duration";
import { portalRules } from "@/lib/policy/portal-rules";
import { type Clash, clashInWords, findClashOfCommand, refusalOf } from "@/lib/portals/clash";
import { ourKeyNames } from "@/lib/portals/portal";
import { listLiving } from "@/lib/portals/store";

/** How long somebody waits for the others, and after what they ask again. */
export type Patience = { readonly atMost: Duration; readonly askAgain: Duration };

const usual: Patience = { atMost: portalRules.patience, askAgain: portalRules.askAgain };

/**
 * Waits until `ask` finds nothing that does not fit: another portal may be restarting with its new keys just now, or was killed and only seems
 * to live. `say` hears it once. Out: null, or after the last look the sentence that refuses.
 */
export async function untilAgreed(
  ask: () => Promise<Clash | null>,
  say: (line: string) => void,
  { atMost, askAgain }: Patience = usual,
): Promise<string | null> {
  let hasTold = false;
  for (const start = performance.now(); ; await pause(askAgain)) {
    const clash = await ask();
    if (clash === null) return null;
    if (performance.now() - start >= atMost) return refusalOf(clash);
    if (!hasTold) say(`${clashInWords(clash)}; waiting for it, at most ${inSeconds(atMost)} seconds…`);
    hasTold = true;
  }
}

/**
 * May a command go on with the keys and secrets of its terminal? It seals letters and signs nothing that a living portal must not be able to
 * read; the portal of its own folder is one of them, because it may still run with the keys of before. Out: null, or the sentence that
 * refuses.
 */
export function agreeWithLiving(
  context: () => RawCtx,
  say: (line: string) => void,
  patience?: Patience,
): Promise<string | null> {
  return untilAgreed(async () => findClashOfCommand(ourKeyNames(), await listLiving(context(), null)), say, patience);
}
