import { claimLogin } from "@/lib/challenge/claim-login";
import { beginAtLogin, confirmAtLogin } from "@/lib/challenge/enrol-at-login";
import { prepareAnswer } from "@/lib/challenge/prepare-answer";
import type { Ctx } from "@/lib/context/context";
import { ensure } from "@/lib/kernel/assert";
import { lastCode } from "@/lib/testing/letters";
import { numberIn } from "@/lib/testing/numbers";
import { enter, passes, passOf, rowsOfLogin, wordsOf } from "@/lib/testing/races/logins";
import { type Course, type Race, word } from "@/lib/testing/races/race";
import { makePerson, type TestPerson, withAddress } from "@/lib/testing/test-context";

type SentCodeKind = "sms" | "email";

/** Another address in every round, in a block of its own: what is sent to one address is counted for a day. */
const addressOf = (kind: SentCodeKind, round: number) =>
  kind === "sms" ? numberIn(round, round) : `round-${round}@mail.example.test`;

const send = (ctx: Ctx, pass: string, kind: SentCodeKind) =>
  prepareAnswer(ctx, { pass: passOf(pass), kind, factorId: null, sessionId: null });

const codesSpent = async (ctx: Ctx, course: Course) =>
  [
    "spent codes",
    await ctx.db.oneTimeCode.count({ where: { userId: word(course, "userId"), spentAt: { not: null } } }),
    1,
  ] as const;

/** What was sent to this person, as letters, codes and events tell it. */
async function rowsOfSend(ctx: Ctx, course: Course) {
  const userId = word(course, "userId");
  const urgent = { userId, urgent: true };
  return [
    ["messages", await ctx.db.letter.count({ where: urgent }), 1],
    ["codes", await ctx.db.oneTimeCode.count({ where: { userId } }), 1],
    ["sends recorded", await ctx.db.securityEvent.count({ where: { subjectId: userId, name: "code.posted" } }), 1],
  ] as const;
}

/** Somebody with one address, between the doors. */
async function atTheDoor(ctx: Ctx, kind: SentCodeKind, round: number) {
  const person = await makePerson(ctx);
  await withAddress(ctx, person, kind, addressOf(kind, round));
  const [pass = ""] = await passes(ctx, person, 1);
  return { userId: person.userId, pass };
}

function verifyRace(name: string, kind: SentCodeKind): Race {
  return {
    name,
    prepare: async (ctx, round) => {
      const { userId, pass } = await atTheDoor(ctx, kind, round);
      await send(ctx, pass, kind);
      return { userId, pass, code: await lastCode(ctx, userId) };
    },
    attempt: (ctx, course) => enter(ctx, passOf(word(course, "pass")), kind, word(course, "code")),
    count: async (ctx, course) => [...(await rowsOfLogin(ctx, course)), await codesSpent(ctx, course)],
  };
}

const sendRace: Race = {
  name: "fifty sends on one challenge: one message",
  prepare: (ctx, round) => atTheDoor(ctx, "sms", round),
  attempt: async (ctx, course) => (await send(ctx, word(course, "pass"), "sms")) === "sms",
  count: rowsOfSend,
};

/** Somebody who must have a second factor and has none, between the doors. */
async function withNothing(ctx: Ctx): Promise<{ readonly person: TestPerson; readonly pass: string }> {
  const person = await makePerson(ctx);
  await ctx.db.user.update({ where: { id: person.userId }, data: { policy: { demand: "on" } } });
  const [pass = ""] = await passes(ctx, person, 1);
  return { person, pass };
}

const begin = (ctx: Ctx, pass: string, destination: string) =>
  beginAtLogin(ctx, { pass: passOf(pass), kind: "sms", given: { destination } });

const beginRace: Race = {
  name: "one login, one number given fifty times: one message",
  prepare: async (ctx, round) => {
    const { person, pass } = await withNothing(ctx);
    return { userId: person.userId, pass, number: addressOf("sms", round) };
  },
  attempt: async (ctx, course) => {
    await begin(ctx, word(course, "pass"), word(course, "number"));
    return true;
  },
  count: async (ctx, course) => [
    ...(await rowsOfSend(ctx, course)),
    ["pending ones", await ctx.db.factor.count({ where: { userId: word(course, "userId"), state: "PENDING" } }), 1],
  ],
};

/** Makes the first set of recovery codes unnecessary: that is slow, and one round in four shows that it is made once. */
async function giveOneCode(ctx: Ctx, userId: string): Promise<void> {
  const moments = { activeAt: ctx.now, createdAt: ctx.now };
  await ctx.db.recoveryCode.create({
    data: { id: ctx.random.id(), userId, setId: "set", salt: "", hash: "", format: "", position: 0, ...moments },
  });
}

const enrolRace: Race = {
  name: "one enrolment during a login, fifty confirmations",
  prepare: async (ctx, round) => {
    const { person, pass: first } = await withNothing(ctx);
    const { userId } = person;
    const isFirstSet = round % 4 === 0;
    if (!isFirstSet) await giveOneCode(ctx, userId);
    const visitor = { ip: `10.1.${round % 256}.${1 + (round >> 8)}`, agent: "race" }; // a network has its own budget
    const { pass } = await begin({ ...ctx, visitor }, first, addressOf("sms", round));
    ensure(pass, "the first beginning gives another token");
    return { userId, pass: wordsOf(pass), code: await lastCode(ctx, userId), codes: isFirstSet ? "10" : "1" };
  },
  attempt: async (ctx, course) => {
    const pass = passOf(word(course, "pass"));
    const answer = { code: word(course, "code") };
    await confirmAtLogin(ctx, { pass, kind: "sms", answer, label: "", defaultLabel: "Phone" });
    return (await claimLogin(ctx, pass)) !== null;
  },
  count: async (ctx, course) => {
    const userId = word(course, "userId");
    const sets = await ctx.db.recoveryCode.groupBy({ by: ["setId"], where: { userId } });
    return [
      ...(await rowsOfLogin(ctx, course)),
      await codesSpent(ctx, course),
      ["active factors", await ctx.db.factor.count({ where: { userId, state: "ACTIVE" } }), 1],
      ["pending ones", await ctx.db.factor.count({ where: { userId, state: "PENDING" } }), 0],
      ["sets of recovery codes", sets.length, 1],
      ["recovery codes", await ctx.db.recoveryCode.count({ where: { userId } }), Number(word(course, "codes"))],
    ];
  },
};

/** The races for sent codes. */
export const sentCodeRaces: readonly Race[] = [
  verifyRace("one text message code, fifty verifies", "sms"),
  verifyRace("one e-mail code, fifty verifies", "email"),
  sendRace,
  beginRace,
  enrolRace,
];
