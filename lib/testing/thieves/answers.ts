import { type Answered, answerChallenge } from "@/lib/challenge/answer-challenge";
import type { Pass } from "@/lib/challenge/challenge";
import { prepareAnswer } from "@/lib/challenge/prepare-answer";
import { startStepUp } from "@/lib/challenge/start-step-up";
import { sha256 } from "@/lib/crypto/digest";
import { usableKinds } from "@/lib/factors/on-offer";
import { minutes } from "@/lib/kernel/duration";
import { DomainError } from "@/lib/kernel/errors";
import { type FreshAction, type Wanted, wantedBy } from "@/lib/policy/freshness";
import { type Actor, actorOf } from "@/lib/sessions/acting-session";
import { isFresh } from "@/lib/sessions/session";
import { findLiveSession } from "@/lib/sessions/store";
import { lastCode } from "@/lib/testing/letters";
import { answerOf } from "@/lib/testing/passkeys";
import type { Scene } from "@/lib/testing/thieves/scene";

/** What `doing` comes to; null where it was refused. A fault of ours is one of the test. */
export async function unlessRefused<T>(doing: () => Promise<T>): Promise<T | null> {
  try {
    return await doing();
  } catch (refusal) {
    if (refusal instanceof DomainError) return null;
    throw refusal;
  }
}

type Asked = { readonly pass: Pass; readonly sessionId: string | null };

/** The second step, answered with what they hold: a passkey, the code that was phished this minute, or one that comes to the number. Null: nothing of theirs is right. */
export async function answered(scene: Scene, asked: Asked): Promise<Answered | null> {
  return (await byKey(scene, asked)) ?? (await byPhishedCode(scene, asked)) ?? (await byMessage(scene, asked));
}

async function byKey({ house, key }: Scene, asked: Asked): Promise<Answered | null> {
  if (key === null) return null;
  return unlessRefused(async () => {
    const answer = await answerOf(house.ctx, key, asked.pass);
    return answerChallenge(house.stranger(), { ...asked, kind: "passkey", answer });
  });
}

async function byPhishedCode(scene: Scene, asked: Asked): Promise<Answered | null> {
  const { house, owner } = scene;
  if (scene.codes === 0) return null;
  scene.codes -= 1;
  const answer = { code: owner.app.codeAt(house.clock.now()) };
  return unlessRefused(() => answerChallenge(house.stranger(), { ...asked, kind: "totp", answer }));
}

async function byMessage({ house, owner, held }: Scene, asked: Asked): Promise<Answered | null> {
  if (!held.includes("the number (SIM)")) return null;
  house.clock.move(minutes(1)); // so that a code that was sent before does not stand in the way of another
  return unlessRefused(async () => {
    await prepareAnswer(house.stranger(), { ...asked, kind: "sms", factorId: null });
    const answer = { code: await lastCode(house.ctx, owner.person.userId) };
    return answerChallenge(house.stranger(), { ...asked, kind: "sms", answer });
  });
}

/** Who acts in their session, with the fresh proof that every page of a dangerous action asks for; null: they have none to give. */
export async function provenActor(scene: Scene, action: FreshAction): Promise<Actor | null> {
  const { house, token } = scene;
  if (token === null || scene.isUnproven) return null;
  const session = await findLiveSession(house.ctx, sha256(token));
  if (session === null) return null;
  if (isFresh(session, house.clock.now(), { askable: usableKinds(session), wants: wantedBy(action) }))
    return actorOf(session);
  const pass = await startStepUp(house.stranger(), { session, action, returnTo: "/security" });
  const done = await answered(scene, { pass, sessionId: session.id });
  if (done?.purpose === "STEP_UP") scene.token = done.sessionToken;
  const renewed = scene.token === null ? null : await findLiveSession(house.ctx, sha256(scene.token));
  const isGoodFor = (wants: Wanted) =>
    renewed !== null && isFresh(renewed, house.clock.now(), { askable: usableKinds(renewed), wants });
  scene.isUnproven = !isGoodFor("strong"); // for nothing at all
  return renewed !== null && isGoodFor(wantedBy(action)) ? actorOf(renewed) : null;
}
