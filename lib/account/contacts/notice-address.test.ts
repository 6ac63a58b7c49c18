import { describe, expect, test } from "vitest";
import { acceptInvitation } from "@/lib/account/accept-invitation";
import { beginProof } from "@/lib/account/contacts/begin-proof";
import { confirmProof } from "@/lib/account/contacts/confirm-proof";
import { insider, prove, someMailbox, toldAt } from "@/lib/account/contacts/contacts.kit";
import { setLoginPhone } from "@/lib/account/contacts/login-phone";
import { removeNoticeAddress } from "@/lib/account/contacts/notice-address";
import { readContacts } from "@/lib/account/contacts/read-contacts";
import { prepareAnswer } from "@/lib/challenge/prepare-answer";
import { inTransaction } from "@/lib/context/context";
import { removeFactor } from "@/lib/factors/remove-factor";
import { days, minutes } from "@/lib/kernel/duration";
import { listToldAddresses } from "@/lib/notices/told-addresses";
import { changePhone } from "@/lib/operator/change-phone";
import { invitePerson } from "@/lib/operator/invite-person";
import { sweep } from "@/lib/sweep/sweep";
import { lastCode, lettersOf, sendingSettings } from "@/lib/testing/letters";
import { answer } from "@/lib/testing/second-door";
import { atSecondDoor, openHouse, refused } from "@/lib/testing/story";
import { makePerson, openSessionFor, withAddress, withTotp } from "@/lib/testing/test-context";

const house = openHouse(sendingSettings);

const told = async (userId: string) => (await listToldAddresses(house.ctx, userId)).map(({ to, is }) => [is, to]);
const user = (id: string) => house.db.user.findUniqueOrThrow({ where: { id } });

describe("a further address", () => {
  test("hears nothing before its code is typed, and of everything from then on, this first", async () => {
    const { person, actor } = await insider(house.ctx);
    const further = someMailbox(house.ctx);
    await beginProof(house.ctx, { actor, purpose: "further", typed: further });
    expect(await told(person.userId)).toEqual([["login", person.email]]);
    await confirmProof(house.ctx, { actor, purpose: "further", code: await lastCode(house.ctx, person.userId) });
    expect(await told(person.userId)).toEqual([
      ["login", person.email],
      ["further", further],
    ]);
    expect(await toldAt(house.ctx, person.userId, "contact.added")).toEqual([person.email, further]);
  });

  test("a thief at an open session who takes it away does not silence it: it hears of that, and of a week more", async () => {
    const { person, actor } = await insider(house.ctx);
    const further = someMailbox(house.ctx);
    await prove(house.ctx, actor, "further", further);
    const [contact] = (await readContacts(house.ctx, actor))?.further ?? [];
    await inTransaction(house.ctx, (tx) => removeNoticeAddress(tx, { userId: person.userId, id: contact?.id ?? "" }));
    expect(await toldAt(house.ctx, person.userId, "contact.removed")).toEqual([person.email, further]);
    house.clock.move(days(7) - minutes(1));
    expect(await told(person.userId)).toEqual([
      ["login", person.email],
      ["former", further],
    ]);
    house.clock.move(minutes(2));
    expect(await told(person.userId)).toEqual([["login", person.email]]);
    expect((await sweep(house.ctx)).noticeAddresses).toBeGreaterThan(0);
  });

  test("is given once, is not the login e-mail, and five are the most", async () => {
    const { person, actor } = await insider(house.ctx);
    const begin = (typed: string) => refused(beginProof(house.ctx, { actor, purpose: "further", typed }));
    const further = someMailbox(house.ctx);
    await prove(house.ctx, actor, "further", further);
    expect(await begin(person.email)).toBe("contacts.is_login");
    expect(await begin(further)).toBe("contacts.there_already");
    const moments = { createdAt: house.ctx.now, confirmedAt: house.ctx.now };
    await house.db.noticeAddress.createMany({
      data: Array.from({ length: 4 }, (_, n) => ({
        ...moments,
        id: house.ctx.random.id(),
        userId: person.userId,
        channel: "mail",
        handle: `h${n}`,
        address: "sealed",
      })),
    });
    expect(await begin(someMailbox(house.ctx))).toBe("contacts.too_many");
  });
});

test("a number that was a second factor hears for a week after it was removed", async () => {
  const { person } = await insider(house.ctx);
  const factorId = await withAddress(house.ctx, person, "sms", "+12025550188");
  await withTotp(house.ctx, person);
  const { actor } = await openSessionFor(house.ctx, person);
  await removeFactor(house.ctx, { actor, factorId });
  expect(await told(person.userId)).toEqual([
    ["login", person.email],
    ["former", "+12025550188"],
  ]);
});

describe("that the login e-mail is read", () => {
  const unconfirmed = async () => {
    const made = await insider(house.ctx);
    await house.db.user.update({ where: { id: made.person.userId }, data: { emailConfirmedAt: null } });
    return made;
  };

  test("is known from a code that was typed, once", async () => {
    const { person, actor } = await unconfirmed();
    expect((await readContacts(house.ctx, actor))?.isEmailConfirmed).toBe(false);
    await prove(house.ctx, actor, "confirm");
    expect((await user(person.userId)).emailConfirmedAt).toEqual(house.ctx.now);
    expect(await refused(beginProof(house.ctx, { actor, purpose: "confirm", typed: "" }))).toBe(
      "contacts.confirmed_already",
    );
  });

  test("is known from an invitation that was taken up, and from a code at the second door that went there", async () => {
    const email = someMailbox(house.ctx);
    const { userId, link } = await invitePerson(house.ctx, { email, username: null, isAdmin: false, by: "cli" });
    expect((await user(userId)).emailConfirmedAt).toBeNull();
    await acceptInvitation(house.ctx, { token: link.split("/").at(-1) ?? "", password: "seven quiet herons at dawn" });
    expect((await user(userId)).emailConfirmedAt).toEqual(house.ctx.now);

    const { person } = await unconfirmed();
    const elsewhere = await withAddress(house.ctx, person, "email", someMailbox(house.ctx));
    const own = await withAddress(house.ctx, person, "email", person.email);
    for (const [factorId, isKnown] of [
      [elsewhere, false],
      [own, true],
    ] as const) {
      house.clock.move(minutes(2));
      const pass = await atSecondDoor(house.stranger(), person.userId);
      await prepareAnswer(house.stranger(), { pass, kind: "email", factorId, sessionId: null });
      await answer(house.stranger(), pass, "email", await lastCode(house.ctx, person.userId));
      expect((await user(person.userId)).emailConfirmedAt !== null).toBe(isKnown);
    }
  });
});

describe("a number to log in with", () => {
  test("is proven by a message, and goes when its owner says so", async () => {
    const { person, actor } = await insider(house.ctx);
    await prove(house.ctx, actor, "phone", "(202) 555-0177");
    expect((await user(person.userId)).phone).toBe("+12025550177");
    await inTransaction(house.ctx, (tx) => setLoginPhone(tx, { userId: person.userId, phone: null }));
    expect((await user(person.userId)).phone).toBeNull();
    const each = [person.email, "+12025550177"];
    expect(await toldAt(house.ctx, person.userId, "phone.changed")).toEqual([...each, ...each]);
  });

  test("a thief who puts another in its place, or takes it away, does not silence it: it hears of that, and of a week more", async () => {
    const { person, actor } = await insider(house.ctx);
    await prove(house.ctx, actor, "phone", "(202) 555-0178");
    await prove(house.ctx, actor, "phone", "(202) 555-0179");
    expect(await told(person.userId)).toEqual([
      ["login", person.email],
      ["phone", "+12025550179"],
      ["former", "+12025550178"],
    ]);
    house.clock.move(days(7) + minutes(1));
    expect(await told(person.userId)).toHaveLength(2);
    await changePhone(house.ctx, { userId: person.userId, typed: null, by: "cli" });
    expect(await told(person.userId)).toEqual([
      ["login", person.email],
      ["former", "+12025550179"],
    ]);
    const last = (await toldAt(house.ctx, person.userId, "phone.changed")).slice(-2);
    expect(last).toEqual([person.email, "+12025550179"]);
  });

  test("that an operator typed is written to nobody, also in the place of a proven one that an older portal changed", async () => {
    const { person, actor } = await insider(house.ctx);
    await changePhone(house.ctx, { userId: person.userId, typed: "+12025550180", by: "cli" });
    expect(await told(person.userId)).toEqual([["login", person.email]]);
    expect(await toldAt(house.ctx, person.userId, "phone.changed")).toEqual([person.email]);
    await prove(house.ctx, actor, "phone", "(202) 555-0181");
    await house.db.user.update({ where: { id: person.userId }, data: { phone: "+12025550182" } });
    expect(await told(person.userId)).toEqual([["login", person.email]]);
  });

  test("of somebody else's: the same answer, no message, and a letter to whoever has it", async () => {
    const [ada, eve] = [await makePerson(house.ctx), await insider(house.ctx)];
    await changePhone(house.ctx, { userId: ada.userId, typed: "+12125550166", by: "cli" });
    await beginProof(house.ctx, { actor: eve.actor, purpose: "phone", typed: "+1 212 555 0166" });
    expect(await lettersOf(house.ctx, eve.person.userId)).toEqual([]);
    expect(await toldAt(house.ctx, ada.userId, "contact.taken")).toEqual([ada.email]);
  });
});
