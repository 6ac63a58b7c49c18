import { expect } from "@playwright/test";
import type { House, Resident } from "@/e2e/support/house";
import { lettersTo } from "@/e2e/support/mailbox";
import { prove } from "@/e2e/support/proven";
import { sha256 } from "@/lib/crypto/digest";
import { insertUnlock } from "@/lib/unlocks/store";
import { newUnlockToken } from "@/lib/unlocks/token";

/** The link in the old mailbox of somebody who changes their login email for it. */
export async function revertPath(house: House, { userId, email }: Resident): Promise<string> {
  await prove(house, userId, "login");
  const links = async () => (await lettersTo(house, email)).flatMap(({ text }) => text.match(/\/revert\/\S+/) ?? []);
  await expect.poll(async () => (await links()).length).toBe(1);
  return (await links())[0] ?? "";
}

/** The link that lets a browser try somebody's password, of a letter that nobody wrote. */
export async function unlockPath({ ctx }: House, { userId }: Resident): Promise<string> {
  const [token, waiting] = [newUnlockToken(ctx, "unl_"), newUnlockToken(ctx, "unw_")];
  const hashes = { linkHash: sha256(token), waitHash: sha256(waiting), codeHash: "none" };
  await insertUnlock(ctx, { id: ctx.random.id(), userId, ...hashes });
  return `/unlock/${token}`;
}
