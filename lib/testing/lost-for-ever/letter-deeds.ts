import { acceptInvitation } from "@/lib/account/accept-invitation";
import { insider, prove, revertTokenTo, someMailbox } from "@/lib/account/contacts/contacts.kit";
import { revertEmail } from "@/lib/account/contacts/revert-email";
import { containAccount } from "@/lib/account/contain-account";
import { newAlarmLink } from "@/lib/links/alarm-link";
import { newRegistrationLink } from "@/lib/links/registration-link";
import { invitePerson } from "@/lib/operator/invite-person";
import { askToRemove, someone } from "@/lib/pending/pending.kit";
import { vetoByLink } from "@/lib/pending/veto-change";
import { askToRegister } from "@/lib/registration/ask-to-register";
import { register } from "@/lib/registration/register";
import { askForReset } from "@/lib/resets/ask-for-reset";
import { openReset } from "@/lib/resets/open-reset";
import { resetByApp } from "@/lib/resets/reset-by-app";
import { completeSetup } from "@/lib/setup/complete-setup";
import { issueSetupLink } from "@/lib/setup/issue-setup-link";
import { lastCode } from "@/lib/testing/letters";
import { type Deed, tokenIn, tokenOf } from "@/lib/testing/lost-for-ever/deed";
import { forget } from "@/lib/testing/resets";
import { makePerson } from "@/lib/testing/test-context";
import { askForUnlock } from "@/lib/unlocks/ask-for-unlock";
import { openUnlockByCode, openUnlockByLink } from "@/lib/unlocks/open-unlock";
import { askedUnlock } from "@/lib/unlocks/unlocks.kit";

const password = "nine amber kettles in the rain";

/** What is done with a letter, or to have one sent. */
export const letterDeeds = {
  "the first run": async ({ house, stranger }) => {
    const token = tokenOf((await issueSetupLink(house.ctx)) ?? "");
    const first = { email: "first@example.test", username: "", password };
    return () => completeSetup(stranger(), { token, ...first });
  },
  "an invitation": async ({ house, stranger }) => {
    const invited = { email: "invited@example.test", username: null, isAdmin: false, by: "cli" };
    const token = tokenOf((await invitePerson(house.ctx, invited)).link);
    return () => acceptInvitation(stranger(), { token, password });
  },
  "asking to register":
    async ({ stranger }) =>
    () =>
      askToRegister(stranger(), { email: "asks@example.test" }),
  "the end of a registration": async ({ house, stranger }) => {
    const token = tokenOf(await newRegistrationLink(house.ctx, "registers@example.test"));
    return () => register(stranger(), { token, password });
  },
  "asking for a reset": async ({ house, stranger }) => {
    const { email: identifier } = await makePerson(house.ctx);
    return () => askForReset(stranger(), { identifier, deviceToken: null, app: null });
  },
  "the link of a reset": async ({ house, stranger }) => {
    const { userId, email } = await makePerson(house.ctx);
    await forget(house, email);
    const token = await tokenIn(house, userId, "reset.link");
    return () => openReset(stranger(), { token, deviceToken: null });
  },
  "the code of a reset, through an app": async ({ house, stranger }) => {
    const { userId, email } = await makePerson(house.ctx);
    await forget(house, email, null, "shop");
    const code = await lastCode(house.ctx, userId);
    return () => resetByApp(stranger(), { email, code, password, app: "shop" });
  },
  "asking for an unlock": async ({ house, stranger }) => {
    const { email: identifier } = await makePerson(house.ctx);
    return () => askForUnlock(stranger(), { identifier });
  },
  "the code of an unlock": async ({ house, stranger }) => {
    const { userId, email } = await makePerson(house.ctx);
    const { waitToken, code } = await askedUnlock(house, email, userId);
    return () => openUnlockByCode(stranger(), { waitToken, code });
  },
  "the link of an unlock": async ({ house, stranger }) => {
    const { userId, email } = await makePerson(house.ctx);
    const { token } = await askedUnlock(house, email, userId);
    return () => openUnlockByLink(stranger(), { token });
  },
  "an alarm": async ({ house, stranger }) => {
    const { userId } = await makePerson(house.ctx);
    const token = tokenOf(await newAlarmLink(house.ctx, { kind: "device.new", userId, challengeId: null }));
    return () => containAccount(stranger(), { token });
  },
  "the way back to the old email": async ({ house, stranger }) => {
    const { person, actor } = await insider(house.ctx);
    await prove(house.ctx, actor, "login", someMailbox(house.ctx));
    const token = await revertTokenTo(house.ctx, person.userId, person.email);
    return () => revertEmail(stranger(), { token });
  },
  "a veto": async ({ house, stranger }) => {
    const asked = await someone(house);
    await askToRemove(house, asked);
    const token = await tokenIn(house, asked.person.userId, "change.waits");
    return () => vetoByLink(stranger(), { token });
  },
} as const satisfies Readonly<Record<string, Deed>>;
