import { expect, test, vi } from "vitest";
import { poolOf } from "@/lib/db/client";
import { ensure } from "@/lib/kernel/assert";
import { withPasskey } from "@/lib/testing/passkeys";
import { textOf } from "@/lib/testing/statements/count";
import { knock, openHouse, refused } from "@/lib/testing/story";
import {
  makePerson,
  openSessionFor,
  type TestPerson,
  withAddress,
  withRecoveryCodes,
  withTotp,
} from "@/lib/testing/test-context";
import { insertAccount } from "@/lib/users/store";

const house = openHouse({
  SECOND_FACTOR_KINDS: "passkey,totp,sms",
  DEV_TOOLS: "true",
  SMS_CHANNEL: "mailbox",
  SMS_COUNTRIES: "US",
});

/** What a statement does, by its words: how many parts write, and how many hold a row. */
function doing(text: string): string {
  const [first = ""] = text.trim().split(/\s/);
  const writes = text.match(/\b(?:INSERT INTO|DELETE FROM|(?<!(?:FOR|KEY|DO) )UPDATE)\b/g) ?? [];
  const holds = text.match(/\bFOR (?:NO KEY )?UPDATE\b/g) ?? [];
  return `${first} writes ${writes.length} holds ${holds.length}`;
}

/** Which statements a refused login costs. */
async function workOf(identifier: string, deviceToken: string | null = null): Promise<string[]> {
  const raw = poolOf(house.db);
  ensure(raw, "the house has a pool");
  const asked = vi.spyOn(raw.pool, "query");
  const person = { userId: "", email: identifier, username: null, isAdmin: false, password: "not the password at all" };
  expect(await refused(knock(house.stranger(), person, { deviceToken }))).toBe("login.wrong");
  const said = asked.mock.calls.map(([given]: readonly unknown[]) => doing(textOf(given)));
  asked.mockRestore();
  return said;
}

test("an unknown name, a wrong password, an account without one and a disabled one cost the same statements", async () => {
  const known = await makePerson(house.ctx);
  const disabled = await makePerson(house.ctx);
  await house.db.user.update({ where: { id: disabled.userId }, data: { disabledAt: house.ctx.now } });
  await insertAccount(house.ctx, { id: "invited", email: "hedy@example.test", username: null, isAdmin: false });
  const work = await workOf(known.email);
  expect(work.filter((words) => words === "WITH writes 2 holds 1")).toHaveLength(1);
  for (const email of ["nobody@example.test", "hedy@example.test", disabled.email])
    expect(await workOf(email)).toEqual(work);
});

test("before the right password nothing tells who has an app, a number, a passkey and codes, and who has nothing", async () => {
  const bare = await makePerson(house.ctx);
  const protectedBy = {
    everything: async (person: TestPerson) => {
      await withTotp(house.ctx, person);
      await withAddress(house.ctx, person, "sms", "+12025550151");
      await withPasskey(house.ctx, person);
      await withRecoveryCodes(house.ctx, person);
    },
    "an app": (person: TestPerson) => withTotp(house.ctx, person),
    "a number": (person: TestPerson) => withAddress(house.ctx, person, "sms", "+12025550152"),
    "a passkey": (person: TestPerson) => withPasskey(house.ctx, person),
  };
  const work = await workOf(bare.email);
  for (const [what, protect] of Object.entries(protectedBy)) {
    const person = await makePerson(house.ctx);
    await protect(person);
    expect(await workOf(person.email), what).toEqual(work);
  }
});

test.each([
  ["that nobody has", async () => `dev_${"A".repeat(43)}`],
  ["of somebody else's device", async () => (await openSessionFor(house.ctx, await makePerson(house.ctx))).deviceToken],
  ["that is garbage", async () => "garbage"],
  ["that is empty", async () => ""],
])("with a device cookie %s, a known and an unknown name cost the same statements", async (_, token) => {
  const known = await makePerson(house.ctx);
  await openSessionFor(house.ctx, known);
  const deviceToken = await token();
  const work = await workOf(known.email, deviceToken);
  expect(await workOf("nobody@example.test", deviceToken)).toEqual(work);
  expect(await workOf(known.email)).toEqual(work);
});
