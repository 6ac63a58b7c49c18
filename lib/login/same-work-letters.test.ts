import { Client } from "pg";
import { afterEach, expect, test, vi } from "vitest";
import { passwordCounter } from "@/lib/login/password-counter";
import { throttleRules } from "@/lib/policy/throttle-rules";
import { letterRows, sendingSettings } from "@/lib/testing/letters";
import { statementsOf } from "@/lib/testing/statements/count";
import { knock, openHouse, refused } from "@/lib/testing/story";
import { makePerson } from "@/lib/testing/test-context";
import { bucketKey } from "@/lib/throttle/bucket";

const house = openHouse(sendingSettings);

afterEach(() => vi.restoreAllMocks());

/** How many statements each of the wrong passwords costs, until one of them has begun a wait. */
async function workOf(identifier: string): Promise<number[]> {
  const asked = vi.spyOn(Client.prototype, "query");
  const person = { userId: "", email: identifier, username: null, isAdmin: false, password: "not the password at all" };
  const costs: number[] = [];
  for (let time = 0; time <= throttleRules["password.strangers"].free; time += 1) {
    asked.mockClear();
    expect(await refused(knock(house.stranger(), person))).toBe("login.wrong");
    costs.push(statementsOf(asked.mock.calls));
  }
  asked.mockRestore();
  return costs;
}

test("with mail on, the wrong password that begins a wait costs a known and an unknown name the same statements", async () => {
  const known = await makePerson(house.ctx);
  const work = await workOf(known.email);
  expect(await workOf("nobody@example.test")).toEqual(work);
  expect((await letterRows(house.ctx, known.userId)).map(({ kind }) => kind)).toEqual(["password.waits"]);
});

test("the wrong password that closes it to strangers costs a known and an unknown name the same statements", async () => {
  const known = await makePerson(house.ctx);
  const nobody = { ...known, email: "never-was@example.test", password: "not the password at all" };
  const counter = passwordCounter(null, nobody.email, null);
  for (const key of [counter.key, bucketKey("password.strangers", known.userId)])
    await house.db.bucket.create({
      data: { key, fails: 1, orphans: 89, windowStart: house.ctx.now, updatedAt: house.ctx.now },
    });
  await house.db.user.update({ where: { id: known.userId }, data: { passwordFailures: 89 } });
  const costs: number[] = [];
  const asked = vi.spyOn(Client.prototype, "query");
  for (const person of [{ ...known, password: nobody.password }, nobody]) {
    asked.mockClear();
    expect(await refused(knock(house.stranger(), person))).toBe("login.wrong");
    costs.push(statementsOf(asked.mock.calls));
  }
  expect(costs[1]).toBe(costs[0]);
  expect((await letterRows(house.ctx, known.userId)).map(({ kind }) => kind)).toEqual(["factor.closed"]);
});
