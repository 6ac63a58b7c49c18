import { expect, test } from "vitest";
import { acceptInvitation } from "@/lib/account/accept-invitation";
import type { Ctx } from "@/lib/context/context";
import { networksOf } from "@/lib/kernel/networks";
import { invitePerson } from "@/lib/operator/invite-person";
import { throttleRules } from "@/lib/policy/throttle-rules";
import { sendingSettings } from "@/lib/testing/letters";
import { consumed } from "@/lib/testing/lost-for-ever/consumed";
import { tokenOf } from "@/lib/testing/lost-for-ever/deed";
import { type DeedName, deeds } from "@/lib/testing/lost-for-ever/deeds";
import { counter, openHouse, refused } from "@/lib/testing/story";
import { bucketKey } from "@/lib/throttle/bucket";
import { consumeAddress } from "@/lib/throttle/consume-address";

const house = openHouse({ ...sendingSettings, REGISTRATION: "open" });

const opening = Object.entries(consumed).flatMap(([call, deed]): DeedName[] =>
  call.endsWith("consumingLink") && typeof deed === "string" ? [deed] : [],
);

/** What the two windows of links have counted at a visitor's address. */
async function counted(ctx: Ctx): Promise<number[]> {
  const { near, wide } = networksOf(ctx.visitor.ip);
  const keys = [bucketKey("links.near", near), bucketKey("links.wide", wide)];
  return Promise.all(keys.map(async (key) => (await counter(house.ctx, key)).fails));
}

async function invitation(name: string): Promise<string> {
  const invited = { email: `${name}@example.test`, username: null, isAdmin: false, by: "cli" };
  return tokenOf((await invitePerson(house.ctx, invited)).link);
}

const password = "nine amber kettles in the rain";
const forged = `inv_${"B".repeat(43)}`;
const accept = (ctx: Ctx, token: string) => acceptInvitation(ctx, { token, password });

test("every kind of link is refunded when it opens, exactly its own try, and what opens nothing is not", async () => {
  expect(opening.length).toBeGreaterThan(7);
  for (const name of [...opening, "the code of an unlock"] as const) {
    const visitor = house.stranger();
    const here = () => ({ ...visitor, now: house.clock.now() });
    const act = await deeds[name]({ house, owner: () => house.ctx, stranger: here });
    await consumeAddress(visitor, "links");
    await act();
    expect(await counted(visitor), name).toEqual([1, 1]);
    await expect(act(), name).rejects.toThrow(/over|moved|wrong_code/);
    expect(await counted(visitor), name).toEqual([2, 2]);
  }
});

test("whoever takes up an invitation where a hundred others have is in; whoever forges them fills the window as before", async () => {
  const office = house.stranger();
  const { limit } = throttleRules["links.near"];
  for (let time = 1; time < limit; time += 1) await consumeAddress(office, "links");
  for (const name of ["ada", "grace", "alan"])
    expect((await accept(office, await invitation(name))).next).toBeDefined();
  expect(await refused(accept(office, forged))).toBe("setup.link_over");
  const last = await invitation("katherine");
  expect(await refused(accept(office, last))).toBe("throttle.too_many");
  expect((await accept(house.stranger(), last)).next).toBeDefined();
});

test("a refund that cannot be written takes nothing back: they are in, and the log says so", async () => {
  await house.db
    .$executeRaw`ALTER TABLE buckets ADD CONSTRAINT broken CHECK (NOT (key LIKE 'links.near:%' AND fails = 0)) NOT VALID`;
  const visitor = house.stranger();
  expect((await accept(visitor, await invitation("hedy"))).next).toBeDefined();
  expect(house.logged().join()).toContain('"event":"refund.not_written"');
  expect(await counted(visitor)).toEqual([1, 1]);
  await house.db.$executeRaw`ALTER TABLE buckets DROP CONSTRAINT broken`;
});
