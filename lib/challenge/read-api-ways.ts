import type { App } from "@/lib/apps/app";
import { demandsOf } from "@/lib/apps/demands-of";
import type { Challenge, Pass } from "@/lib/challenge/challenge";
import { type Destination, findDestinations } from "@/lib/challenge/code-destinations";
import { askBindable, findEnrollable } from "@/lib/challenge/enrollable";
import { findOptions, passwordAmr, waysBy } from "@/lib/challenge/options";
import type { Started } from "@/lib/challenge/start-login";
import { findLiveChallenge } from "@/lib/challenge/store";
import { config } from "@/lib/config/config";
import type { Ctx } from "@/lib/context/context";
import type { Answer } from "@/lib/factors/strategy";
import { DomainError } from "@/lib/kernel/errors";
import { type Demanded, demandOn, demandThrough } from "@/lib/policy/second-factor";
import type { BoundKind, FactorKind } from "@/lib/policy/traits";

/** What an app is told about the second door of a login. */
export type ApiWays = {
  readonly userId: string;
  /** The ways to answer, in order; empty when something has to be bound. */
  readonly options: readonly FactorKind[];
  /** What may be bound in this login, in order. */
  readonly enrols: readonly BoundKind[];
  /** Policy, or the app, demands a second factor; otherwise the person chose to have one. */
  readonly isDemanded: boolean;
  /** One for each kind whose code is sent: the one that was used last. */
  readonly destinations: readonly Destination[];
};

/** The login, or the reset, that a pass names, while something can still be answered in it. Throws `challenge.expired`. */
export async function findLogin(ctx: Ctx, pass: Pass): Promise<Challenge> {
  const challenge = await findLiveChallenge(ctx, pass);
  if (!challenge || challenge.purpose === "STEP_UP" || challenge.attemptsLeft === 0)
    throw new DomainError("challenge.expired");
  return challenge;
}

/** The same, and it was not answered yet. */
export async function findOpenLogin(ctx: Ctx, pass: Pass): Promise<Challenge> {
  const challenge = await findLogin(ctx, pass);
  if (challenge.state !== "OPEN") throw new DomainError("challenge.expired");
  return challenge;
}

/** What stands before the session of this login. Writes nothing. Throws `challenge.expired`. */
export async function readApiWays(ctx: Ctx, pass: Pass): Promise<ApiWays> {
  const challenge = await findOpenLogin(ctx, pass);
  const { userId, policy } = challenge;
  const options = await findOptions(ctx, challenge);
  const enrols = options.length === 0 ? await findEnrollable(ctx, challenge) : [];
  const demand = demandOn(challenge, config().secondFactor, ctx.now);
  const { isDemanded } = demandThrough(await demandsOf(ctx, challenge.clientId), demand);
  return {
    userId,
    options,
    enrols,
    isDemanded,
    destinations: await findDestinations(ctx, { userId, policy }, options),
  };
}

/** A login through an app that was begun by this very call: whose, what they hold, and what the app asks of everybody. */
type Begun = Pick<Started, "pass" | "kinds"> & {
  readonly account: Demanded & { readonly id: string };
  readonly app: Pick<App, "demands">;
};

/** The same without reading again what the first door has read. */
export async function readApiWaysBegun(ctx: Ctx, { pass, kinds, account, app }: Begun): Promise<ApiWays> {
  const userId = account.id;
  const asked = { userId, policy: account.policy, purpose: "LOGIN", firstAmr: [passwordAmr], deviceId: null } as const;
  const { options } = await waysBy(ctx, asked, kinds);
  if (options.length === 0) return readApiWays(ctx, pass); // something has to be bound
  const { isDemanded } = demandThrough(app.demands, demandOn(account, config().secondFactor, ctx.now));
  return { userId, options, enrols: [], isDemanded, destinations: await findDestinations(ctx, asked, options) };
}

/** May this address be bound in this login? See `askBindable`. Throws `challenge.expired`, `throttle.too_many`. */
export async function mayBindAtLogin(
  ctx: Ctx,
  { pass, ...asked }: { readonly pass: Pass; readonly kind: BoundKind; readonly given: Answer },
): Promise<boolean> {
  return askBindable(ctx, { challenge: await findOpenLogin(ctx, pass), ...asked }, async (mayBind) => mayBind);
}
