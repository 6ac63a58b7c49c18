import { describe, expect, test } from "vitest";
import { beginAtLogin, confirmAtLogin, readAtLogin } from "@/lib/challenge/enrol-at-login";
import { cancelEnrolment } from "@/lib/factors/cancel-enrolment";
import { handOutCode } from "@/lib/factors/recovery/hand-out";
import { handingOut, kind, shownForm } from "@/lib/factors/recovery/hand-out.kit";
import { countUnused, listUnused } from "@/lib/factors/recovery/store";
import { strategies } from "@/lib/factors/registry";
import { findPending } from "@/lib/factors/store";
import { minutes } from "@/lib/kernel/duration";
import { sweep } from "@/lib/sweep/sweep";
import { eventNames, knock, openHouse, refused } from "@/lib/testing/story";
import { makePerson, withRecoveryCodes, withTotp } from "@/lib/testing/test-context";

const house = openHouse();
const { actorOf, begin, associate, right, confirm, recover, bound, rowsOf } = handingOut(house);

describe("handed out and not confirmed", () => {
  test("it opens nothing, is not counted and is nobody's way in", async () => {
    const person = await makePerson(house.ctx);
    const { code } = await associate(await actorOf(person));
    expect(code).toMatch(shownForm);
    expect(await countUnused(house.ctx, person.userId)).toBe(0);
    expect(await strategies.recovery.held(house.ctx, person.userId)).toEqual([]);
    await withTotp(house.ctx, person);
    expect(await refused(recover(person, code))).toBe("recovery.wrong_code");
    expect(await rowsOf(person)).toMatchObject([{ activeAt: null, usedAt: null, format: "hex-28" }]);
  });

  test("beside an active set it opens nothing either", async () => {
    const person = await makePerson(house.ctx);
    await withTotp(house.ctx, person);
    await withRecoveryCodes(house.ctx, person);
    const { code } = await associate(await actorOf(person));
    expect(await refused(recover(person, code))).toBe("recovery.wrong_code");
    expect(await countUnused(house.ctx, person.userId)).toBe(10);
  });

  test("asked again for the same factor, another one takes its place", async () => {
    const person = await makePerson(house.ctx);
    const actor = await actorOf(person);
    const { code, secret, factorId } = await associate(actor);
    const again = await handOutCode(house.ctx, { userId: actor.userId, factorId });
    expect(await rowsOf(person)).toHaveLength(1);
    await confirm(actor, secret);
    expect(await refused(recover(person, code))).toBe("recovery.wrong_code");
    expect((await recover(person, again)).userId).toBe(person.userId);
  });

  test("none is handed out with a factor that waits no more, or is another person's", async () => {
    const { person, factorId } = await bound();
    const ada = await makePerson(house.ctx);
    const waiting = await associate(await actorOf(ada));
    const { userId } = person;
    expect(await refused(handOutCode(house.ctx, { userId, factorId }))).toBe("factors.enrolment_gone");
    expect(await refused(handOutCode(house.ctx, { userId, factorId: waiting.factorId }))).toBe(
      "factors.enrolment_gone",
    );
    house.clock.move(minutes(10));
    expect(await refused(handOutCode(house.ctx, { userId: ada.userId, factorId: waiting.factorId }))).toBe(
      "factors.enrolment_gone",
    );
  });
});

describe("confirmed", () => {
  test("it is the set: it opens once and shows another of its own format, which works", async () => {
    const { person, code } = await bound();
    const { reveal } = await recover(person, code);
    const [other = ""] = reveal?.codes ?? [];
    expect(reveal?.codes).toHaveLength(1);
    expect(other).toMatch(shownForm);
    expect(other).not.toBe(code);
    expect(await refused(recover(person, code))).toBe("recovery.wrong_code");
    expect((await recover(person, other)).userId).toBe(person.userId);
    expect(await countUnused(house.ctx, person.userId)).toBe(1);
    expect(await eventNames(house.ctx, person.userId)).toContain("recovery.generated");
  });

  test("typed large, with spaces or without dashes it is the same code", async () => {
    const { person, code } = await bound();
    let current = code;
    const variants = [
      (c: string) => c.toUpperCase(),
      (c: string) => c.replaceAll("-", " "),
      (c: string) => ` ${c.replaceAll("-", "")} `,
      (c: string) => c.replaceAll("0", "O").replaceAll("1", "l"),
    ];
    for (const variant of variants) current = (await recover(person, variant(current))).reveal?.codes[0] ?? "";
    expect(current).toMatch(shownForm);
  });

  test("two uses at once: one yes, one replacement", async () => {
    const { person, code } = await bound();
    const outcomes = await Promise.allSettled([recover(person, code), recover(person, code), recover(person, code)]);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await countUnused(house.ctx, person.userId)).toBe(1);
  });

  test("it joins the ten of the portal, of which each works and is replaced in its own format", async () => {
    const person = await makePerson(house.ctx);
    await withTotp(house.ctx, person);
    const ten = await withRecoveryCodes(house.ctx, person);
    const actor = await actorOf(person);
    const { code, secret } = await associate(actor);
    expect((await confirm(actor, secret)).codes).toBeNull();
    const codes = await listUnused(house.ctx, person.userId);
    expect(codes).toHaveLength(11);
    expect(new Set(codes.map(({ setId, salt }) => `${setId} ${salt}`)).size).toBe(1);
    expect((await recover(person, code)).reveal?.codes[0]).toMatch(shownForm);
    expect((await recover(person, ten[4] ?? "")).reveal?.codes[0]).toMatch(/^[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}$/);
    expect(await countUnused(house.ctx, person.userId)).toBe(11);
    expect(await eventNames(house.ctx, person.userId)).toContain("recovery.added");
  });

  test("it takes the place of the one that was handed out before it, and of none of the ten", async () => {
    const { person, code } = await bound();
    const actor = await actorOf(person);
    const next = await associate(actor);
    expect((await recover(person, code)).userId).toBe(person.userId); // still good: the next one is not confirmed
    await confirm(actor, next.secret);
    const codes = await listUnused(house.ctx, person.userId);
    expect(codes).toMatchObject([{ format: "hex-28" }]);
    expect((await recover(person, next.code)).userId).toBe(person.userId);
  });

  test("two confirmations at once: one binds, and its code is good", async () => {
    const person = await makePerson(house.ctx);
    const actor = await actorOf(person);
    const { code, secret } = await associate(actor);
    const outcomes = await Promise.allSettled([confirm(actor, secret), confirm(actor, secret)]);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await countUnused(house.ctx, person.userId)).toBe(1);
    expect((await recover(person, code)).userId).toBe(person.userId);
  });

  test("of two that were handed out to somebody without codes, the first to be confirmed is the set and takes the other's app along", async () => {
    const person = await makePerson(house.ctx);
    const [one, other] = [await actorOf(person), await actorOf(person)];
    const [first, second] = [await associate(one), await associate(other)];
    expect(await rowsOf(person)).toHaveLength(2);
    await confirm(one, first.secret);
    expect(await refused(confirm(other, second.secret))).toBe("factors.enrolment_gone");
    expect(await rowsOf(person)).toHaveLength(1);
    expect((await recover(person, first.code)).userId).toBe(person.userId);
  });
});

describe("a pending app that goes takes its code along", () => {
  test("when it is given up, or begun anew", async () => {
    const person = await makePerson(house.ctx);
    const actor = await actorOf(person);
    await associate(actor);
    const { factorId } = await associate(actor);
    expect(await rowsOf(person)).toMatchObject([{ factorId }]);
    await cancelEnrolment(house.ctx, { actor, kind });
    expect(await rowsOf(person)).toEqual([]);
  });

  test("another session's stays", async () => {
    const person = await makePerson(house.ctx);
    const [mine, theirs] = [await actorOf(person), await actorOf(person)];
    const { factorId } = await associate(mine);
    await associate(theirs);
    await cancelEnrolment(house.ctx, { actor: theirs, kind });
    expect(await rowsOf(person)).toMatchObject([{ factorId }]);
  });

  test("when its ten minutes are over: it cannot be confirmed, and the sweep takes both", async () => {
    const person = await makePerson(house.ctx);
    const actor = await actorOf(person);
    house.clock.move(minutes(11));
    await sweep(house.ctx); // what earlier stories left behind
    const { secret } = await associate(actor);
    expect(await sweep(house.ctx)).toMatchObject({ enrolments: 0, handedOutCodes: 0 });
    house.clock.move(minutes(10) + 1);
    expect(await refused(confirm(actor, secret))).toBe("factors.enrolment_gone");
    expect(await sweep(house.ctx)).toMatchObject({ enrolments: 1, handedOutCodes: 1 });
    expect(await rowsOf(person)).toEqual([]);
  });

  test("the sweep takes none that is good", async () => {
    const { person, code } = await bound();
    house.clock.move(minutes(30));
    expect(await sweep(house.ctx)).toMatchObject({ handedOutCodes: 0 });
    expect((await recover(person, code)).userId).toBe(person.userId);
  });
});

test("where no code was handed out, an app's session makes no first codes either: it could not show them", async () => {
  const person = await makePerson(house.ctx);
  const actor = { ...(await actorOf(person)), clientId: "shop-front" };
  await house.db.session.update({ where: { id: actor.sessionId }, data: { clientId: actor.clientId } });
  const { secret } = await begin(actor);
  expect(await confirm(actor, secret)).toMatchObject({ codes: null, sessionToken: null });
  expect(await rowsOf(person)).toEqual([]);
});

test("in a login that binds its first app, nothing is shown at the end and the code is good", async () => {
  const person = await makePerson(house.ctx, { isAdmin: true });
  const { pass, next } = await knock(house.stranger(), person, { app: { id: "shop-front", demands: true } });
  expect(next).toBe("enrol");
  await beginAtLogin(house.stranger(), { pass, kind, given: {} });
  const owner = { userId: person.userId, begunIn: pass.challengeId };
  const factorId = (await findPending(house.ctx, owner, kind))?.id ?? "";
  const code = await handOutCode(house.ctx, { userId: person.userId, factorId });
  const secret = (await readAtLogin(house.ctx, { pass, kind }))?.pending.shown.secret ?? "";
  const confirming = { pass, kind, answer: right(secret), label: "", defaultLabel: "App" };
  expect((await confirmAtLogin(house.stranger(), confirming)).reveal).toBeNull();
  expect((await recover(person, code)).userId).toBe(person.userId);
});
