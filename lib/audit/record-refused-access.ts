import type { EventMeta } from "@/lib/audit/events";
import { recordRefused, type SecurityEvent } from "@/lib/audit/record-event";
import type { RawCtx } from "@/lib/context/context";
import { networksOf } from "@/lib/kernel/networks";
import { sampler } from "@/lib/kernel/sampler";
import { policy } from "@/lib/policy/policy";

const perNetwork = sampler(policy.requests.refusalsPerAddress);
const inAll = sampler(policy.requests.refusals);

type AccessEvent = "authz.refused" | "origin.refused";

/**
 * Leaves a row about an access that was refused (ASVS 16.3.2). Strangers can cause as many as they like, so only so many a minute are written of
 * each kind, few for one network (an IPv4 address, an IPv6 /64), so that no flood hides another kind; the next one brings along how many were not
 * (`left_out`). Like every refusal it stands whatever becomes of its row. Not inside a transaction.
 */
export async function recordRefusedAccess<N extends AccessEvent>(ctx: RawCtx, event: SecurityEvent<N>): Promise<void> {
  const { what = "", why = "" }: { readonly what?: unknown; readonly why?: unknown } = event.meta ?? {};
  const kind = `${event.name} ${what}${why}`;
  const own = perNetwork(`${kind} ${networksOf(ctx.visitor.ip).near}`, ctx.now);
  const sample = own && inAll(kind, ctx.now);
  if (!own || !sample) return;
  const leftOut = own.leftOut + sample.leftOut;
  const meta: EventMeta<N> = { ...event.meta, ...(leftOut > 0 && { left_out: leftOut }) };
  await recordRefused(ctx, { ...event, meta });
}
