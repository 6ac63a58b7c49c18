import { prove } from "@/lib/account/contacts/contacts.kit";
import { revertEmail } from "@/lib/account/contacts/revert-email";
import { containAccount } from "@/lib/account/contain-account";
import type { Pass } from "@/lib/challenge/challenge";
import { claimLogin } from "@/lib/challenge/claim-login";
import { ensure } from "@/lib/kernel/assert";
import { openReset } from "@/lib/resets/open-reset";
import { setNewPassword } from "@/lib/resets/set-new-password";
import { signInWith } from "@/lib/testing/passkeys";
import { forget, lookUp } from "@/lib/testing/resets";
import { knock } from "@/lib/testing/story";
import { answered, unlessRefused } from "@/lib/testing/thieves/answers";
import { actorBehind, tokenIn } from "@/lib/testing/thieves/owner";
import { cookieOf, type Scene } from "@/lib/testing/thieves/scene";
import { enterIn } from "@/lib/testing/trusted-browser";
import { askForUnlock } from "@/lib/unlocks/ask-for-unlock";
import { openUnlockByLink } from "@/lib/unlocks/open-unlock";

/** What a thief reaches by a way in; whether they are in a session then stands in the scene. */
export const outcomes = {
  nothing: "nothing",
  asked: "the second step, and no further",
  in: "a session",
  tries: "tries at the password",
  password: "a new password",
  operator: "a letter that leads to the operator",
} as const;

const thiefsPassword = "nine slow ferries to nowhere";

type Door = { readonly unlockToken?: string; readonly pass?: Pass; readonly trusts?: boolean };

/** The first door with the password that they know, and whatever is asked behind it. Out: the outcome, and what the browser keeps then. */
async function enter(scene: Scene, { trusts = false, ...door }: Door = {}) {
  const { house, owner } = scene;
  const deviceToken = cookieOf(scene);
  const password = scene.password ?? "";
  const { pass, next } = await knock(house.stranger(), owner.person, { ...door, password, deviceToken });
  if (next !== "claim" && !(await answered(scene, { pass, sessionId: null })))
    return { outcome: outcomes.asked, isAsked: true, device: null };
  const opened = await claimLogin(house.stranger(), pass, { session: null, deviceToken, trusts });
  ensure(opened, "whoever has passed every door is in");
  scene.token = opened.sessionToken;
  return { outcome: outcomes.in, isAsked: next !== "claim", device: opened.deviceToken };
}

/** The front door. */
export async function logIn(scene: Scene): Promise<string> {
  return scene.password === null ? outcomes.nothing : (await enter(scene)).outcome;
}

/** The front door by a passkey alone. */
export async function signIn(scene: Scene): Promise<string> {
  const { house, key } = scene;
  if (key === null) return outcomes.nothing;
  const deviceToken = cookieOf(scene);
  const loggedIn = await unlessRefused(() => signInWith(house.stranger(), key, { deviceToken }));
  if (loggedIn === null) return outcomes.nothing;
  const opened = await claimLogin(house.stranger(), loggedIn.pass, { session: null, deviceToken });
  ensure(opened, "a passkey is both doors");
  scene.token = opened.sessionToken;
  return outcomes.in;
}

/** The same where browsers may be trusted: by the owner's trust, or by one of their own. */
export async function logInTrusted(scene: Scene): Promise<string> {
  if (scene.password === null) return outcomes.nothing;
  const { outcome, isAsked, device } = await enter(scene, { trusts: true });
  if (outcome !== outcomes.in) return outcome;
  if (!isAsked) return `${outcome}, until its owner and they have come once more`;
  const again = await knock(scene.house.stranger(), scene.owner.person, { deviceToken: device });
  return again.next === "claim" ? `${outcome}, and no code is asked there for 14 days` : outcome;
}

const hasMailbox = ({ held }: Scene) => held.includes("the mailbox");

/** "Forgot your password?". */
export async function resetPassword(scene: Scene): Promise<string> {
  const { house, owner } = scene;
  if (!hasMailbox(scene)) return outcomes.nothing;
  await forget(house, owner.person.email, cookieOf(scene));
  return chooseAnew(scene);
}

/** Behind the newest letter about a forgotten password. */
async function chooseAnew(scene: Scene): Promise<string> {
  const { house, owner } = scene;
  const token = await tokenIn(house, owner, "reset-password");
  if (token === null) return outcomes.operator;
  const deviceToken = cookieOf(scene);
  const opened = await unlessRefused(() => openReset(house.stranger(), { token, deviceToken }));
  if (opened === null) return outcomes.nothing;
  const { pass, next } = opened;
  if (next === "answer" && !(await answered(scene, { pass, sessionId: null }))) return outcomes.asked;
  await setNewPassword(house.stranger(), { pass, password: thiefsPassword, remove: [] });
  scene.password = thiefsPassword;
  await enter(scene, { pass });
  return outcomes.password;
}

/** The letter that lets one browser try, past the strangers who keep its owner waiting. */
export async function unlock(scene: Scene): Promise<string> {
  const { house, owner } = scene;
  if (!hasMailbox(scene)) return outcomes.nothing;
  await askForUnlock(house.stranger(), { identifier: owner.person.email });
  await lookUp(house);
  const token = await tokenIn(house, owner, "unlock");
  if (token === null) return outcomes.nothing;
  const unlockToken = await openUnlockByLink(house.stranger(), { token });
  return scene.password === null ? outcomes.tries : (await enter(scene, { unlockToken })).outcome;
}

/** The owner logs in on a new browser; the letter about it has the button "This was not me", and somebody presses it. */
export async function raiseAlarm({ house, owner }: Scene): Promise<void> {
  await enterIn(house.stranger(), owner.person, { jar: { devices: null } });
  const token = await tokenIn(house, owner, "alarm");
  ensure(token, "a new device is told with an alarm's link");
  await house.db.letter.deleteMany();
  await containAccount(house.stranger(), { token });
}

export async function pressAlarm(scene: Scene): Promise<string> {
  if (!hasMailbox(scene)) return outcomes.nothing;
  await raiseAlarm(scene);
  return `everybody out; then ${await chooseAnew(scene)}`;
}

/** The owner has moved to another mailbox; the one before has the link that takes it back. */
export async function pressRevert(scene: Scene): Promise<string> {
  const { house, owner } = scene;
  if (!hasMailbox(scene)) return outcomes.nothing;
  await prove(house.ctx, await actorBehind(house, owner.laptop), "login", `new-${owner.person.email}`);
  const token = await tokenIn(house, owner, "revert");
  ensure(token, "the old mailbox can take the change back");
  await house.db.letter.deleteMany();
  await revertEmail(house.stranger(), { token });
  await forget(house, owner.person.email, cookieOf(scene));
  return `everybody out, the old address back; then ${await chooseAnew(scene)}`;
}
