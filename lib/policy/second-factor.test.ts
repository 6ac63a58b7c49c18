import { describe, expect, test } from "vitest";
import { readPersonPolicy, storedPolicy } from "@/lib/policy/person-policy";
import {
  type Demanded,
  type DemandRules,
  demandOn,
  heldOf,
  kindsOf,
  mustBind,
  mustProve,
  owedOnceDemanded,
  stillOwed,
  strengthFor,
} from "@/lib/policy/second-factor";
import { isStrongEnough } from "@/lib/policy/strength";
import { boundKinds, traits } from "@/lib/policy/traits";

const now = new Date("2030-01-07T09:00:00.000Z");
const yesterday = new Date("2030-01-06T00:00:00.000Z");
const nextMonth = new Date("2030-02-01T00:00:00.000Z");
const spring = new Date("2030-03-01T00:00:00.000Z");

const rules: DemandRules = {
  demand: "admins",
  from: null,
  kinds: ["totp"],
  count: 1,
  emailCounts: false,
  strength: "any",
};
const all: DemandRules = { ...rules, demand: "everyone", kinds: ["totp", "sms", "email"] };
const ada = (policy: unknown = null) => ({ isAdmin: false, policy });
const barbara = (policy: unknown = null) => ({ isAdmin: true, policy });

describe("whom it is demanded of, and from when", () => {
  test.each([
    ["off", ada(), "never"],
    ["off", barbara(), "never"],
    ["admins", ada(), "never"],
    ["admins", barbara(), "now"],
    ["everyone", ada(), "now"],
    ["off", ada({ demand: "on" }), "now"],
    ["everyone", ada({ demand: "off" }), "never"],
    ["admins", barbara({ demand: "off" }), "never"],
  ] as const)("SECOND_FACTOR=%s, somebody who is %o: %s", (demand, person, when) => {
    const asked = demandOn(person, { ...rules, demand }, now);
    expect({ isDemanded: asked.isDemanded, from: asked.from }).toEqual({ isDemanded: when === "now", from: null });
  });

  test.each([
    ["a day that is over changes nothing", ada(), yesterday, true, null],
    ["before the day nothing is demanded, and the day is told", ada(), nextMonth, false, nextMonth],
    ["the day itself counts from midnight UTC on", ada(), now, true, null],
    ["somebody with an earlier day of their own", ada({ from: "2030-01-06" }), nextMonth, true, null],
    ["somebody with a later day of their own", ada({ from: "2030-03-01" }), yesterday, false, spring],
    [
      "what is asked of one person apart does not wait for the day of everybody",
      ada({ demand: "on" }),
      nextMonth,
      true,
      null,
    ],
    ["but for their own", ada({ demand: "on", from: "2030-03-01" }), null, false, spring],
    ["who is asked nothing has no day", ada({ demand: "off", from: "2030-03-01" }), null, false, null],
  ] as const)("%s", (_, person, from, isDemanded, told) => {
    expect(demandOn(person, { ...rules, demand: "everyone", from }, now)).toMatchObject({ isDemanded, from: told });
  });
});

describe("what may be bound, and what counts", () => {
  test.each([
    ["everything that is listed", ada(), all, ["totp", "sms", "email"]],
    ["nothing that is not listed, whoever is allowed it apart", ada({ kinds: ["sms", "email"] }), rules, ["totp"]],
    ["an app always and first, e-mail last", ada({ kinds: ["email", "sms"] }), all, ["totp", "sms", "email"]],
    ["only what one person is allowed", ada({ kinds: ["email"] }), all, ["totp", "email"]],
    ["never e-mail for an administrator", barbara(), all, ["totp", "sms"]],
    ["not even where they are allowed it apart", barbara({ kinds: ["email"] }), all, ["totp"]],
  ] as const)("%s", (_, person, listed, kinds) => expect(demandOn(person, listed, now).kinds).toEqual(kinds));

  test.each([
    ["as for everybody", ada(), { ...all, count: 2, emailCounts: true }, 2, true],
    ["one person apart", ada({ count: 3, emailCounts: true }), all, 3, true],
    ["one person strictly", ada({ emailCounts: false }), { ...all, emailCounts: true }, 1, false],
    ["never for an administrator", barbara({ emailCounts: true }), { ...all, emailCounts: true }, 1, false],
  ] as const)("how many, and whether e-mail counts: %s", (_, person, listed, count, emailCounts) =>
    expect(demandOn(person, listed, now)).toMatchObject({ count, emailCounts }),
  );
});

describe("what is strong enough", () => {
  const strict = { ...all, kinds: boundKinds, strength: "phishing-resistant" } as const;
  const resistant = boundKinds.filter((kind) => traits[kind].phishingResistant);
  const of = (person: Demanded, listed: DemandRules) => [strengthFor(person, listed), demandOn(person, listed, now)];

  test.each([
    ["of everybody", ada(), strict],
    ["of one person apart", ada({ strength: "phishing-resistant" }), { ...strict, strength: "any" }],
    [
      "of one person in part damaged",
      ada({ strength: "phishing-resistant", count: 9 }),
      { ...strict, strength: "any" },
    ],
    ["of everybody, and their own is damaged", ada({ strength: "any", count: 9 }), strict],
  ] as const)("asked %s, nothing else may be bound", (_, person, listed) => {
    const [strength, demand] = of(person, listed);
    expect([strength, demand]).toEqual(["phishing-resistant", expect.objectContaining({ strength, kinds: resistant })]);
  });

  test("somebody may be spared it apart, and recovery codes and the password are no kinds of factor", () => {
    expect(of(ada({ strength: "any" }), strict)).toEqual(["any", expect.objectContaining({ strength: "any" })]);
    for (const kind of [...resistant, "recovery", "password"])
      expect(isStrongEnough(kind, "phishing-resistant")).toBe(true);
    for (const kind of boundKinds.filter((kind) => !resistant.includes(kind)))
      expect([isStrongEnough(kind, "any"), isStrongEnough(kind, "phishing-resistant")]).toEqual([true, false]);
  });

  test.each([
    ["any", "totp", 1, false],
    ["any", "recovery", 1, false],
    ["any", "totp", 0, true],
    ["phishing-resistant", "recovery", 1, true],
    ["phishing-resistant", "passkey", 1, false],
    ["phishing-resistant", "password", 0, true],
  ] as const)(
    "where %s is, a session proven by %s that holds %i of it may only bind: %s",
    (strength, provenWith, n, limited) => {
      const demand = demandOn(ada(), { ...all, strength }, now);
      expect(mustBind({ provenWith }, demand, n === 0 ? {} : { strong: n })).toBe(limited);
    },
  );

  test.each([
    ["any", "totp", 1, false],
    ["phishing-resistant", "totp", 1, true],
    ["phishing-resistant", "sms", 1, true],
    ["phishing-resistant", "totp", 0, false],
    ["phishing-resistant", "passkey", 1, false],
    ["phishing-resistant", "recovery", 1, false],
    ["any", "password", 1, false],
    ["phishing-resistant", "password", 1, true],
    ["phishing-resistant", "password", 0, false],
  ] as const)("where %s is, a session proven by %s that holds %i of it must prove itself anew: %s", (...asked) => {
    const [strength, provenWith, n, isAsked] = asked;
    expect(mustProve({ provenWith }, { strength }, n === 0 ? {} : { strong: n })).toBe(isAsked);
  });
});

describe("what is stored for one person", () => {
  test.each([{ demand: "on" }, { from: "2030-03-01", count: 2 }, { kinds: ["totp", "email"], emailCounts: true }])(
    "%o is read as it was written",
    (stored) => {
      const { policy, isWhole } = readPersonPolicy(stored);
      expect([isWhole, JSON.parse(storedPolicy(policy) ?? "null")]).toEqual([true, stored]);
    },
  );

  test("nothing apart is stored as nothing", () => expect(storedPolicy({ demand: undefined })).toBeNull());

  test.each([
    "on",
    7,
    [],
    [{ demand: "off" }],
    { demand: "OFF" },
    { wish: "none" },
    { from: "soon" },
    { count: 0 },
    { kinds: [] },
  ])("damaged, %o, it is no exception and no fault", (stored) => {
    expect(readPersonPolicy(stored).isWhole).toBe(false);
    for (const person of [ada, barbara])
      expect(demandOn(person(stored), all, now)).toEqual(demandOn(person(), all, now));
  });

  test("damaged in part, only what makes it stricter counts", () => {
    const broken = { demand: "off", from: "2030-03-01", count: 3, emailCounts: true, kinds: ["totp", "sms"], wish: 1 };
    expect(demandOn(ada(broken), all, now)).toEqual({
      isDemanded: true,
      from: null,
      kinds: ["totp", "sms"],
      count: 3,
      emailCounts: false,
      strength: "any",
    });
    expect(demandOn(ada({ demand: "on", from: 5 }), { ...all, demand: "off" }, now).isDemanded).toBe(true);
    const early = demandOn(ada({ from: "2030-02-01", count: "2" }), { ...all, from: spring }, now);
    expect(early).toMatchObject({ isDemanded: false, from: nextMonth });
  });
});

describe("what is still owed", () => {
  const demanded = { isDemanded: true, count: 1, emailCounts: false };
  test.each([
    [demanded, {}, 1],
    [demanded, { totp: 1 }, 0],
    [demanded, { sms: 1 }, 0],
    [demanded, { totp: 2, sms: 3 }, 0],
    [demanded, { email: 2 }, 1],
    [{ ...demanded, emailCounts: true }, { email: 1 }, 0],
    [{ ...demanded, count: 2 }, { totp: 1 }, 1],
    [{ ...demanded, count: 2 }, { totp: 1, email: 1 }, 1],
    [{ ...demanded, count: 2 }, { totp: 2 }, 0],
    [{ ...demanded, count: 3, emailCounts: true }, { totp: 1, email: 1 }, 1],
    [{ ...demanded, isDemanded: false, count: 3 }, {}, 0],
  ])("of %o by somebody who holds %o: %i", (demand, held, owed) => expect(stillOwed(demand, held)).toBe(owed));

  test("before the day nothing is, but what will be can be said", () => {
    const demand = demandOn(ada(), { ...all, from: nextMonth, count: 2 }, now);
    expect([stillOwed(demand, { totp: 1 }), owedOnceDemanded(demand, { totp: 1 })]).toEqual([0, 1]);
  });
});

test("factors are counted by kind, and kinds stand in the order of their strength", () => {
  const held = heldOf([{ kind: "email" }, { kind: "totp" }, { kind: "a kind of tomorrow" }, { kind: "totp" }]);
  expect(held).toEqual({ email: 1, totp: 2, "a kind of tomorrow": 1 });
  expect(kindsOf({ ...held, sms: 0 })).toEqual(["totp", "email", "a kind of tomorrow"]);
});
