import { acceptInvitation } from "@/lib/account/accept-invitation";
import type { Ctx } from "@/lib/context/context";
import { sha256 } from "@/lib/crypto/digest";
import { beginEnrolment } from "@/lib/factors/begin-enrolment";
import { binderOf } from "@/lib/factors/binder-of";
import { confirmEnrolment } from "@/lib/factors/confirm-enrolment";
import { findPendingView } from "@/lib/factors/list-factors";
import { removeFactor } from "@/lib/factors/remove-factor";
import { codeAt } from "@/lib/factors/totp/code";
import { invitePerson } from "@/lib/operator/invite-person";
import { apiRaces } from "@/lib/testing/races/api-races";
import { actorOf, signedIn } from "@/lib/testing/races/insiders";
import { linkRaces } from "@/lib/testing/races/link-races";
import { lockoutRaces } from "@/lib/testing/races/lockout-races";
import { enter, passes, passOf, rowsOfLogin } from "@/lib/testing/races/logins";
import { passkeyRaces } from "@/lib/testing/races/passkey-races";
import { pendingRaces } from "@/lib/testing/races/pending-races";
import { type Course, type Race, turn, word } from "@/lib/testing/races/race";
import { resetRaces } from "@/lib/testing/races/reset-races";
import { sentCodeRaces } from "@/lib/testing/races/sent-code-races";
import { trustRaces } from "@/lib/testing/races/trust-races";
import { makePerson, withRecoveryCodes, withTotp } from "@/lib/testing/test-context";
import { findAccount } from "@/lib/users/store";

const stepsUsed = async (ctx: Ctx, course: Course) =>
  [
    "used steps",
    await ctx.db.factor.count({ where: { userId: word(course, "userId"), lastStep: { not: null } } }),
    1,
  ] as const;
const codesUsed = async (ctx: Ctx, course: Course) =>
  [
    "used codes",
    await ctx.db.recoveryCode.count({ where: { userId: word(course, "userId"), usedAt: { not: null } } }),
    1,
  ] as const;
const codesLeft = async (ctx: Ctx, course: Course) =>
  [
    "codes left",
    await ctx.db.recoveryCode.count({ where: { userId: word(course, "userId"), usedAt: null } }),
    10,
  ] as const;

function totpRace(name: string, tokens: number): Race {
  return {
    name,
    prepare: async (ctx) => {
      const person = await makePerson(ctx);
      const app = await withTotp(ctx, person);
      return { userId: person.userId, passes: await passes(ctx, person, tokens), code: app.codeAt(ctx.now) };
    },
    attempt: (ctx, course, index) => enter(ctx, passOf(turn(course, "passes", index)), "totp", word(course, "code")),
    count: async (ctx, course) => [...(await rowsOfLogin(ctx, course)), await stepsUsed(ctx, course)],
  };
}

/** `tokens` logins and `spread` of the ten codes of the set. */
function recoveryRace(name: string, tokens: number, spread: number): Race {
  return {
    name,
    prepare: async (ctx) => {
      const person = await makePerson(ctx);
      await withTotp(ctx, person);
      const codes = (await withRecoveryCodes(ctx, person)).slice(0, spread);
      return { userId: person.userId, passes: await passes(ctx, person, tokens), codes };
    },
    attempt: (ctx, course, index) =>
      enter(ctx, passOf(turn(course, "passes", index)), "recovery", turn(course, "codes", index)),
    count: async (ctx, course) => [
      ...(await rowsOfLogin(ctx, course)),
      await codesUsed(ctx, course),
      await codesLeft(ctx, course),
    ],
  };
}

const confirmRace: Race = {
  name: "one enrolment, one code: confirmed fifty times",
  prepare: async (ctx, round) => {
    const person = await makePerson(ctx, { isAdmin: true });
    const course = await signedIn(ctx, person);
    const actor = actorOf(course);
    const hasCodes = round % 4 !== 0; // making a first set is slow: one round in four shows that it is made once
    if (hasCodes)
      await ctx.db.recoveryCode.create({
        data: {
          id: ctx.random.id(),
          userId: person.userId,
          setId: "set",
          salt: "",
          hash: "",
          format: "",
          position: 0,
          activeAt: ctx.now,
          createdAt: ctx.now,
        },
      });
    await beginEnrolment(ctx, { binder: binderOf(actor), kind: "totp", replacesId: null, given: {} });
    const secret = (await findPendingView(ctx, binderOf(actor), "totp"))?.shown.secret ?? "";
    return { ...course, code: codeAt(secret, ctx.now), codes: hasCodes ? "1" : "10" };
  },
  attempt: async (ctx, course) => {
    await confirmEnrolment(ctx, {
      actor: actorOf(course),
      kind: "totp",
      answer: { code: word(course, "code") },
      label: "",
      defaultLabel: "App",
    });
    return true;
  },
  count: async (ctx, course) => [
    ["active apps", await ctx.db.factor.count({ where: { userId: word(course, "userId"), state: "ACTIVE" } }), 1],
    ["pending ones", await ctx.db.factor.count({ where: { userId: word(course, "userId"), state: "PENDING" } }), 0],
    [
      "recovery codes",
      await ctx.db.recoveryCode.count({ where: { userId: word(course, "userId") } }),
      Number(word(course, "codes")),
    ],
    await stepsUsed(ctx, course),
  ],
};

const removeRace: Race = {
  name: "two factors, one demanded: both removed fifty times",
  prepare: async (ctx) => {
    const person = await makePerson(ctx, { isAdmin: true });
    const apps = [await withTotp(ctx, person, "Phone"), await withTotp(ctx, person, "Tablet")];
    return { ...(await signedIn(ctx, person)), factors: apps.map(({ factorId }) => factorId) };
  },
  attempt: async (ctx, course, index) => {
    await removeFactor(ctx, { actor: actorOf(course), factorId: turn(course, "factors", index) });
    return true;
  },
  count: async (ctx, course) => [
    ["factors left", await ctx.db.factor.count({ where: { userId: word(course, "userId"), state: "ACTIVE" } }), 1],
    [
      "removals recorded",
      await ctx.db.securityEvent.count({ where: { subjectId: word(course, "userId"), name: "factor.removed" } }),
      1,
    ],
  ],
};

const invitationRace: Race = {
  name: "one invitation link, fifty passwords",
  prepare: async (ctx) => {
    const { userId, link } = await invitePerson(ctx, {
      email: `${ctx.random.bytes(8).toString("hex")}@example.test`,
      username: null,
      isAdmin: false,
      by: "race",
    });
    return { userId, token: link.split("/").at(-1) ?? "" };
  },
  attempt: async (ctx, course, index) => {
    await acceptInvitation(ctx, { token: word(course, "token"), password: `fourteen brave lanterns ${index}` });
    return true;
  },
  count: async (ctx, course) => [
    [
      "spent links",
      await ctx.db.oneTimeLink.count({ where: { hash: sha256(word(course, "token")), spentAt: { not: null } } }),
      1,
    ],
    ["passwords set", ((await findAccount(ctx, word(course, "userId")))?.credentialVersion ?? 0) - 1, 1],
    ["logins begun", await ctx.db.challenge.count({ where: { userId: word(course, "userId") } }), 1],
  ],
};

/** Every race of the house. */
export const races: readonly Race[] = [
  totpRace("one token, one code", 1),
  totpRace("twenty tokens, one code", 20),
  recoveryRace("one token, ten valid recovery codes", 1, 10),
  recoveryRace("three tokens, one recovery code", 3, 1),
  confirmRace,
  removeRace,
  invitationRace,
  ...sentCodeRaces,
  ...lockoutRaces,
  ...apiRaces,
  ...pendingRaces,
  ...trustRaces,
  ...resetRaces,
  ...linkRaces,
  ...passkeyRaces,
];
