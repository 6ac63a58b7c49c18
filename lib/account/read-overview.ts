import { findOverview } from "@/lib/account/store";
import { config } from "@/lib/config/config";
import type { RawCtx } from "@/lib/context/context";
import { isProvenBy } from "@/lib/delivery/channel-proof";
import { type Asker, closedTo } from "@/lib/factors/held-kinds";
import { viewOf } from "@/lib/factors/list-factors";
import { answerableOf, kindsOnOfferBy } from "@/lib/factors/on-offer";
import type { HeldCodes } from "@/lib/factors/recovery/held-codes";
import type { FactorView } from "@/lib/factors/view";
import { showEmail } from "@/lib/kernel/email-address";
import { canLeave } from "@/lib/letters/queue-letters";
import { type Demand, type Demanded, demandOn, type Held, heldOf, owedOnceDemanded } from "@/lib/policy/second-factor";
import type { BoundKind } from "@/lib/policy/traits";
import { askableKindOf } from "@/lib/users/askable-kind";

/** All that the security page tells, read once. */
export type Overview = {
  readonly factors: readonly FactorView[];
  readonly codes: HeldCodes;
  readonly passwordChangedAt: Date | null;
  /** The login e-mail as it is shown, whether it is proven that its owner reads there, how many further addresses are told, and whether codes and letters leave by mail. */
  readonly contacts: {
    readonly email: string;
    readonly isEmailConfirmed: boolean;
    readonly further: number;
    readonly sendsMail: boolean;
  };
  /** What apps may call them; null: they said nothing. */
  readonly calledAs: string | null;
  /** At how many places they are logged in, this one and apps included. */
  readonly sessions: number;
  /** What this person may add now, in the order in which it is offered. */
  readonly onOffer: readonly BoundKind[];
  readonly demand: Demand;
  /** The factors that can be answered with at present, by kind. */
  readonly held: Held;
  /** A day from which policy asks for more than they have; null when there is none. */
  readonly coming: ComingDemand | null;
};

/** From that day on so many factors are asked for, and so many of them are still missing. */
export type ComingDemand = { readonly from: Date; readonly count: number; readonly missing: number };

/** The state of one person's protection. Writes nothing. */
export async function readOverview(ctx: RawCtx, person: Demanded & Asker): Promise<Overview> {
  const found = await findOverview(ctx, person.userId);
  const { codes, passwordChangedAt, sessions, proofs, calledAs, isEmailConfirmed, further } = found;
  const sendsMail = canLeave("mail") && isProvenBy(proofs?.mail ?? null, "mail");
  const contacts = { email: showEmail(found.email), isEmailConfirmed, further, sendsMail };
  const factors = found.factors.map((factor) => viewOf(factor, closedTo(person.deviceId, factor.kind, factor)));
  const onOffer = kindsOnOfferBy(proofs ?? {}, person, ctx.now);
  const demand = demandOn(person, config().secondFactor, ctx.now);
  const held = answerableOf(heldOf(found.factors.map((factor) => ({ kind: askableKindOf(factor) }))), person);
  const coming = comingDemand(demand, held);
  return { factors, codes, passwordChangedAt, contacts, calledAs, sessions, onOffer, demand, held, coming };
}

/** What is still missing for the day from which policy demands it; null when no day is coming or nothing is missing. Pure. */
export function comingDemand(demand: Demand, held: Held): ComingDemand | null {
  const { from, count } = demand;
  const missing = owedOnceDemanded(demand, held);
  return from === null || missing === 0 ? null : { from, count, missing };
}
