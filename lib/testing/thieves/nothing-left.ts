import { expect } from "vitest";
import { sha256 } from "@/lib/crypto/digest";
import { findLiveSession } from "@/lib/sessions/store";
import { signInWith } from "@/lib/testing/passkeys";
import { knock, refused } from "@/lib/testing/story";
import { type Scene, thiefsLabel } from "@/lib/testing/thieves/scene";

/** No session, no password, no factor, no passkey, no address of the thief's, and nothing of theirs that waits. */
export async function expectNothingLeft({ house, owner, token, password, key }: Scene): Promise<void> {
  const { userId, email } = owner.person;
  const found = {
    session: token === null ? null : await findLiveSession(house.ctx, sha256(token)),
    password: password === null ? "login.wrong" : await refused(knock(house.stranger(), { ...owner.person, password })),
    passkey: key === null ? "passkey.unknown" : await refused(signInWith(house.stranger(), key)),
    factors: await house.db.factor.count({ where: { userId, label: thiefsLabel } }),
    waits: await house.db.pendingChange.count({ where: { userId, state: "WAITING" } }),
    email: (await house.db.user.findUniqueOrThrow({ where: { id: userId } })).email,
  };
  const [passwordSays, passkeySays] = ["login.wrong", "passkey.unknown"];
  expect(found).toEqual({ session: null, password: passwordSays, passkey: passkeySays, factors: 0, waits: 0, email });
}
