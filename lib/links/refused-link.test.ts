import { describe, expect, test } from "vitest";
import { readInvitation } from "@/lib/account/accept-invitation";
import { sha256 } from "@/lib/crypto/digest";
import { days } from "@/lib/kernel/duration";
import { linksOf, password, tokenOf } from "@/lib/links/links.kit";
import { readSpentLink } from "@/lib/links/spent-link";
import { inviteAgain } from "@/lib/operator/invite-person";
import { isSetupOpen } from "@/lib/setup/complete-setup";
import { openHouse, refused } from "@/lib/testing/story";

const house = openHouse();
const { setUp, invite, accept } = linksOf(house);

describe("a link that is refused", () => {
  const refusals = (subjectId: string | null) =>
    house.db.securityEvent.findMany({ where: { subjectId, name: "link.refused" }, orderBy: { id: "asc" } });

  test("is recorded when it is sent, with its person when it was once theirs, and never with its token", async () => {
    const { userId, link } = await invite();
    await accept(tokenOf(link));
    expect(await refusals(userId)).toEqual([]);
    await readInvitation(house.ctx, tokenOf(link));
    expect(await refusals(userId)).toEqual([]);
    await refused(accept(tokenOf(link)));
    const rows = await refusals(userId);
    expect(rows).toMatchObject([{ result: "refused", actorId: null, meta: { purpose: "invitation", reason: "over" } }]);
    expect(rows.some((row) => Object.values(row).join().includes(tokenOf(link)))).toBe(false);
    expect(JSON.stringify(rows.map(({ meta }) => meta))).not.toContain(tokenOf(link));
  });

  test("is recorded also when somebody else was faster by a moment, and once", async () => {
    const { userId, link } = await invite();
    const sent = [accept(tokenOf(link)), accept(tokenOf(link), `${password} too`)];
    expect((await Promise.allSettled(sent)).filter(({ status }) => status === "rejected")).toHaveLength(1);
    expect(await refusals(userId)).toHaveLength(1);
  });

  test("that nobody knows belongs to nobody; a password that is refused is no refusal of the link", async () => {
    const before = await refusals(null);
    await refused(setUp(`set_${"A".repeat(43)}`));
    expect((await refusals(null)).slice(before.length)).toMatchObject([
      { meta: { purpose: "setup", reason: "unknown" } },
    ]);
    const { userId, link } = await invite();
    await refused(accept(tokenOf(link), "short"));
    expect(await refusals(userId)).toEqual([]);
  });
});

describe("a link of one kind", () => {
  test("never passes for another, whatever its prefix says", async () => {
    const invitation = tokenOf((await invite()).link);
    const body = invitation.slice(4);
    for (const token of [invitation, `set_${body}`]) {
      expect(await isSetupOpen(house.ctx, token)).toBe(false);
      expect(await refused(setUp(token))).toBe("setup.link_over");
    }
    await house.db.oneTimeLink.updateMany({ where: { hash: sha256(invitation) }, data: { purpose: "setup" } });
    expect(await refused(accept(invitation))).toBe("setup.link_over");
  });

  test.each([
    "",
    "inv_",
    "undefined",
    `inv_${"A".repeat(43)}`,
    `inv_${"A".repeat(42)}`,
    `INV_${"A".repeat(43)}`,
    `ses_${"A".repeat(43)}`,
  ])("%j opens nothing", async (token) => {
    expect(await refused(accept(token))).toBe("setup.link_over");
    expect(await readInvitation(house.ctx, token)).toBeNull();
  });

  test.each([null, undefined, 7, ["inv_"], { toString: () => "inv_" }])("%j is no token at all", async (token) =>
    expect(await readInvitation(house.ctx, token)).toBeNull(),
  );
});

test("whoever holds a link that does not open is told what became of it, from its row", async () => {
  const why = async (token: string) => (await readSpentLink(house.ctx, token, "invitation")).why;
  const { userId, link } = await invite();
  const used = tokenOf(link);
  await accept(used);
  expect(await readSpentLink(house.ctx, used, "invitation")).toEqual({ why: "used", userId });
  expect(await readSpentLink(house.ctx, used, "setup")).toEqual({ why: "void", userId: null });
  const replaced = await invite();
  const newest = tokenOf((await inviteAgain(house.ctx, { userId: replaced.userId, by: "cli" }))?.link ?? null);
  expect(await why(tokenOf(replaced.link))).toBe("void");
  house.clock.move(days(1));
  expect([await why(newest), await why("inv_over"), await why("")]).toEqual(["expired", "void", "void"]);
});
