import { expect, test } from "vitest";
import { acceptInvitation } from "@/lib/account/accept-invitation";
import { claimLogin } from "@/lib/challenge/claim-login";
import { sha256 } from "@/lib/crypto/digest";
import { beginEnrolment } from "@/lib/factors/begin-enrolment";
import { binderOf } from "@/lib/factors/binder-of";
import { confirmEnrolment } from "@/lib/factors/confirm-enrolment";
import { findPendingView } from "@/lib/factors/list-factors";
import { codeAt } from "@/lib/factors/totp/code";
import { ensure } from "@/lib/kernel/assert";
import { inviteAgain, invitePerson } from "@/lib/operator/invite-person";
import { actorOf } from "@/lib/sessions/acting-session";
import { findLiveSession } from "@/lib/sessions/store";
import { letterRows, sendingSettings } from "@/lib/testing/letters";
import { eventNames, openHouse } from "@/lib/testing/story";
import { makePerson } from "@/lib/testing/test-context";

const house = openHouse(sendingSettings);
const password = "eleven patient otters at dusk";
const accept = (link: string) => acceptInvitation(house.stranger(), { token: link.split("/").at(-1) ?? "", password });

test("whoever joins gets a welcome and one letter about the factor with its codes; every event is recorded", async () => {
  const email = `${house.ctx.random.bytes(5).toString("hex")}@example.test`;
  const { userId, link } = await invitePerson(house.ctx, { email, username: null, isAdmin: false, by: "cli" });
  const { pass } = await accept(link);
  const opened = await claimLogin(house.ctx, pass);
  const session = await findLiveSession(house.ctx, sha256(opened?.sessionToken ?? ""));
  ensure(session, "they are in");
  const actor = actorOf(session);
  await beginEnrolment(house.ctx, { binder: binderOf(actor), kind: "totp", replacesId: null, given: {} });
  const secret = (await findPendingView(house.ctx, binderOf(actor), "totp"))?.shown.secret ?? "";
  const answer = { code: codeAt(secret, house.clock.now()) };
  await confirmEnrolment(house.ctx, { actor, kind: "totp", answer, label: "", defaultLabel: "App" });

  expect((await letterRows(house.ctx, userId)).map(({ kind }) => kind)).toEqual(["account.joined", "factor.bound"]);
  const names = await eventNames(house.ctx, userId);
  for (const name of ["invitation.accepted", "factor.bound", "recovery.generated"]) expect(names).toContain(name);
});

test("who has been here longer hears at once that the password was changed by a link", async () => {
  const person = await makePerson(house.ctx);
  await house.db.user.update({ where: { id: person.userId }, data: { passwordChangedAt: house.clock.now() } });
  const again = await inviteAgain(house.ctx, { userId: person.userId, by: "cli" });
  await accept(again?.link ?? "");
  expect((await letterRows(house.ctx, person.userId)).map(({ kind }) => kind)).toEqual(["password.changed"]);
});
