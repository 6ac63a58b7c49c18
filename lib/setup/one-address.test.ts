import { domainToASCII } from "node:url";
import { afterEach, describe, expect, test } from "vitest";
import { acceptInvitation, readInvitation } from "@/lib/account/accept-invitation";
import { sayAny } from "@/lib/messages/say";
import { invitePerson } from "@/lib/operator/invite-person";
import { completeSetup } from "@/lib/setup/complete-setup";
import { issueSetupLink } from "@/lib/setup/issue-setup-link";
import { knock, openHouse, refusalOf, refused } from "@/lib/testing/story";
import { makePerson } from "@/lib/testing/test-context";

const house = openHouse();
const password = "eleven patient otters at dusk";
const tokenIn = (link: string | null) => link?.split(/[/=]/).at(-1) ?? "";
const invite = (email: string) => invitePerson(house.ctx, { email, username: null, isAdmin: false, by: "cli" });
const spellings = [
  "ada@bücher.test",
  "ada@xn--bcher-kva.test",
  "ADA@BÜCHER.TEST",
  "ada@bu\u0308cher.test.",
  "\u200eada@bücher.test",
];

/** As if nobody had ever been here: the set-up link opens until there has been an administrator. */
afterEach(async () => {
  await house.db.user.deleteMany();
  await house.db.firstRun.deleteMany();
  await house.db.securityEvent.deleteMany();
});

describe("an address that browsers rewrite", () => {
  test.each(["ada@bücher.test", "ada@xn--bcher-kva.test"])(
    "set up as %s, it gets in by every spelling",
    async (email) => {
      const token = tokenIn(await issueSetupLink(house.ctx));
      const { userId } = await completeSetup(house.stranger(), { token, email, username: "\u200b", password });
      const ada = { userId, email, username: null, isAdmin: true, password };
      for (const identifier of spellings)
        expect((await knock(house.stranger(), ada, { identifier })).userId, identifier).toBe(userId);
    },
  );

  test("is one account, however the operator types it", async () => {
    await invite("ada@bücher.test");
    for (const spelling of spellings) expect(await refused(invite(spelling)), spelling).toBe("setup.taken");
  });

  test.each(["bücher", "zürich"])(
    "wrong passwords for all spellings of ada@%s.test are counted together, known or not",
    async (host) => {
      await makePerson(house.ctx, { email: "ada@xn--bcher-kva.test" });
      const guess = (identifier: string) =>
        refused(
          knock(house.stranger(), { userId: "", email: identifier, username: null, isAdmin: false, password: "no" }),
        );
      while ((await guess(`ada@${host}.test`)) === "login.wrong");
      for (const spelling of [`ADA@${host.toUpperCase()}.TEST.`, `\u00adada@${domainToASCII(`${host}.test`)}`])
        expect(await guess(spelling)).toBe("throttle.too_many");
    },
  );
});

test("an address that no letter can reach makes no account, and the link stays good", async () => {
  const token = tokenIn(await issueSetupLink(house.ctx));
  for (const email of ["x@example..test", "a..b@example.test", ".a@example.test", "x@a_b.test", '"a"@example.test'])
    expect(await refused(completeSetup(house.stranger(), { token, email, username: "", password })), email).toBe(
      "setup.bad_email",
    );
  expect(await house.db.user.count()).toBe(0);
});

test("what has no @ is told that, and not to look for dots", async () => {
  const token = tokenIn(await issueSetupLink(house.ctx));
  const wrong = await refusalOf(completeSetup(house.stranger(), { token, email: "owner", username: "", password }));
  expect(sayAny("en", wrong.id, wrong.more.params)).toMatch(/has an @/);
  expect(sayAny("zh", wrong.id, wrong.more.params)).toMatch(/须有 @/);
  const other = await refusalOf(completeSetup(house.stranger(), { token, email: "a@b..test", username: "", password }));
  expect(sayAny("en", other.id, other.more.params)).toMatch(/two dots/);
});

test("a link that was copied with what stands around it is the link", async () => {
  const { userId, link } = await invite("grace@example.test");
  const token = tokenIn(link);
  for (const pasted of [`${token}.`, `<${token}>`, `${token}%20`, `\u200b${token.slice(0, 20)}\r\n${token.slice(20)}`])
    expect(await readInvitation(house.ctx, pasted), pasted).toMatchObject({ email: "grace@example.test" });
  expect((await acceptInvitation(house.stranger(), { token: `${token}.`, password })).userId).toBe(userId);
});
