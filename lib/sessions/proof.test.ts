import { describe, expect, test } from "vitest";
import { claimLogin } from "@/lib/challenge/claim-login";
import { sha256 } from "@/lib/crypto/digest";
import { ensure } from "@/lib/kernel/assert";
import { earlier, minutes } from "@/lib/kernel/duration";
import { isFresh } from "@/lib/sessions/session";
import { findLiveSession, noteProof, renewProof } from "@/lib/sessions/store";
import { knock, openHouse } from "@/lib/testing/story";
import { makePerson, monday, openSessionFor, type TestPerson } from "@/lib/testing/test-context";

const house = openHouse();

const nine = minutes(9);
const ten = minutes(10);

describe("a proof is fresh", () => {
  test.each([
    ["password", [], nine, true],
    ["password", [], ten, false],
    ["totp", [], nine, true],
    ["totp", ["totp"], nine, true],
    ["totp", ["totp"], ten, false],
    ["password", ["totp"], nine, false],
    ["password", ["email"], nine, false],
    ["sms", ["totp", "sms"], nine, false],
    ["email", ["totp", "email"], nine, false],
    ["email", ["sms", "email"], nine, false],
    ["sms", ["sms", "email"], nine, true],
    ["totp", ["sms", "email"], nine, true],
    ["email", ["email"], nine, true],
    ["recovery", ["totp", "sms"], nine, true],
    ["recovery", ["email"], ten, false],
    ["a kind of tomorrow", ["totp"], nine, false],
    ["password", ["a kind of tomorrow"], nine, false],
    ["totp", ["totp", "a kind of tomorrow"], nine, true],
  ] as const)("given with %s by somebody who holds %o, %i ms ago: %s", (provenWith, kinds, age, fresh) =>
    expect(isFresh({ provenWith, kinds, provenAt: earlier(monday, age) }, monday)).toBe(fresh),
  );

  test.each([
    ["email", ["sms", "email"], ["totp", "email"], true],
    ["password", ["sms"], ["totp"], false],
    ["email", ["sms"], ["totp"], false],
    ["recovery", ["sms"], ["totp"], true],
    ["sms", ["totp", "sms"], ["totp"], false],
  ] as const)(
    "with %s by somebody who holds %o while only %o can be asked for: %s",
    (provenWith, kinds, askable, fresh) =>
      expect(isFresh({ provenWith, kinds, provenAt: monday }, monday, { askable })).toBe(fresh),
  );
});

/** Gives a person an active factor of a kind, by its row alone: nobody answers with it here. */
async function hold({ userId }: TestPerson, kind: string): Promise<void> {
  const id = house.ctx.random.id();
  await house.db.factor.create({ data: { id, userId, kind, state: "ACTIVE", label: kind, createdAt: house.ctx.now } });
}

const level = async (id: string) => (await house.db.session.findUniqueOrThrow({ where: { id } })).aal;

describe("a session", () => {
  test("knows what its person holds by kind, the strongest first, and nothing of what is pending", async () => {
    const ada = await makePerson(house.ctx);
    const { token, session } = await openSessionFor(house.ctx, ada);
    expect(session).toMatchObject({ held: {}, kinds: [], policy: null });
    for (const kind of ["email", "totp", "totp", "sms"]) await hold(ada, kind);
    await house.db.factor.updateMany({ where: { userId: ada.userId, kind: "sms" }, data: { state: "PENDING" } });
    await house.db.user.update({ where: { id: ada.userId }, data: { policy: { demand: "on" } } });
    expect(await findLiveSession(house.ctx, sha256(token))).toMatchObject({
      held: { email: 1, totp: 2 },
      kinds: ["totp", "email"],
      policy: { demand: "on" },
    });
  });

  test.each([
    ["password", 1],
    ["email", 1],
    ["sms", 2],
    ["totp", 2],
    ["recovery", 2],
  ] as const)("that a login with %s opened stands at level %i", async (kind, aal) => {
    const ada = await makePerson(house.ctx);
    const { pass } = await knock(house.ctx, ada);
    const satisfiedWith = kind === "password" ? null : kind;
    await house.db.challenge.update({ where: { id: pass.challengeId }, data: { satisfiedWith } });
    const opened = await claimLogin(house.ctx, pass);
    ensure(opened, "the login is claimed");
    expect(await house.db.session.findFirst({ where: { userId: ada.userId } })).toMatchObject({
      aal,
      provenWith: kind,
    });
  });

  test("rises with a stronger proof and never falls with a weaker one", async () => {
    const ada = await makePerson(house.ctx);
    const { id, userId } = (await openSessionFor(house.ctx, ada)).session;
    const levels: number[] = [];
    for (const kind of ["email", "totp", "email"]) {
      await renewProof(house.ctx, { id, userId, tokenHash: sha256(house.ctx.random.token()), with: kind });
      levels.push(await level(id));
    }
    expect(levels).toEqual([1, 2, 2]);
  });
});

describe("binding one more factor", () => {
  test("of the strongest kind is a fresh proof", async () => {
    const ada = await makePerson(house.ctx);
    const { id } = (await openSessionFor(house.ctx, ada)).session;
    await hold(ada, "email");
    await noteProof(house.ctx, id, ada.userId, "email");
    expect(await house.db.session.findUnique({ where: { id } })).toMatchObject({ provenWith: "email", aal: 1 });
    await hold(ada, "totp");
    await noteProof(house.ctx, id, ada.userId, "totp");
    expect(await house.db.session.findUnique({ where: { id } })).toMatchObject({ provenWith: "totp", aal: 2 });
  });

  test("of a weaker kind leaves the proof of the stronger one as it is, age and all", async () => {
    const ada = await makePerson(house.ctx);
    const { id } = (await openSessionFor(house.ctx, ada)).session;
    await hold(ada, "totp");
    await noteProof(house.ctx, id, ada.userId, "totp");
    const provenAt = house.ctx.now;
    house.clock.move(minutes(5));
    await hold(ada, "sms");
    await noteProof(house.ctx, id, ada.userId, "sms");
    expect(await house.db.session.findUnique({ where: { id } })).toMatchObject({
      provenWith: "totp",
      aal: 2,
      provenAt,
    });
  });

  test("is nobody else's proof", async () => {
    const [ada, grace] = [await makePerson(house.ctx), await makePerson(house.ctx)];
    const { id } = (await openSessionFor(house.ctx, ada)).session;
    await noteProof(house.ctx, id, grace.userId, "totp");
    expect(await house.db.session.findUnique({ where: { id } })).toMatchObject({ provenWith: "password", aal: 1 });
  });
});
