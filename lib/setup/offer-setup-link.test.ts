import { beforeEach, expect, test } from "vitest";
import { minutes } from "@/lib/kernel/duration";
import { neighbour, quietFor } from "@/lib/portals/portals.kit";
import { setupText } from "@/lib/serve/boot-text";
import { isSetupOpen } from "@/lib/setup/complete-setup";
import { issueSetupLink, offerSetupLink } from "@/lib/setup/issue-setup-link";
import { openHouse } from "@/lib/testing/story";
import { makePerson } from "@/lib/testing/test-context";

const house = openHouse();
const tokenIn = (link: string) => new URL(link).searchParams.get("link");
const kindOf = async (self: { readonly id: string; readonly name: string }) =>
  (await offerSetupLink(house.ctx, self))?.kind;

beforeEach(async () => {
  await house.db.$executeRaw`TRUNCATE users, first_run, security_events, one_time_links, portals CASCADE`;
});

test("a second start on an empty database keeps the link of the first, and says where it was printed", async () => {
  const [first, second] = [await neighbour(house.ctx), await neighbour(house.ctx)];
  const made = await offerSetupLink(house.ctx, first);
  if (made?.kind !== "made") throw new Error("The first start makes one.");
  expect(setupText(made)).toContain(made.link);
  const madeAt = house.ctx.now;
  house.clock.move(minutes(59));
  const kept = await offerSetupLink(house.ctx, second);
  expect(kept).toEqual({ kind: "kept", portal: first.name, madeAt });
  expect(kept && setupText(kept)).toBe(
    `There is no administrator yet. The portal ${first.name} has printed the link for the first one at ${madeAt.toISOString().slice(0, 16).replace("T", " ")} UTC; it is still good. A new one: npm run portal -- setup-link`,
  );
  expect(await isSetupOpen(house.ctx, tokenIn(made.link))).toBe(true);
});

test("two at once make one link", async () => {
  const portals = [await neighbour(house.ctx), await neighbour(house.ctx)];
  const offers = await Promise.all(portals.map(kindOf));
  expect(offers.sort()).toEqual(["kept", "made"]);
});

test("an older one, one of a portal that is dead, its own and a command's are replaced", async () => {
  const [first, second] = [await neighbour(house.ctx), await neighbour(house.ctx)];
  await kindOf(first);
  expect(await kindOf(first)).toBe("made");
  await quietFor(house.ctx, first, 21);
  expect(await kindOf(second)).toBe("made");
  expect(await kindOf(await neighbour(house.ctx))).toBe("kept");
  house.clock.move(minutes(61));
  expect(await kindOf(await neighbour(house.ctx))).toBe("made");
  await issueSetupLink(house.ctx, "cli");
  expect(await kindOf(await neighbour(house.ctx))).toBe("made");
});

test("a link that was spent or voided is none, and with an administrator there is none to make", async () => {
  const [first, second] = [await neighbour(house.ctx), await neighbour(house.ctx)];
  await kindOf(first);
  await house.db.oneTimeLink.updateMany({ data: { spentAt: house.ctx.now } });
  expect(await kindOf(second)).toBe("made");
  await makePerson(house.ctx, { isAdmin: true });
  expect(await offerSetupLink(house.ctx, first)).toBeNull();
});
