import { announceEvents } from "@/lib/audit/record-event";
import type { Pass } from "@/lib/challenge/challenge";
import { insertChallenge, insertChallengeLastly, type NewChallenge } from "@/lib/challenge/store";
import type { RawCtx } from "@/lib/context/context";
import { type Duration, later } from "@/lib/kernel/duration";
import { policy } from "@/lib/policy/policy";

type Asked = Omit<NewChallenge, "id" | "tokenId" | "expiresAt">;

/** Makes a challenge that lives six minutes, or as long as `lifetime` says. Out: the pass for its token. Half logins that are too many with it end, and that is recorded. */
export async function openChallenge(
  tx: RawCtx,
  asked: Asked,
  lifetime: Duration = policy.challenge.lifetime,
): Promise<Pass> {
  const { pass, challenge } = made(tx, asked, lifetime);
  announceEvents(tx, await insertChallenge(tx, challenge));
  return pass;
}

/** The same, written with the last statement of the transaction: until then nothing of the challenge can be read, and a round trip to the database is saved. */
export async function openChallengeLastly(tx: RawCtx, asked: Asked): Promise<Pass> {
  const { pass, challenge } = made(tx, asked, policy.challenge.lifetime);
  await insertChallengeLastly(tx, challenge, (died) => announceEvents(tx, died));
  return pass;
}

function made(
  { random, now }: RawCtx,
  asked: Asked,
  lifetime: Duration,
): { readonly pass: Pass; readonly challenge: NewChallenge } {
  const pass = { challengeId: random.id(), tokenId: random.id(), clientId: asked.clientId };
  const { challengeId: id, tokenId } = pass;
  return { pass, challenge: { ...asked, id, tokenId, expiresAt: later(now, lifetime) } };
}
