import { recordEvent } from "@/lib/audit/record-event";
import { rememberNewest } from "@/lib/audit/seals/newest-seal";
import { releaseOldEvents } from "@/lib/audit/seals/release-old";
import { inOneWord } from "@/lib/audit/seals/seal";
import { type Sealed, sealEvents } from "@/lib/audit/seals/seal-events";
import { makeStopWatch, type StopWatch } from "@/lib/audit/seals/stop-watch";
import { config } from "@/lib/config/config";
import type { Ctx } from "@/lib/context/context";
import { rawOf } from "@/lib/db/client";
import { days } from "@/lib/kernel/duration";
import { faultLine } from "@/lib/kernel/fault-line";
import { logLine } from "@/lib/kernel/log";
import { sampler } from "@/lib/kernel/sampler";
import { auditRules } from "@/lib/policy/audit-rules";
import { isHourRight } from "@/lib/serve/portal-state";
import { tellRecordChanged, type Wrong } from "@/lib/serve/tell-record-changed";
import { claimTurn } from "@/lib/turns/store";

type Sealing = {
  readonly context: () => Ctx;
  /** Where this machine remembers the newest seal. */
  readonly dataDir: string;
  /** By which name this portal goes. */
  readonly name: string;
};

/** What a portal knows from its looks before. `mayTell`: whether it was not told just now. */
type Looks = { readonly mayTell: (kind: string) => boolean; readonly stopped: StopWatch };

/** Seals events every minute, in whichever portal holds the turn then. Returns how to stop: what is under way may end. */
export function startSealing(sealing: Sealing): () => Promise<void> {
  const sample = sampler(auditRules.toldAgain);
  const mayTell = (kind: string) => sample(kind, sealing.context().now) !== null;
  const looks = { mayTell, stopped: makeStopWatch() };
  let underWay: Promise<void> | null = null;
  const look = () => {
    underWay ??= sealInTurn(sealing, looks)
      .catch((fault: unknown) => {
        logLine("warning", "seals.failed", faultLine(fault));
      })
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
 * One look: every portal first sees whether the sealing has gone on since its looks before. Whoever has the turn seals what is new and says which events are old enough
 * to be swept; every portal then compares with the newest seal that its machine remembers. What does not fit is an alarm, an event and a letter. While the hour cannot
 * be trusted it only looks: an alarm told under next week's date would keep every portal from writing a letter about it until then. What is wrong is still wrong afterwards.
 */
export async function sealInTurn(sealing: Sealing, { mayTell, stopped }: Looks): Promise<void> {
  const { name, context } = sealing;
  const since = await stopped(rawOf(context().db));
  if (!isHourRight()) return;
  const ctx = context();
  if (since !== null && mayTell("stopped")) await tellStopped(ctx, since, name);
  try {
    if (await claimTurn(ctx, "seals", auditRules.turn))
      for (const wrong of await sealAndSay(ctx)) if (mayTell(wrong.kind)) await tellRecordChanged(ctx, wrong, name);
  } finally {
    await compare(sealing, ctx, mayTell); // also where a hand has made the sealing fail
  }
}

async function compare({ dataDir, name }: Sealing, ctx: Ctx, mayTell: Looks["mayTell"]): Promise<void> {
  const lost = await rememberNewest(rawOf(ctx.db), dataDir, ctx.now);
  if (lost === "unreadable" && mayTell("unreadable")) logLine("alarm", "seals.unreadable", {});
  if (lost === null || lost === "unreadable" || !mayTell("cut")) return;
  await tellRecordChanged(ctx, { kind: "cut", seal: lost.number }, name);
}

/** An event too: sealed later, it says for ever that there was a time in which events could be taken out unseen. */
async function tellStopped(ctx: Ctx, moment: Date, by: string): Promise<void> {
  const since = moment.toISOString();
  logLine("warning", "seals.stopped", { since });
  await recordEvent(ctx, { name: "events.unsealed", subjectId: null, meta: { since, by } });
}

/** Out: what does not fit. */
async function sealAndSay(ctx: Ctx): Promise<readonly Wrong[]> {
  const sealed = await sealEvents(ctx);
  const { made, forged, setBack } = sealed;
  const newest = made.at(-1);
  if (newest !== undefined) {
    const events = made.reduce((sum, seal) => sum + seal.events, 0);
    logLine("proof", "seals.made", { newest: inOneWord(newest), events });
  }
  const odd = forged ?? (setBack === null ? await releaseOldEvents(ctx, days(config().eventsKeptDays)) : null);
  return [...wrongsOf(sealed), ...(odd === null ? [] : [{ kind: "forged", seal: odd } as const])];
}

function wrongsOf({ unsound, astray, setBack }: Sealed): Wrong[] {
  const [first] = unsound;
  const wrongs: Wrong[] = [];
  if (first !== undefined) wrongs.push({ kind: "unsound", first, events: unsound.length });
  if (astray !== null) wrongs.push({ kind: "astray", first: astray, events: 1 });
  if (setBack !== null) wrongs.push({ kind: "set_back", seal: setBack });
  return wrongs;
}
