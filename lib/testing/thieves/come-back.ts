import { acceptInvitation } from "@/lib/account/accept-invitation";
import { revertEmail } from "@/lib/account/contacts/revert-email";
import { answerChallenge } from "@/lib/challenge/answer-challenge";
import type { Pass } from "@/lib/challenge/challenge";
import { claimLogin } from "@/lib/challenge/claim-login";
import { ensure } from "@/lib/kernel/assert";
import { inviteAgain } from "@/lib/operator/invite-person";
import { resetFactors } from "@/lib/operator/reset-factors";
import { allCodes, readChoosing } from "@/lib/resets/choosing";
import { openReset } from "@/lib/resets/open-reset";
import { setNewPassword } from "@/lib/resets/set-new-password";
import type { Actor } from "@/lib/sessions/acting-session";
import { forget } from "@/lib/testing/resets";
import { knock } from "@/lib/testing/story";
import { unlessRefused } from "@/lib/testing/thieves/answers";
import { actorBehind, tokenIn } from "@/lib/testing/thieves/owner";
import { type Scene, thiefsLabel } from "@/lib/testing/thieves/scene";

/** The first way of the owner's that leads back in. */
export type WayBack =
  | "a forgotten password"
  | "the letter in the old mailbox, then a forgotten password"
  | "the operator";

const ownersPassword = "twelve calm otters at noon";

/** `revertToken`: of the letter that the old mailbox got, where one did. */
type Coming = { readonly revertToken: string | null };

/**
 * The owner comes back: takes a moved login e-mail back, chooses a new password by letter with what is theirs, and removes what they do not know, codes from paper too.
 * The operator takes the factors away where nothing of it is left. Out: by which way, and the session that they are in.
 */
export async function comeBack(scene: Scene, { revertToken }: Coming): Promise<{ way: WayBack; actor: Actor }> {
  const { house, owner } = scene;
  const { userId } = owner.person;
  await house.db.letter.deleteMany();
  const isMoved = (await emailOf(scene)) !== owner.person.email;
  if (isMoved && revertToken !== null) await revertEmail(house.stranger(), { token: revertToken });
  const pass = await confirmedReset(scene);
  const way = isMoved ? "the letter in the old mailbox, then a forgotten password" : "a forgotten password";
  if (pass !== null) return { way, actor: await chooseAnew(scene, pass) };
  await resetFactors(house.ctx, { userId, by: "cli" });
  const invited = await inviteAgain(house.ctx, { userId, by: "cli" });
  const token = invited?.link.split("/").at(-1) ?? "";
  const { pass: helped } = await acceptInvitation(house.stranger(), { token, password: ownersPassword });
  return { way: "the operator", actor: await goIn(scene, helped) };
}

const emailOf = async ({ house, owner }: Scene): Promise<string> =>
  (await house.db.user.findUniqueOrThrow({ where: { id: owner.person.userId } })).email;

/** A letter about a forgotten password, its button, and a code of the owner's app. */
async function confirmedReset(scene: Scene): Promise<Pass | null> {
  const { house, owner } = scene;
  await forget(house, await emailOf(scene));
  const token = await tokenIn(house, owner, "reset-password");
  const opened =
    token === null ? null : await unlessRefused(() => openReset(house.stranger(), { token, deviceToken: null }));
  if (opened === null) return null;
  const { pass, next } = opened;
  if (next === "choose") return pass;
  const typed = { code: owner.app.codeAt(house.clock.now()) };
  const answer = { pass, kind: "totp", answer: typed, sessionId: null } as const;
  return (await unlessRefused(() => answerChallenge(house.stranger(), answer))) === null ? null : pass;
}

async function chooseAnew(scene: Scene, pass: Pass): Promise<Actor> {
  const { house, owner } = scene;
  const { recent = [] } = (await readChoosing(house.ctx, pass)) ?? {};
  const unknown = recent.filter(({ label }) => label === thiefsLabel).map(({ id }) => id);
  await setNewPassword(house.stranger(), { pass, password: ownersPassword, remove: [...unknown, allCodes] });
  const person = { ...owner.person, email: await emailOf(scene), password: ownersPassword };
  return goIn(scene, (await knock(house.stranger(), person, { pass })).pass);
}

async function goIn({ house }: Scene, pass: Pass): Promise<Actor> {
  const opened = await claimLogin(house.stranger(), pass);
  ensure(opened, "whoever has passed every door is in");
  return actorBehind(house, opened.sessionToken);
}
