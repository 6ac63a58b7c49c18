import { describe, expect, test } from "vitest";
import { answerChallenge } from "@/lib/challenge/answer-challenge";
import type { Pass } from "@/lib/challenge/challenge";
import { readPendingPrepared } from "@/lib/challenge/enrol-at-login";
import { prepareAnswer } from "@/lib/challenge/prepare-answer";
import { readPrepared } from "@/lib/challenge/read-challenge";
import type { PreparedView } from "@/lib/challenge/view";
import type { Ctx } from "@/lib/context/context";
import { beginEnrolment } from "@/lib/factors/begin-enrolment";
import { binderOf } from "@/lib/factors/binder-of";
import { confirmEnrolment } from "@/lib/factors/confirm-enrolment";
import { findPendingView, listFactors } from "@/lib/factors/list-factors";
import { strategies } from "@/lib/factors/registry";
import type { Answer } from "@/lib/factors/strategy";
import { isBoundKind } from "@/lib/policy/kinds";
import { bucketOf } from "@/lib/policy/throttle-rules";
import { type FactorKind, fallback } from "@/lib/policy/traits";
import { aloud, atSecondDoor, type House, refused, whileBroken } from "@/lib/testing/story";
import { makePerson, openSessionFor, type TestPerson, withTotp } from "@/lib/testing/test-context";

/** An answer: what is typed into the kind's one field, or all fields by their names. */
type Given = string | Answer;

/** What a kind brings along to be tested by the contract. */
export type UnderContract = {
  readonly kind: FactorKind;
  /** Gives a person the factor. Out: a right answer for a moment and a challenge, and every secret that must stay unseen. */
  readonly give: (
    ctx: Ctx,
    person: TestPerson,
  ) => Promise<{
    readonly right: (at: Date, pass: Pass) => Given | Promise<Given>;
    readonly secrets: readonly string[];
  }>;
  /** Well formed, never right. */
  readonly wrong: Given;
  /** What may stand in the kind's field, everything else missing, and is no answer. */
  readonly malformed: readonly unknown[];
  /** For kinds that are bound: what is typed to begin, and a right answer to what beginning showed, sent or asks the browser for. */
  readonly binding: {
    readonly given: Answer;
    readonly right: (begun: {
      readonly shown: Readonly<Record<string, string>>;
      readonly prepared: PreparedView | null;
      readonly userId: string;
      readonly at: Date;
    }) => Given | Promise<Given>;
  } | null;
};

/** The tests that every factor must pass. A new kind hands itself over in five lines. */
export function keepsTheContract(house: House, factor: UnderContract): void {
  describe(`the contract of every factor: ${factor.kind}`, () => {
    answersOnce(house, factor);
    refusesTheRest(house, factor);
    countsFairly(house, factor);
    isPrepared(house, factor);
    if (factor.binding) bindsSafely(house, factor, factor.binding);
  });
}

const fieldsOf = (kind: FactorKind, given: Given): Answer =>
  typeof given === "string" ? { [strategies[kind].field]: given } : given;

const answer = (ctx: Ctx, pass: Pass, kind: FactorKind, given: Given) =>
  answerChallenge(ctx, { pass, kind, answer: fieldsOf(kind, given), sessionId: null });

async function owner(house: House, factor: UnderContract) {
  const person = await makePerson(house.ctx);
  if (factor.kind === fallback) await giveBoundFactor(house, person);
  const { right, secrets } = await factor.give(house.ctx, person);
  return {
    person,
    right: async (pass: Pass) => right(house.clock.now(), pass),
    secrets,
    knock: () => atSecondDoor(house.stranger(), person.userId),
  };
}

/** One field, and a person fills it. */
const isTyped = ({ wrong }: UnderContract): boolean => typeof wrong === "string";

/** Codes never stand alone: their owner has something bound. */
async function giveBoundFactor(house: House, person: TestPerson): Promise<void> {
  await withTotp(house.ctx, person);
}

function answersOnce(house: House, factor: UnderContract): void {
  const { used } = strategies[factor.kind];

  test("the right answer passes, the same again does not", async () => {
    const { person, right, knock } = await owner(house, factor);
    const pass = await knock();
    const code = await right(pass);
    expect((await answer(house.stranger(), pass, factor.kind, code)).userId).toBe(person.userId);
    expect(await refused(answer(house.stranger(), await knock(), factor.kind, code))).toBe(used);
  });

  test.runIf(isTyped(factor))("the right answer is right as a letter, a chat or a list hands it over", async () => {
    const { person, right, knock } = await owner(house, factor);
    const pass = await knock();
    const copied = `\u200e${[...String(await right(pass))].join("\u00ad")}\u200b.`;
    expect((await answer(house.stranger(), pass, factor.kind, copied)).userId).toBe(person.userId);
  });

  test("two at once: one wins, also in two logins", async () => {
    const { right, knock } = await owner(house, factor);
    const [first, second] = [await knock(), await knock()];
    const code = await right(first);
    const passes = [first, first, second];
    const outcomes = await Promise.allSettled(passes.map((pass) => answer(house.stranger(), pass, factor.kind, code)));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(
      await house.db.challenge.count({
        where: { state: "SATISFIED", id: { in: passes.map(({ challengeId }) => challengeId) } },
      }),
    ).toBe(1);
  });
}

function refusesTheRest(house: House, factor: UnderContract): void {
  const { wrong, field } = strategies[factor.kind];

  test("a wrong one is refused in the factor's own words", async () => {
    const { knock } = await owner(house, factor);
    expect(await refused(answer(house.stranger(), await knock(), factor.kind, factor.wrong))).toBe(wrong);
  });

  test("another person's right answer is a wrong one, and stays unspent", async () => {
    const [mine, theirs] = [await owner(house, factor), await owner(house, factor)];
    const pass = await theirs.knock();
    const code = await theirs.right(pass);
    expect(await refused(answer(house.stranger(), await mine.knock(), factor.kind, code))).toBe(wrong);
    expect((await answer(house.stranger(), pass, factor.kind, code)).userId).toBe(theirs.person.userId);
  });

  test("whoever does not have it reads the same words", async () => {
    const nobody = await makePerson(house.ctx);
    await giveBoundFactor(house, nobody);
    await house.db.factor.updateMany({ where: { userId: nobody.userId }, data: { kind: "none" } });
    const pass = await atSecondDoor(house.stranger(), nobody.userId);
    expect(await refused(answer(house.stranger(), pass, factor.kind, factor.wrong))).toBe(wrong);
  });

  test("malformed ones cost nothing", async () => {
    const { person, knock } = await owner(house, factor);
    const pass = await knock();
    for (const value of factor.malformed) {
      const attempt = answer(house.stranger(), pass, factor.kind, { [field]: value });
      expect(await refused(attempt), JSON.stringify(value)).toMatch(/\.malformed$/);
    }
    expect(await house.db.challenge.findUnique({ where: { id: pass.challengeId } })).toMatchObject({
      attemptsLeft: 5,
      consumed: [],
    });
    expect(await house.db.bucket.count({ where: { key: { contains: person.userId } } })).toBe(0);
  });
}

function countsFairly(house: House, factor: UnderContract): void {
  const bucket = bucketOf(factor.kind);

  test("a fault of ours refunds the try, and the answer is still good", async () => {
    const { person, right, knock } = await owner(house, factor);
    const pass = await knock();
    const code = await right(pass);
    await whileBroken(house.ctx, () =>
      expect(answer(house.stranger(), pass, factor.kind, code)).rejects.toThrow("broken"),
    );
    expect(await house.db.challenge.findUnique({ where: { id: pass.challengeId } })).toMatchObject({
      attemptsLeft: 5,
      consumed: [],
    });
    expect(
      await house.db.bucket.count({
        where: {
          key: { startsWith: "factor.", contains: person.userId },
          OR: [{ fails: { gt: 0 } }, { orphans: { gt: 0 } }],
        },
      }),
    ).toBe(0);
    expect((await answer(house.stranger(), pass, factor.kind, code)).userId).toBe(person.userId);
  });

  test("its tries are counted in its own bucket and no other", async () => {
    const { person, knock } = await owner(house, factor);
    await refused(answer(house.stranger(), await knock(), factor.kind, factor.wrong));
    const keys = (await house.db.bucket.findMany({ where: { key: { contains: person.userId } } })).map(
      ({ key }) => key,
    );
    expect(keys).toEqual(bucket === null ? [] : [`${bucket}:${person.userId}`]);
  });

  test("nothing secret stands in a view, an event, a row or the log", async () => {
    const { person, right, secrets, knock } = await owner(house, factor);
    const pass = await knock();
    const code = await right(pass);
    await answer(aloud(house.stranger()), pass, factor.kind, code);
    await refused(answer(aloud(house.stranger()), await knock(), factor.kind, code));
    const { userId } = person;
    const seen = [
      ...[
        await listFactors(house.ctx, { userId, deviceId: null }),
        await house.db.factor.findMany({ where: { userId } }),
        await house.db.recoveryCode.findMany({ where: { userId } }),
        await house.db.oneTimeCode.findMany({ where: { userId } }),
        await house.db.letter.findMany({ where: { userId }, omit: { seq: true } }),
      ],
      ...[await house.db.securityEvent.findMany({ where: { subjectId: userId }, omit: { id: true } }), house.logged()],
    ];
    expect(house.logged().join("")).toContain("challenge.answered");
    const typed = Object.values(fieldsOf(factor.kind, code)).map(String);
    for (const hidden of [...secrets, ...typed]) expect(JSON.stringify(seen)).not.toContain(hidden);
  });
}

/** What must happen before an answer is possible: nothing, a code that is sent, or the options of a ceremony. A visit writes nothing. */
function isPrepared(house: House, factor: UnderContract): void {
  const { kind } = factor;
  const how = strategies[kind].prepare?.how ?? "nothing";
  const read = (pass: Pass) => readPrepared(house.stranger(), pass, kind);
  const prepare = (pass: Pass) =>
    prepareAnswer(house.stranger(), { pass, kind, factorId: null, sessionId: null }).catch(String);
  const written = async ({ userId }: TestPerson) =>
    (await house.db.letter.count({ where: { userId } })) + (await house.db.oneTimeCode.count({ where: { userId } }));

  test("a visit writes nothing, and secrets stay out of what a page is given", async () => {
    const { person, secrets, knock } = await owner(house, factor);
    const pass = await knock();
    const before = await written(person);
    const seen = JSON.stringify([await read(pass), await read(pass)]);
    expect(await written(person)).toBe(before);
    for (const hidden of secrets) expect(seen).not.toContain(hidden);
  });

  test.runIf(how === "nothing")("nothing has to happen before an answer", async () => {
    const { person, knock } = await owner(house, factor);
    const pass = await knock();
    const before = await written(person);
    await prepare(pass);
    expect([await read(pass), await written(person)]).toEqual([null, before]);
  });

  test.runIf(how === "send")("its code is sent when somebody asks, and is told masked", async () => {
    const { person, knock } = await owner(house, factor);
    const pass = await knock();
    expect(await read(pass)).toMatchObject({ how, post: { sentTo: null, mayAskAgain: true } });
    const before = await written(person);
    await prepare(pass);
    expect(await written(person)).toBe(before + 2); // the code's row and its letter
    expect(await read(pass)).toMatchObject({ how, post: { sentTo: expect.stringContaining("•••") } });
  });

  test.runIf(how === "ceremony")(
    "its options are the step's own: the same at each visit, and good for no other",
    async () => {
      const { right, knock } = await owner(house, factor);
      const [first, second] = [await knock(), await knock()];
      const options = await read(first);
      expect([options?.how, await read(first)]).toEqual([how, options]);
      expect(await read(second)).not.toEqual(options);
      expect(await refused(answer(house.stranger(), second, kind, await right(first)))).toBe(strategies[kind].wrong);
    },
  );
}

function bindsSafely(house: House, factor: UnderContract, binding: NonNullable<UnderContract["binding"]>): void {
  async function begun() {
    const { person, right } = await owner(house, factor);
    const { actor } = await openSessionFor(house.ctx, person);
    if (!isBoundKind(factor.kind)) throw new Error(`${factor.kind} is not bound.`);
    await beginEnrolment(house.ctx, {
      binder: binderOf(actor),
      kind: factor.kind,
      replacesId: null,
      given: binding.given,
    });
    const view = await findPendingView(house.ctx, binderOf(actor), factor.kind);
    if (!view) throw new Error("Nothing is pending.");
    const prepared = await readPendingPrepared(house.ctx, binderOf(actor), factor.kind);
    const pass = await atSecondDoor(house.stranger(), person.userId);
    return {
      person,
      right,
      pass,
      begun: { shown: view.shown, prepared, userId: person.userId, at: house.clock.now() },
    };
  }

  test("what is pending opens no challenge", async () => {
    const { pass, begun: pending } = await begun();
    const code = await binding.right(pending);
    const refusal = await refused(answer(house.stranger(), pass, factor.kind, code));
    const tells = [strategies[factor.kind].wrong, ...(typeof code === "string" ? [] : [`${factor.kind}.malformed`])];
    expect(tells).toContain(refusal); // of several fields some may be the confirmation's own
  });

  test("beginning again leaves the active one working", async () => {
    const { person, pass, right } = await begun();
    expect((await answer(house.stranger(), pass, factor.kind, await right(pass))).userId).toBe(person.userId);
  });

  test("confirmed once, in the session that began it and no other; then it answers", async () => {
    const { person } = await owner(house, factor);
    const [{ actor: thief }, { actor }] = [
      await openSessionFor(house.ctx, person),
      await openSessionFor(house.ctx, person),
    ];
    if (!isBoundKind(factor.kind)) throw new Error(`${factor.kind} is not bound.`);
    const { kind } = factor;
    await beginEnrolment(house.ctx, { binder: binderOf(actor), kind, replacesId: null, given: binding.given });
    const view = await findPendingView(house.ctx, binderOf(actor), kind);
    if (!view) throw new Error("Nothing is pending.");
    const prepared = await readPendingPrepared(house.ctx, binderOf(actor), kind);
    const { userId } = person;
    const given = await binding.right({ shown: view.shown, prepared, userId, at: house.clock.now() });
    const confirm = (by: typeof actor) =>
      confirmEnrolment(house.ctx, { actor: by, kind, answer: fieldsOf(kind, given), label: "", defaultLabel: "New" });
    expect(await refused(confirm(thief))).toBe("factors.enrolment_gone");
    const outcomes = await Promise.allSettled([confirm(actor), confirm(actor), confirm(actor)]);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect((await listFactors(house.ctx, { ...person, deviceId: null })).map(({ label }) => label)).toContain("New");
  });
}
