import { describe, expect, test } from "vitest";
import { changePassword } from "@/lib/account/change-password";
import { sha256 } from "@/lib/crypto/digest";
import { beginEnrolment } from "@/lib/factors/begin-enrolment";
import { binderOf } from "@/lib/factors/binder-of";
import { confirmEnrolment } from "@/lib/factors/confirm-enrolment";
import { findPendingView } from "@/lib/factors/list-factors";
import { removeFactor } from "@/lib/factors/remove-factor";
import { codeAt } from "@/lib/factors/totp/code";
import { logOut } from "@/lib/login/log-out";
import { findLiveSession } from "@/lib/sessions/store";
import { openHouse, refused } from "@/lib/testing/story";
import { makePerson, openSessionFor, type TestPerson, type TestSession, withTotp } from "@/lib/testing/test-context";

const house = openHouse();

const ways = {
  "the password changes": ({ actor }: TestSession, { password }: TestPerson) =>
    changePassword(house.ctx, { actor, current: password, next: "nine slow ferries to nowhere" }),
  "a factor is bound": async ({ actor }: TestSession) => {
    await beginEnrolment(house.ctx, { binder: binderOf(actor), kind: "totp", replacesId: null, given: {} });
    const code = codeAt((await findPendingView(house.ctx, binderOf(actor), "totp"))?.shown.secret ?? "", house.ctx.now);
    return confirmEnrolment(house.ctx, { actor, kind: "totp", answer: { code }, label: "", defaultLabel: "App" });
  },
  "a factor is removed": async ({ actor }: TestSession) => {
    const [factor] = await house.db.factor.findMany({ where: { userId: actor.userId } });
    return removeFactor(house.ctx, { actor, factorId: factor?.id ?? "" });
  },
} as const;

async function inside() {
  const person = await makePerson(house.ctx);
  await withTotp(house.ctx, person);
  return { person, session: await openSessionFor(house.ctx, person) };
}

describe.each(Object.entries(ways))("when %s", (_, change) => {
  test("a stolen copy of the acting session's cookie opens nothing any more; the new token does", async () => {
    const { person, session } = await inside();
    const { sessionToken } = await change(session, person);
    expect(await findLiveSession(house.ctx, sha256(session.token))).toBeNull();
    expect(await findLiveSession(house.ctx, sha256(sessionToken ?? ""))).toMatchObject({ id: session.actor.sessionId });
  });

  test("in a session that was ended a moment before, nothing changes", async () => {
    const { person, session } = await inside();
    await logOut(house.ctx, session.actor);
    expect(await refused(change(session, person))).toBe("account.changed_meanwhile");
    expect(await house.db.user.findUnique({ where: { id: person.userId } })).toMatchObject({
      credentialVersion: session.actor.credentialVersion,
    });
  });
});
