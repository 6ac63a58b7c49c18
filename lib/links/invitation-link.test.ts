import { describe, expect, test } from "vitest";
import { readInvitation } from "@/lib/account/accept-invitation";
import { claimLogin } from "@/lib/challenge/claim-login";
import { sha256 } from "@/lib/crypto/digest";
import { days, milliseconds } from "@/lib/kernel/duration";
import { linksOf, password, tokenOf } from "@/lib/links/links.kit";
import { inviteAgain } from "@/lib/operator/invite-person";
import { ruleOfKind } from "@/lib/policy/throttle-rules";
import { eventNames, knock, openHouse, refused } from "@/lib/testing/story";
import { makePerson, openSessionFor, withTotp } from "@/lib/testing/test-context";
import { bucketKey } from "@/lib/throttle/bucket";
import { consumeWaitingTry } from "@/lib/throttle/waiting/store";

const house = openHouse();
const { mail, invite, accept } = linksOf(house);

describe("an invitation", () => {
  test("lets its person choose a password, once; looking at it spends nothing", async () => {
    const email = mail();
    const { userId, link } = await invite(email);
    const token = tokenOf(link);
    for (let look = 0; look < 3; look += 1)
      expect(await readInvitation(house.ctx, token)).toEqual({ email, isAdmin: false, policy: null });
    expect(await refused(accept(token, "short"))).toBe("password.too_short");
    expect((await accept(token)).userId).toBe(userId);
    expect(await refused(accept(token))).toBe("setup.link_over");
    expect(await readInvitation(house.ctx, token)).toBeNull();
    expect((await knock(house.stranger(), { userId, email, username: null, isAdmin: false, password })).userId).toBe(
      userId,
    );
    expect((await eventNames(house.ctx, userId)).slice(0, 3)).toEqual([
      "account.created",
      "invitation.created",
      "invitation.accepted",
    ]);
  });

  test("ten at once: one of them sets the password", async () => {
    const token = tokenOf((await invite()).link);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 10 }, (_, index) => accept(token, `${password} ${index}`)),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await house.db.oneTimeLink.count({ where: { hash: sha256(token), spentAt: { not: null } } })).toBe(1);
  });

  test("a newer one, a day, a changed account and a disabled one void it", async () => {
    const [renewed, old, moved, disabled] = [await invite(), await invite(), await invite(), await invite()];
    await inviteAgain(house.ctx, { userId: renewed.userId, by: "cli" });
    await house.db.user.update({ where: { id: moved.userId }, data: { credentialVersion: 2 } });
    await house.db.user.update({ where: { id: disabled.userId }, data: { disabledAt: house.ctx.now } });
    for (const { link } of [renewed, moved, disabled])
      expect(await refused(accept(tokenOf(link)))).toBe("setup.link_over");
    house.clock.move(milliseconds(days(1) - 1));
    expect(await readInvitation(house.ctx, tokenOf(old.link))).not.toBeNull();
    house.clock.move(milliseconds(1));
    expect(await refused(accept(tokenOf(old.link)))).toBe("setup.link_over");
  });

  test("for somebody who has an authenticator app leads to the second door, not past it, and ends their sessions", async () => {
    const person = await makePerson(house.ctx);
    await withTotp(house.ctx, person);
    await openSessionFor(house.ctx, person);
    const { credentialVersion } = await house.db.user.findUniqueOrThrow({ where: { id: person.userId } });
    const again = await inviteAgain(house.ctx, { userId: person.userId, by: "cli" });
    expect(again?.hasFactor).toBe(true);
    const started = await accept(tokenOf(again?.link ?? null));
    expect(started.next).toBe("answer");
    expect(await claimLogin(house.ctx, started.pass)).toBeNull();
    expect(
      await house.db.session.count({ where: { userId: person.userId, credentialVersion: credentialVersion + 1 } }),
    ).toBe(0);
  });

  test("e-mails and user names are unique in every variant, also at once", async () => {
    const email = mail();
    await invite(email, "hedy");
    expect(await refused(invite(email.toUpperCase()))).toBe("setup.taken");
    expect(await refused(invite(mail(), "HEDY"))).toBe("setup.taken");
    const shared = mail();
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) => invite(index % 2 === 0 ? shared : ` ${shared.toUpperCase()} `)),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });
});

test("a new password by an invitation ends the wait that strangers had made: it logs in at once", async () => {
  const person = await makePerson(house.ctx);
  for (let time = 0; time < 6; time += 1)
    await refused(knock(house.stranger(), person, { password: "not the password at all" }));
  const again = await inviteAgain(house.ctx, { userId: person.userId, by: "cli" });
  await accept(tokenOf(again?.link ?? null), "nine slow ferries to nowhere");
  const login = await knock(house.stranger(), person, { password: "nine slow ferries to nowhere" });
  expect(login.userId).toBe(person.userId);
});

test("a password set by invitation has no failures as a step-up proof", async () => {
  const person = await makePerson(house.ctx);
  const proof = bucketKey("factor.password", person.userId);
  await consumeWaitingTry(house.ctx, proof, ruleOfKind("password"));
  const again = await inviteAgain(house.ctx, { userId: person.userId, by: "cli" });
  await accept(tokenOf(again?.link ?? null));
  expect(await house.db.bucket.count({ where: { key: proof } })).toBe(0);
});
