import { acceptInvitation } from "@/lib/account/accept-invitation";
import { invitePerson } from "@/lib/operator/invite-person";
import { completeSetup } from "@/lib/setup/complete-setup";
import type { House } from "@/lib/testing/story";

export const password = "eleven patient otters at dusk";

export const tokenOf = (link: string | null) => link?.match(/(?:set|inv)_[\w-]{43}$/)?.[0] ?? "";

/** What a story does with links that were handed over. */
export function linksOf(house: House) {
  const mail = () => `${house.ctx.random.bytes(5).toString("hex")}@example.test`;
  return {
    mail,
    setUp: (token: string, changes: { email?: string; username?: string; password?: string } = {}) =>
      completeSetup(house.stranger(), { token, email: mail(), username: "", password, ...changes }),
    invite: (email = mail(), username: string | null = null) =>
      invitePerson(house.ctx, { email, username, isAdmin: false, by: "cli" }),
    accept: (token: string, chosen = password) => acceptInvitation(house.stranger(), { token, password: chosen }),
    /** As if nobody had ever been here. */
    beginAnew: async () => {
      await house.db.user.deleteMany();
      await house.db.firstRun.deleteMany();
      await house.db.securityEvent.deleteMany();
    },
  };
}
