import { Client } from "pg";
import { describe, expect, test, vi } from "vitest";
import { keepsTheContract } from "@/lib/factors/contract/contract.kit";
import {
  canonicalCode,
  handedOutFormat,
  newCode,
  newCodeIn,
  newHandedOutCode,
  portalFormat,
  written,
} from "@/lib/factors/recovery/codes";
import { regenerateCodes } from "@/lib/factors/regenerate-codes";
import { systemRandom } from "@/lib/kernel/random";
import { answer } from "@/lib/testing/second-door";
import { textOf } from "@/lib/testing/statements/count";
import { atSecondDoor, eventNames, openHouse, refused } from "@/lib/testing/story";
import { makePerson, openSessionFor, withRecoveryCodes, withTotp } from "@/lib/testing/test-context";

const house = openHouse();

keepsTheContract(house, {
  kind: "recovery",
  give: async (ctx, person) => {
    const codes = await withRecoveryCodes(ctx, person);
    return { right: () => codes[0] ?? "", secrets: codes.flatMap((code) => [code, code.replaceAll("-", "")]) };
  },
  wrong: "0000-0000-0000-0000",
  malformed: [
    "",
    "ABCD-EFGH-JKMN",
    "ABCD-EFGH-JKMN-PQRU",
    "ABCD-EFGH-JKMN-PQRS-T",
    1234567890123456,
    null,
    ["x"],
    "A".repeat(129),
  ],
  binding: null,
});

async function hedy() {
  const person = await makePerson(house.ctx);
  await withTotp(house.ctx, person);
  const codes = await withRecoveryCodes(house.ctx, person);
  const { actor } = await openSessionFor(house.ctx, person);
  const knock = () => atSecondDoor(house.stranger(), person.userId);
  return { person, codes, actor, knock };
}
const unused = (userId: string) => house.db.recoveryCode.count({ where: { userId, usedAt: null } });

describe("using one", () => {
  test("spends it and shows the one that takes its place, which works", async () => {
    const { person, codes, knock } = await hedy();
    const { reveal } = await answer(house.ctx, await knock(), "recovery", codes[3] ?? "");
    const [other = ""] = reveal?.codes ?? [];
    expect(reveal?.codes).toHaveLength(1);
    expect(codes).not.toContain(other);
    expect(await unused(person.userId)).toBe(10);
    expect((await answer(house.ctx, await knock(), "recovery", other)).userId).toBe(person.userId);
    expect(await eventNames(house.ctx, person.userId)).toContain("recovery.used");
  });

  test("typed small, with spaces, without dashes or with look-alikes is the same code", async () => {
    const { person, codes, knock } = await hedy();
    const variants = [
      (c: string) => c.toLowerCase(),
      (c: string) => c.replaceAll("-", " "),
      (c: string) => c.replaceAll("-", ""),
      (c: string) => c.replaceAll("0", "O").replaceAll("1", "l"),
    ];
    for (const [index, variant] of variants.entries())
      expect((await answer(house.ctx, await knock(), "recovery", variant(codes[index] ?? ""))).userId).toBe(
        person.userId,
      );
  });

  test("ten codes on one login at once: one yes, exactly one spent, one replaced", async () => {
    const { person, codes, knock } = await hedy();
    const pass = await knock();
    const outcomes = await Promise.allSettled(codes.map((code) => answer(house.stranger(), pass, "recovery", code)));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await house.db.recoveryCode.count({ where: { userId: person.userId, usedAt: { not: null } } })).toBe(1);
    expect(await unused(person.userId)).toBe(10);
  });

  test("twice in one login is not possible: one sign-in spends at most one", async () => {
    const { person, codes, knock } = await hedy();
    const pass = await knock();
    await answer(house.ctx, pass, "recovery", codes[0] ?? "");
    expect(await refused(answer(house.ctx, pass, "recovery", codes[1] ?? ""))).toBe("challenge.expired");
    expect(await house.db.recoveryCode.count({ where: { userId: person.userId, usedAt: { not: null } } })).toBe(1);
  });

  test("a hash that was copied into another person's set opens nothing there", async () => {
    const [mine, theirs] = [await hedy(), await hedy()];
    const { hash, salt } = await house.db.recoveryCode.findFirstOrThrow({
      where: { userId: theirs.person.userId, position: 0 },
    });
    await house.db.recoveryCode.updateMany({ where: { userId: mine.person.userId }, data: { hash, salt } });
    expect(await refused(answer(house.ctx, await mine.knock(), "recovery", theirs.codes[0] ?? ""))).toBe(
      "recovery.wrong_code",
    );
  });
});

describe.each([
  ["a wrong one", () => "0000-0000-0000-0000", "recovery.wrong_code"],
  ["the right one", (codes: readonly string[]) => codes[0] ?? "", null],
] as const)("%s", (_, typed, refusal) => {
  test("costs the same statements and one place to hash, whether ten are left or only one", async () => {
    expect(await workOf(1, typed, refusal)).toEqual(await workOf(10, typed, refusal));
  });
});

/** What an answer at the second door asks of the database and of the gate to the hashing, where so many codes are left. */
async function workOf(left: number, typed: (codes: readonly string[]) => string, refusal: string | null) {
  const { person, codes, knock } = await hedy();
  const gone = { userId: person.userId, position: { gte: left } };
  await house.db.recoveryCode.updateMany({ where: gone, data: { usedAt: house.ctx.now } });
  const [pass, ctx] = [await knock(), house.stranger()];
  const places: string[] = [];
  globalThis.sallyportTally = (one) => void (one.what === "hashing" && places.push(one.step));
  const asked = vi.spyOn(Client.prototype, "query");
  try {
    const answering = answer(ctx, pass, "recovery", typed(codes));
    if (refusal === null) expect((await answering).userId).toBe(person.userId);
    else expect(await refused(answering)).toBe(refusal);
  } finally {
    globalThis.sallyportTally = undefined;
  }
  const statements = asked.mock.calls.map(([given]: readonly unknown[]) => textOf(given));
  asked.mockRestore();
  expect(places).toEqual(["sits", "left"]);
  return statements.filter((text) => !text.startsWith("SET TimeZone"));
}

describe("a new set", () => {
  test("voids every earlier code from that moment", async () => {
    const { person, codes, actor, knock } = await hedy();
    const { codes: fresh } = await regenerateCodes(house.ctx, { actor });
    expect(fresh).toHaveLength(10);
    expect(await refused(answer(house.ctx, await knock(), "recovery", codes[0] ?? ""))).toBe("recovery.wrong_code");
    expect((await answer(house.ctx, await knock(), "recovery", fresh[9] ?? "")).userId).toBe(person.userId);
  });

  test("three at once: exactly one shown set works", async () => {
    const { person, actor, knock } = await hedy();
    const sets = await Promise.all(Array.from({ length: 3 }, () => regenerateCodes(house.ctx, { actor })));
    expect(await unused(person.userId)).toBe(10);
    const outcomes = [];
    for (const set of sets)
      outcomes.push(
        (await Promise.allSettled([answer(house.ctx, await knock(), "recovery", set.codes[0] ?? "")]))[0].status,
      );
    expect(outcomes.filter((status) => status === "fulfilled")).toHaveLength(1);
  });

  test("is for people who have something bound", async () => {
    const ada = await makePerson(house.ctx);
    const { actor } = await openSessionFor(house.ctx, ada);
    expect(await refused(regenerateCodes(house.ctx, { actor }))).toBe("factors.gone");
    expect(await unused(ada.userId)).toBe(0);
  });
});

test("ten thousand codes: no two alike, and every character as likely as any other at every place", () => {
  const codes = Array.from({ length: 10_000 }, () => newCode(systemRandom));
  expect(new Set(codes).size).toBe(10_000);
  for (let place = 0; place < 16; place += 1) {
    const counts = new Map<string, number>();
    for (const code of codes) counts.set(code[place] ?? "", (counts.get(code[place] ?? "") ?? 0) + 1);
    const expected = codes.length / 32;
    const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    expect(counts.size).toBe(32);
    expect(chiSquare).toBeLessThan(86.8); // 31 degrees of freedom: a fair source exceeds it once in 2.5 million times
  }
});

test("a code is written in fours and read back", () => {
  for (let time = 0; time < 100; time += 1) {
    const code = newCode(systemRandom);
    expect(written(code)).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){3}$/);
    expect(canonicalCode(written(code))).toBe(code);
  }
});

test("a code of either format is known by its length, however it is typed", () => {
  const code = newHandedOutCode(systemRandom);
  expect(code).toMatch(/^[0-9a-f]{28}$/);
  expect(written(code)).toMatch(/^[0-9a-f]{4}(?:-[0-9a-f]{4}){6}$/);
  for (const typed of [code, written(code), written(code).toUpperCase(), ` ${code.match(/.{2}/g)?.join(" ")} `])
    expect(canonicalCode(typed)).toBe(code);
  expect(canonicalCode(code.slice(1))).toBeNull();
  expect(canonicalCode(`${code.slice(1)}g`)).toBeNull();
  expect(canonicalCode(`${code}0`)).toBeNull();
  expect(newCodeIn(handedOutFormat, systemRandom)).toMatch(/^[0-9a-f]{28}$/);
  expect(newCodeIn(portalFormat, systemRandom)).toMatch(/^[0-9A-HJKMNP-TV-Z]{16}$/);
});

test.each(["", "ABCD", "ABCD-EFGH-JKMN-PQRU", "ABCD-EFGH-JKMN-PQR!", "АBCD-EFGH-JKMN-PQRS"])("%j is no code", (typed) =>
  expect(canonicalCode(typed)).toBeNull(),
);
