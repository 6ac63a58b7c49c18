import { recordEvent } from "@/lib/audit/record-event";
import { rememberNewest } from "@/lib/audit/seals/newest-seal";
import { releaseOldEvents } from "@/lib/audit/seals/release-old";
import { inOneWord } from "@/lib/audit/seals/seal";
import { sealEvents } from "@/lib/audit/seals/seal-events";
import { config } from "@/lib/config/config";
import type { Ctx } from "@/lib/context/context";
import { rawOf } from "@/lib/db/client";
import { days } from "@/lib/kernel/duration";
import { faultLine } from "@/lib/kernel/fault-line";
import { logLine } from "@/lib/kernel/log";
import { sampler } from "@/lib/kernel/sampler";
import { auditRules } from "@/lib/policy/audit-rules";
import { isHourRight } from "@/lib/serve/portal-state";
import { claimTurn } from "@/lib/turns/store";

type Sealing = {
  readonly context: () => Ctx;
  /** Where this machine remembers the newest seal. */
  readonly dataDir: string;
  /** By which name this portal goes. */
  readonly name: string;
};

/** Seals events every minute, in whichever portal holds the turn then. Returns how to stop: what is under way may end. */
export function startSealing(sealing: Sealing): () => Promise<void> {
  const mayTell = sampler(auditRules.toldAgain);
  let underWay: Promise<void> | null = null;
  const look = () => {
    underWay ??= sealInTurn(sealing, (kind) => mayTell(kind, sealing.context().now) !== null)
      .catch((fault: unknown) => logLine("warning", "seals.failed", faultLine(fault)))
      .finally(() => {
        underWay = null;
      });
  };
  const timer = setInterval(look, auditRules.sealEvery);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await underWay;
  };
}

/**
 * One look: whoever has the turn seals what is new and says which events are old enough to be swept (not while the hour cannot be trusted); every portal then compares
 * with the newest seal that its machine remembers. What does not fit is an alarm, and an event. `mayTell`: whether it was not told just now.
 */
export async function sealInTurn(sealing: Sealing, mayTell: (kind: string) => boolean): Promise<void> {
  const ctx = sealing.context();
  if (isHourRight() && (await claimTurn(ctx, "seals", auditRules.turn)))
    for (const wrong of await sealAndSay(ctx)) if (mayTell(wrong.kind)) await tellWrong(ctx, wrong, sealing.name);
  const lost = await rememberNewest(rawOf(ctx.db), sealing.dataDir, ctx.now);
  if (lost === "unreadable" && mayTell("unreadable")) logLine("alarm", "seals.unreadable", {});
  if (lost === null || lost === "unreadable" || !mayTell("cut")) return;
  await tellWrong(ctx, { kind: "cut", seal: lost.number }, sealing.name);
}

/** What does not fit: the newest seal that was seen is gone, a seal is forged, numbers are given again; an event stands where none can be. */
type Wrong =
  | { readonly kind: "cut" | "forged" | "set_back"; readonly seal: bigint }
  | { readonly kind: "astray"; readonly event: bigint };

/** Out: what does not fit. */
async function sealAndSay(ctx: Ctx): Promise<readonly Wrong[]> {
  const { made, unsound, astray, forged, setBack } = await sealEvents(ctx);
  const [first] = unsound;
  if (first !== undefined) logLine("alarm", "seals.unsound", { events: unsound.length, first: String(first) });
  const newest = made.at(-1);
  if (newest !== undefined) {
    const events = made.reduce((sum, seal) => sum + seal.events, 0);
    logLine("info", "seals.made", { newest: inOneWord(newest), events });
  }
  const odd = forged ?? (setBack === null ? await releaseOldEvents(ctx, days(config().eventsKeptDays)) : null);
  return [
    ...(astray === null ? [] : [{ kind: "astray", event: astray } as const]),
    ...(setBack === null ? [] : [{ kind: "set_back", seal: setBack } as const]),
    ...(odd === null ? [] : [{ kind: "forged", seal: odd } as const]),
  ];
}

async function tellWrong(ctx: Ctx, wrong: Wrong, by: string): Promise<void> {
  if (wrong.kind === "astray") return logLine("alarm", "seals.astray", { first: String(wrong.event) });
  const seal = String(wrong.seal);
  logLine("alarm", `seals.${wrong.kind}`, { seal });
  await recordEvent(ctx, { name: "events.cut", subjectId: null, meta: { seal, by } });
}
