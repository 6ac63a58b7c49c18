import { describe, expect, test } from "vitest";
import { claimLogin } from "@/lib/challenge/claim-login";
import { days } from "@/lib/kernel/duration";
import { linksOf, tokenOf } from "@/lib/links/links.kit";
import { readSpentLink } from "@/lib/links/spent-link";
import { wayInMessages } from "@/lib/messages/way-in";
import { invitePerson } from "@/lib/operator/invite-person";
import { isSetupOpen } from "@/lib/setup/complete-setup";
import { issueSetupLink } from "@/lib/setup/issue-setup-link";
import { openHouse, refused } from "@/lib/testing/story";
import { makePerson } from "@/lib/testing/test-context";

const house = openHouse();
const { mail, setUp, invite, beginAnew } = linksOf(house);

describe("the first run", () => {
  test("wrong input leaves the link good; then it makes one administrator, once, and starts their login", async () => {
    const token = tokenOf(await issueSetupLink(house.ctx));
    expect(await isSetupOpen(house.ctx, token)).toBe(true);
    expect(await refused(setUp(token, { email: "not an address" }))).toBe("setup.bad_email");
    expect(await refused(setUp(token, { username: "1st" }))).toBe("setup.bad_username");
    expect(await refused(setUp(token, { password: "short" }))).toBe("password.too_short");
    expect(await refused(setUp(token, { password: "passwordpassword" }))).toBe("password.too_common");
    const started = await setUp(token, { email: " Ada@Example.TEST ", username: "Ada" });
    expect(started.next).toBe("enrol");
    expect(await claimLogin(house.ctx, started.pass)).toBeNull();
    expect(await house.db.user.findMany()).toMatchObject([
      { email: "ada@example.test", username: "ada", isAdmin: true },
    ]);
    expect(await refused(setUp(token))).toBe("setup.link_over");
    expect(await isSetupOpen(house.ctx, token)).toBe(false);
    expect(await issueSetupLink(house.ctx)).toBeNull();
    await house.db.user.deleteMany();
    expect(await issueSetupLink(house.ctx)).toBeNull(); // there has been one
    await beginAnew();
  });

  test("ten at once make one account", async () => {
    const token = tokenOf(await issueSetupLink(house.ctx));
    const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => setUp(token)));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await house.db.user.count()).toBe(1);
    await beginAnew();
  });

  test("the next start voids the last link, and a day voids the newest", async () => {
    const [first, second] = [tokenOf(await issueSetupLink(house.ctx)), tokenOf(await issueSetupLink(house.ctx))];
    expect([await isSetupOpen(house.ctx, first), await isSetupOpen(house.ctx, second)]).toEqual([false, true]);
    house.clock.move(days(1));
    expect(await refused(setUp(second))).toBe("setup.link_over");
  });

  test("accounts that were made before leave it good, whatever they are called; the first administrator closes it", async () => {
    const token = tokenOf(await issueSetupLink(house.ctx));
    const grace = await makePerson(house.ctx);
    expect(await isSetupOpen(house.ctx, token)).toBe(true);
    expect(await refused(setUp(token, { email: grace.email }))).toBe("setup.taken");
    expect((await setUp(token)).next).toBe("enrol");
    expect(await house.db.user.count({ where: { isAdmin: true } })).toBe(1);
    expect(await issueSetupLink(house.ctx)).toBeNull();
    await beginAnew();
  });

  test("an administrator who was invited meanwhile closes it", async () => {
    const token = tokenOf(await issueSetupLink(house.ctx));
    await invitePerson(house.ctx, { email: mail(), username: null, isAdmin: true, by: "cli" });
    expect(await isSetupOpen(house.ctx, token)).toBe(false);
    expect(await refused(setUp(token))).toBe("setup.link_over");
    expect(await house.db.user.count({ where: { isAdmin: true } })).toBe(1);
  });
});

describe("after the first run", () => {
  /** Nobody is an administrator any more, and what told of one is older than events are kept. */
  const forget = async () => {
    await house.db.user.deleteMany({ where: { isAdmin: true } });
    await house.db.securityEvent.deleteMany();
  };

  test.each([
    ["set up", async () => void (await setUp(tokenOf(await issueSetupLink(house.ctx))))],
    [
      "invited",
      async () => void (await invitePerson(house.ctx, { email: mail(), username: null, isAdmin: true, by: "cli" })),
    ],
  ])("that an administrator was once %s is known without them and without events", async (_, make) => {
    await beginAnew();
    await make();
    await forget();
    expect(await issueSetupLink(house.ctx)).toBeNull();
    await beginAnew();
    await invite();
    await forget();
    expect(await issueSetupLink(house.ctx)).not.toBeNull();
  });
});

test("whoever holds a set-up link that does not open is told the one that is true, and how to get a new one", async () => {
  const why = async (token: string) => (await readSpentLink(house.ctx, token, "setup")).why;
  await beginAnew();
  const [replaced, newest] = [tokenOf(await issueSetupLink(house.ctx)), tokenOf(await issueSetupLink(house.ctx))];
  expect([await why(replaced), await why(newest.slice(0, -4))]).toEqual(["void", "void"]);
  house.clock.move(days(1));
  expect(await why(newest)).toBe("expired");
  for (const language of ["en", "zh"] as const) {
    const ids = ["setup.over_used", "setup.over_expired", "setup.closed"] as const;
    const said = ids.map((id): string => wayInMessages[id][language]);
    expect(new Set(said).size).toBe(3);
    expect(said.map((each) => each.includes("npm run portal -- setup-link"))).toEqual([false, true, true]);
  }
});
