import { expect } from "vitest";
import { prove, revertTokenTo, someMailbox } from "@/lib/account/contacts/contacts.kit";
import { readRevert, revertEmail } from "@/lib/account/contacts/revert-email";
import type { Ctx } from "@/lib/context/context";
import { sha256 } from "@/lib/crypto/digest";
import { later } from "@/lib/kernel/duration";
import { linkHash, newLinkToken } from "@/lib/links/link";
import { addResetLink } from "@/lib/links/store";
import { askForChange } from "@/lib/pending/ask-for-change";
import { readVeto } from "@/lib/pending/read-changes";
import { vetoByLink } from "@/lib/pending/veto-change";
import { newVetoLink } from "@/lib/pending/veto-link";
import { policy } from "@/lib/policy/policy";
import { addressMark, readReset } from "@/lib/resets/live-reset";
import { openReset } from "@/lib/resets/open-reset";
import { setNewPassword } from "@/lib/resets/set-new-password";
import { answer } from "@/lib/testing/second-door";
import { type Cost, costOf } from "@/lib/testing/statements/count";
import { insiderOf, type Paths, somebody, whileOpen } from "@/lib/testing/statements/scene";
import { type House, refused } from "@/lib/testing/story";
import type { TestPerson } from "@/lib/testing/test-context";
import { openUnlockByCode } from "@/lib/unlocks/open-unlock";
import { insertUnlock } from "@/lib/unlocks/store";
import { newUnlockToken, unlockCodeHash } from "@/lib/unlocks/token";

const password = "nine slow ferries to nowhere";

/** What somebody does with a letter that they were sent. */
export const letterPaths = (house: House): Paths => ({
  "the page that stops a change": () =>
    withVeto(house, async (ctx, token) => expect(await readVeto(ctx, token)).toMatchObject({ state: "open" })),
  "a change is stopped by a letter's link": () => withVeto(house, (ctx, token) => vetoByLink(ctx, { token })),
  "the page that takes a move back": () =>
    withRevert(house, async (ctx, token) => expect(await readRevert(ctx, token)).toMatchObject({ state: "open" })),
  "a move is taken back by the old mailbox": () => withRevert(house, (ctx, token) => revertEmail(ctx, { token })),
  "the page of a reset's link": async () => {
    const { ctx, person } = await somebody(house);
    const token = await resetToken(ctx, person);
    return costOf(async () => expect(await readReset(ctx, token)).toMatchObject({ state: "open" }));
  },
  "a reset: the button of its link": async () => {
    const { ctx, person } = await somebody(house);
    const token = await resetToken(ctx, person);
    return costOf(() => openReset(ctx, { token, deviceToken: null }));
  },
  "a reset: the new password": async () => {
    const { ctx, person, code } = await somebody(house);
    const { pass } = await openReset(ctx, { token: await resetToken(ctx, person), deviceToken: null });
    await answer(ctx, pass, "totp", code());
    return costOf(() => setNewPassword(ctx, { pass, password, remove: [] }));
  },
  "a wait ends by a letter's code": async () => {
    const { ctx, person } = await somebody(house);
    const typed = await unlockLetter(ctx, person);
    return costOf(() => openUnlockByCode(ctx, typed));
  },
  "a wait: a letter's wrong code": async () => {
    const { ctx, person } = await somebody(house);
    const typed = { ...(await unlockLetter(ctx, person)), code: "00000000" };
    return costOf(async () => expect(await refused(openUnlockByCode(ctx, typed))).toBe("unlock.wrong_code"));
  },
});

type Using = (ctx: Ctx, token: string) => Promise<unknown>;

const withVeto = (house: House, use: Using): Promise<Cost> =>
  whileOpen(house, async () => {
    const { ctx, person, cookie } = await somebody(house);
    await askForChange(ctx, await insiderOf(ctx, cookie), "data.download", {});
    const { hash: vetoHash, link } = newVetoLink(ctx);
    await ctx.db.pendingChange.updateMany({ where: { userId: person.userId }, data: { vetoHash } });
    return costOf(() => use(ctx, link.split("/").at(-1) ?? ""));
  });

const withRevert = (house: House, use: Using): Promise<Cost> =>
  whileOpen(house, async () => {
    const { ctx, person, cookie } = await somebody(house);
    await prove(ctx, await insiderOf(ctx, cookie), "login", someMailbox(ctx));
    const token = await revertTokenTo(ctx, person.userId, person.email);
    return costOf(() => use(ctx, token));
  });

/** The token of a letter that nobody wrote. */
async function resetToken(ctx: Ctx, { userId, email }: TestPerson): Promise<string> {
  const token = newLinkToken(ctx, "reset");
  const link = { hash: linkHash(token, "reset") ?? "", userId, sentTo: addressMark(email) };
  await addResetLink(ctx, { ...link, expiresAt: later(ctx.now, policy.link.reset) }, policy.reset.liveLinks);
  return token;
}

/** The same of one that lets a browser try: its code, and what that browser keeps. */
async function unlockLetter(ctx: Ctx, { userId }: TestPerson) {
  const [id, code, waitToken] = [ctx.random.id(), "12345678", newUnlockToken(ctx, "unw_")];
  const hashes = { linkHash: sha256(newUnlockToken(ctx, "unl_")), waitHash: sha256(waitToken) };
  await insertUnlock(ctx, { id, userId, ...hashes, codeHash: unlockCodeHash(id, code) });
  return { waitToken, code };
}
