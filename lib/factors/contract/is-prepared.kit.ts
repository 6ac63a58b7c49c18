import { expect, test } from "vitest";
import type { Pass } from "@/lib/challenge/challenge";
import { prepareAnswer } from "@/lib/challenge/prepare-answer";
import { readPrepared } from "@/lib/challenge/read-challenge";
import { answer, owner, type UnderContract } from "@/lib/factors/contract/under-contract.kit";
import { strategies } from "@/lib/factors/registry";
import { type House, refused } from "@/lib/testing/story";
import type { TestPerson } from "@/lib/testing/test-context";

/** What must happen before an answer is possible: nothing, a code that is sent, or the options of a ceremony. A visit writes nothing. */
export function isPrepared(house: House, factor: UnderContract): void {
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
    expect(await read(pass)).toMatchObject({ how, sent: { sentTo: null, mayAskAgain: true } });
    const before = await written(person);
    await prepare(pass);
    expect(await written(person)).toBe(before + 2); // the code's row and its letter
    expect(await read(pass)).toMatchObject({ how, sent: { sentTo: expect.stringContaining("•••") } });
  });

  if (how === "ceremony") ownOptions(house, factor);
}

function ownOptions(house: House, factor: UnderContract): void {
  const { kind } = factor;
  const read = (pass: Pass) => readPrepared(house.stranger(), pass, kind);

  test("its options are the step's own: the same at each visit, and good for no other", async () => {
    const { right, knock } = await owner(house, factor);
    const [first, second] = [await knock(), await knock()];
    const options = await read(first);
    expect([options?.how, await read(first)]).toEqual(["ceremony", options]);
    expect(await read(second)).not.toEqual(options);
    expect(await refused(answer(house.stranger(), second, kind, await right(first)))).toBe(strategies[kind].wrong);
  });
}
