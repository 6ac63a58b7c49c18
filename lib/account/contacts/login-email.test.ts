import { describe, expect, test } from "vitest";
import { beginProof } from "@/lib/account/contacts/begin-proof";
import { confirmProof } from "@/lib/account/contacts/confirm-proof";
import { insider, prove, revertTokenTo, someMailbox, toldAt } from "@/lib/account/contacts/contacts.kit";
import { readRevert, revertEmail } from "@/lib/account/contacts/revert-email";
import { sha256 } from "@/lib/crypto/digest";
import { hours } from "@/lib/kernel/duration";
import { changeEmail } from "@/lib/operator/change-email";
import { invitePerson } from "@/lib/operator/invite-person";
import { findLiveSession } from "@/lib/sessions/store";
import { lastCode, lettersOf, sendingSettings } from "@/lib/testing/letters";
import { openHouse, refused } from "@/lib/testing/story";
import { makePerson, openSessionFor } from "@/lib/testing/test-context";

const house = openHouse(sendingSettings);

const user = (id: string) => house.db.user.findUniqueOrThrow({ where: { id } });
const isLive = async (token: string) => (await findLiveSession(house.ctx, sha256(token))) !== null;

describe("the login e-mail is changed by its owner", () => {
  test("by a code to the new one: this session lives on, the others end, and the old mailbox alone gets the way back", async () => {
    const { person, actor } = await insider(house.ctx);
    const other = await openSessionFor(house.ctx, person);
    const next = someMailbox(house.ctx);
    const { kept } = await prove(house.ctx, actor, "login", ` ${next.toUpperCase()} `);
    expect(kept?.endedSessions).toBe(1);
    expect([await isLive(kept?.sessionToken ?? ""), await isLive(other.token)]).toEqual([true, false]);
    expect(await user(person.userId)).toMatchObject({ email: next, emailConfirmedAt: house.ctx.now });
    expect(await toldAt(house.ctx, person.userId, "email.moved")).toEqual([next]);
    expect(await toldAt(house.ctx, person.userId, "email.moved_away")).toEqual([person.email]);
  });

  test("and nothing of it happens before the code, nor with one of another session or purpose", async () => {
    const { person, actor } = await insider(house.ctx);
    const elsewhere = await openSessionFor(house.ctx, person);
    await beginProof(house.ctx, { actor, purpose: "login", typed: someMailbox(house.ctx) });
    const code = await lastCode(house.ctx, person.userId);
    for (const [who, purpose] of [
      [elsewhere.actor, "login"],
      [actor, "further"],
    ] as const)
      expect(await refused(confirmProof(house.ctx, { actor: who, purpose, code }))).toBe("contacts.proof_over");
    expect((await user(person.userId)).email).toBe(person.email);
  });

  test("nor with the code in somebody else's session, whether they prove an address themselves or not", async () => {
    const [ada, eve] = [await insider(house.ctx), await insider(house.ctx)];
    await beginProof(house.ctx, { actor: ada.actor, purpose: "login", typed: someMailbox(house.ctx) });
    const code = await lastCode(house.ctx, ada.person.userId);
    const byEve = () => refused(confirmProof(house.ctx, { actor: eve.actor, purpose: "login", code }));
    expect(await byEve()).toBe("contacts.proof_over");
    await beginProof(house.ctx, { actor: eve.actor, purpose: "login", typed: someMailbox(house.ctx) });
    expect(await byEve()).toBe("contacts.wrong_code");
    for (const { person } of [ada, eve]) expect((await user(person.userId)).email).toBe(person.email);
    await confirmProof(house.ctx, { actor: ada.actor, purpose: "login", code }); // no try of hers was used up
  });

  test("five wrong codes end it, what is no code costs nothing, and every code that was sent is good until then", async () => {
    const { actor } = await insider(house.ctx);
    await beginProof(house.ctx, { actor, purpose: "login", typed: someMailbox(house.ctx) });
    const right = await lastCode(house.ctx, actor.userId);
    const wrong = right.replace(/\d/g, (digit) => String((Number(digit) + 1) % 10));
    const attempt = (code: string) => refused(confirmProof(house.ctx, { actor, purpose: "login", code }));
    for (let time = 0; time < 7; time += 1) expect(await attempt("1234")).toBe("contacts.malformed_code");
    for (let time = 0; time < 4; time += 1) expect(await attempt(wrong)).toBe("contacts.wrong_code");
    expect(await attempt(wrong)).toBe("contacts.proof_over");
    expect(await attempt(right)).toBe("contacts.proof_over");
  });
});

describe("an address that somebody else has", () => {
  test("is answered like any other; its mailbox gets a letter in the place of the code, and no code is right", async () => {
    const [ada, eve] = [await makePerson(house.ctx), await insider(house.ctx)];
    await beginProof(house.ctx, { actor: eve.actor, purpose: "login", typed: ada.email });
    expect(await lettersOf(house.ctx, eve.person.userId)).toEqual([]);
    expect(await toldAt(house.ctx, ada.userId, "contact.taken")).toEqual([ada.email]);
    expect(await refused(confirmProof(house.ctx, { actor: eve.actor, purpose: "login", code: "12345678" }))).toBe(
      "contacts.wrong_code",
    );
  });

  test("of two who prove the same one at once exactly one gets it; the other reads why, and loses no code", async () => {
    for (let round = 0; round < 5; round += 1) {
      const next = someMailbox(house.ctx);
      const two = [await insider(house.ctx), await insider(house.ctx)];
      for (const { actor } of two) await beginProof(house.ctx, { actor, purpose: "login", typed: next });
      const codes = await Promise.all(two.map(({ actor }) => lastCode(house.ctx, actor.userId)));
      const results = await Promise.allSettled(
        two.map(({ actor }, at) => confirmProof(house.ctx, { actor, purpose: "login", code: codes[at] ?? "" })),
      );
      const lost = results.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
      expect(lost).toMatchObject([{ id: "account.email_taken" }]);
      expect(await house.db.user.count({ where: { email: next } })).toBe(1);
      expect(
        await house.db.contactProof.count({ where: { userId: { in: two.map((one) => one.person.userId) } } }),
      ).toBe(1);
    }
  });

  test("two changes of one account at once: the newer is waited for, the older reads that it is over", async () => {
    const { person, actor } = await insider(house.ctx);
    const other = await openSessionFor(house.ctx, person);
    await beginProof(house.ctx, { actor, purpose: "login", typed: someMailbox(house.ctx) });
    const code = await lastCode(house.ctx, person.userId);
    house.clock.move(hours(1));
    const again = await openSessionFor(house.ctx, person);
    await beginProof(house.ctx, { actor: again.actor, purpose: "login", typed: someMailbox(house.ctx) });
    expect(await refused(confirmProof(house.ctx, { actor: other.actor, purpose: "login", code }))).toBe(
      "contacts.proof_over",
    );
    expect(await refused(confirmProof(house.ctx, { actor, purpose: "login", code }))).toBe("contacts.proof_over");
  });

  test("the old address is nobody else's for three days: no account, no change and no operator takes it", async () => {
    const { person, actor } = await insider(house.ctx);
    await prove(house.ctx, actor, "login", someMailbox(house.ctx));
    const invite = () => invitePerson(house.ctx, { email: person.email, username: null, isAdmin: false, by: "cli" });
    const grace = await makePerson(house.ctx);
    expect(await refused(invite())).toBe("setup.taken");
    expect(await refused(changeEmail(house.ctx, { userId: grace.userId, typed: person.email, by: "cli" }))).toBe(
      "account.email_taken",
    );
    const eve = await insider(house.ctx);
    await beginProof(house.ctx, { actor: eve.actor, purpose: "login", typed: person.email });
    expect(await toldAt(house.ctx, person.userId, "contact.taken")).toEqual([person.email]);
    expect(await house.db.user.count({ where: { email: person.email } })).toBe(0);
    house.clock.move(hours(72));
    expect((await invite()).userId).not.toBe("");
  });
});

describe("the old mailbox takes a change back", () => {
  test("a thief at an open session who moves the login e-mail, twice, loses everything to the first mailbox, which needs no login", async () => {
    const { person, actor } = await insider(house.ctx);
    const { userId, email } = person;
    const [first, second] = [someMailbox(house.ctx), someMailbox(house.ctx)];
    await prove(house.ctx, actor, "login", first);
    const token = await revertTokenTo(house.ctx, userId, email);
    house.clock.move(hours(2));
    const thief = await openSessionFor(house.ctx, person);
    await prove(house.ctx, thief.actor, "login", second);
    const thiefs = await revertTokenTo(house.ctx, userId, first);
    expect((await readRevert(house.ctx, token)).state).toBe("open");

    await revertEmail(house.stranger(), { token });
    expect(await user(userId)).toMatchObject({ email, passwordHash: null });
    expect(await house.db.session.count({ where: { userId } })).toBe(0);
    expect([(await readRevert(house.ctx, token)).state, (await readRevert(house.ctx, thiefs)).state]).toEqual([
      "used",
      "used",
    ]);
    expect(await refused(revertEmail(house.stranger(), { token: thiefs }))).toBe("contacts.revert_over");
    expect(await toldAt(house.ctx, userId, "email.reverted")).toEqual(expect.arrayContaining([email, first, second]));
  });

  test("the later mailbox first: the earlier one still has the last word", async () => {
    const { person, actor } = await insider(house.ctx);
    const first = someMailbox(house.ctx);
    await prove(house.ctx, actor, "login", first);
    house.clock.move(hours(2));
    await prove(house.ctx, (await openSessionFor(house.ctx, person)).actor, "login", someMailbox(house.ctx));
    await revertEmail(house.stranger(), { token: await revertTokenTo(house.ctx, person.userId, first) });
    expect((await user(person.userId)).email).toBe(first);
    await revertEmail(house.stranger(), { token: await revertTokenTo(house.ctx, person.userId, person.email) });
    expect((await user(person.userId)).email).toBe(person.email);
  });

  test("once, also among parallel presses; not after three days, not once an operator has said which address is theirs", async () => {
    const { person, actor } = await insider(house.ctx);
    await prove(house.ctx, actor, "login", someMailbox(house.ctx));
    const token = await revertTokenTo(house.ctx, person.userId, person.email);
    const presses = await Promise.allSettled(Array.from({ length: 8 }, () => revertEmail(house.stranger(), { token })));
    expect(presses.filter(({ status }) => status === "fulfilled")).toHaveLength(1);

    const late = await insider(house.ctx);
    await prove(house.ctx, late.actor, "login", someMailbox(house.ctx));
    const lateToken = await revertTokenTo(house.ctx, late.person.userId, late.person.email);
    house.clock.move(hours(72));
    expect(await refused(revertEmail(house.stranger(), { token: lateToken }))).toBe("contacts.revert_over");

    const helped = await insider(house.ctx);
    await prove(house.ctx, helped.actor, "login", someMailbox(house.ctx));
    const helpedToken = await revertTokenTo(house.ctx, helped.person.userId, helped.person.email);
    await changeEmail(house.ctx, { userId: helped.person.userId, typed: someMailbox(house.ctx), by: "cli" });
    expect(await refused(revertEmail(house.stranger(), { token: helpedToken }))).toBe("contacts.revert_over");
  });

  test("an address that nobody confirmed gets the news and no link", async () => {
    const { person, actor } = await insider(house.ctx);
    await house.db.user.update({ where: { id: person.userId }, data: { emailConfirmedAt: null } });
    const next = someMailbox(house.ctx);
    await prove(house.ctx, actor, "login", next);
    expect(await toldAt(house.ctx, person.userId, "email.moved_away")).toEqual([]);
    expect([...(await toldAt(house.ctx, person.userId, "email.moved"))].sort()).toEqual([person.email, next].sort());
  });
});
