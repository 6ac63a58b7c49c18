import type { Ctx } from "@/lib/context/context";
import { DomainError } from "@/lib/kernel/errors";
import { clientTraits } from "@/lib/policy/clients";
import { restampDevice } from "@/lib/sessions/devices/store";
import { endOtherSessions } from "@/lib/sessions/end-session";
import { exchangeToken } from "@/lib/sessions/exchange-token";
import type { CurrentSession } from "@/lib/sessions/session";
import { restampSession } from "@/lib/sessions/store";

/** The person who changes their own factors, and the session in which they do. */
export type Actor = {
  readonly userId: string;
  readonly email: string;
  readonly isAdmin: boolean;
  /** What the operator asks of them apart, as it is stored. */
  readonly policy: unknown;
  readonly sessionId: string;
  readonly deviceId: string | null;
  /** "portal", or the id of the app that they use. */
  readonly clientId: string;
  readonly credentialVersion: number;
};

/** The person of a live session. */
export const actorOf = ({ id: sessionId, ...session }: CurrentSession): Actor => {
  const { userId, email, isAdmin, policy, deviceId, clientId, credentialVersion } = session;
  return { userId, email, isAdmin, policy, deviceId, clientId, credentialVersion, sessionId };
};

/** What is left of a person's sessions: the acting one under `sessionToken`, for its cookie (null: an app's, under the token that it has); how many live ones ended. */
export type Kept = { readonly sessionToken: string | null; readonly endedSessions: number };

/**
 * After the security stamp rose: the acting session and device live on under it, every other session ends. The acting one gets
 * another token, so that a stolen copy of its cookie ends with the others; only an app's keeps its own, because the app could not be handed
 * another. Throws `account.changed_meanwhile` when it is over itself.
 */
export async function keepOnlyActing(tx: Ctx, actor: Actor, version: number, why: string): Promise<Kept> {
  const sessionToken = await renewed(tx, actor, version);
  if (actor.deviceId !== null) await restampDevice(tx, actor.deviceId, actor.userId, version);
  return { sessionToken, endedSessions: await endOtherSessions(tx, actor.userId, actor.sessionId, why) };
}

async function renewed(
  tx: Ctx,
  { sessionId: id, userId, clientId }: Actor,
  credentialVersion: number,
): Promise<string | null> {
  if (clientTraits(clientId).rotatesToken) {
    const token = await exchangeToken(tx, id, userId, credentialVersion);
    if (token === null) throw new DomainError("account.changed_meanwhile");
    return token;
  }
  if (!(await restampSession(tx, { id, userId, credentialVersion })))
    throw new DomainError("account.changed_meanwhile");
  return null;
}
