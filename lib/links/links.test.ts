import { describe, expect, test } from "vitest";
import { acceptInvitation, readInvitation } from "@/lib/account/accept-invitation";
import { claimLogin } from "@/lib/challenge/claim-login";
import { sha256 } from "@/lib/crypto/digest";
import { days, milliseconds } from "@/lib/kernel/duration";
import { readSpentLink } from "@/lib/links/spent-link";
import { wayInMessages } from "@/lib/messages/way-in";
import { inviteAgain, invitePerson } from "@/lib/operator/invite-person";
import { ruleOfKind } from "@/lib/policy/throttle-rules";
import { completeSetup, isSetupOpen } from "@/lib/setup/complete-setup";
import { issueSetupLink } from "@/lib/setup/issue-setup-link";
import { eventNames, knock, openHouse, refused } from "@/lib/testing/story";
import { makePerson, openSessionFor, withTotp } from "@/lib/testing/test-context";
import { bucketKey } from "@/lib/throttle/bucket";
import { consumeWaitingTry } from "@/lib/throttle/waiting/store";

const house = openHouse();
const password = "eleven patient otters at dusk";
const tokenOf = (link: string | null) => link?.match(/(?:set|inv)_[\w-]{43}$/)?.[0] ?? "";
const mail = () => `${house.ctx.random.bytes(5).toString("hex")}@example.test`;
const setUp = (token: string, changes: { email?: string; username?: string; password?: string } = {}) =>
  completeSetup(house.stranger(), { token, email: mail(), username: "", password, ...changes });
const invite = (email = mail(), username: string | null = null) =>
  invitePerson(house.ctx, { email, username, isAdmin: false, by: "cli" });
/** As if nobody had ever been here. */
const beginAnew = async () => {
  await house.db.user.deleteMany();
  await house.db.firstRun.deleteMany();
  await house.db.securityEvent.deleteMany();
};
const accept = (token: string, chosen = password) => acceptInvitation(house.stranger(), { token, password: chosen });

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

describe("an invitation", () => {
  test("lets its person choose a password, once; looking at it spends nothing", async () => {
    const email = mail();
    const { userId, link } = await invite(email);
    const token = tokenOf(link);
    for (let look = 0; look < 3; look += 1)
      expect(await readInvitation(house.ctx, token)).toEqual({ email, isAdmin: false, policy: null });
    expect(await refused(accept(token, "short"))).toBe("password.too_short");
    expect((await accept(token)).userId).toBe(userId);
    expect(await refused(accept(token))).toBe("setup.link_over");
    expect(await readInvitation(house.ctx, token)).toBeNull();
    expect((await knock(house.stranger(), { userId, email, username: null, isAdmin: false, password })).userId).toBe(
      userId,
    );
    expect((await eventNames(house.ctx, userId)).slice(0, 3)).toEqual([
      "account.created",
      "invitation.created",
      "invitation.accepted",
    ]);
  });

  test("ten at once: one of them sets the password", async () => {
    const token = tokenOf((await invite()).link);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 10 }, (_, index) => accept(token, `${password} ${index}`)),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await house.db.oneTimeLink.count({ where: { hash: sha256(token), spentAt: { not: null } } })).toBe(1);
  });

  test("a newer one, a day, a changed account and a disabled one void it", async () => {
    const [renewed, old, moved, disabled] = [await invite(), await invite(), await invite(), await invite()];
    await inviteAgain(house.ctx, { userId: renewed.userId, by: "cli" });
    await house.db.user.update({ where: { id: moved.userId }, data: { credentialVersion: 2 } });
    await house.db.user.update({ where: { id: disabled.userId }, data: { disabledAt: house.ctx.now } });
    for (const { link } of [renewed, moved, disabled])
      expect(await refused(accept(tokenOf(link)))).toBe("setup.link_over");
    house.clock.move(milliseconds(days(1) - 1));
    expect(await readInvitation(house.ctx, tokenOf(old.link))).not.toBeNull();
    house.clock.move(milliseconds(1));
    expect(await refused(accept(tokenOf(old.link)))).toBe("setup.link_over");
  });

  test("for somebody who has an authenticator app leads to the second door, not past it, and ends their sessions", async () => {
    const person = await makePerson(house.ctx);
    await withTotp(house.ctx, person);
    await openSessionFor(house.ctx, person);
    const { credentialVersion } = await house.db.user.findUniqueOrThrow({ where: { id: person.userId } });
    const again = await inviteAgain(house.ctx, { userId: person.userId, by: "cli" });
    expect(again?.hasFactor).toBe(true);
    const started = await accept(tokenOf(again?.link ?? null));
    expect(started.next).toBe("answer");
    expect(await claimLogin(house.ctx, started.pass)).toBeNull();
    expect(
      await house.db.session.count({ where: { userId: person.userId, credentialVersion: credentialVersion + 1 } }),
    ).toBe(0);
  });

  test("e-mails and user names are unique in every variant, also at once", async () => {
    const email = mail();
    await invite(email, "hedy");
    expect(await refused(invite(email.toUpperCase()))).toBe("setup.taken");
    expect(await refused(invite(mail(), "HEDY"))).toBe("setup.taken");
    const shared = mail();
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) => invite(index % 2 === 0 ? shared : ` ${shared.toUpperCase()} `)),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });
});

test("a new password by an invitation ends the wait that strangers had made: it logs in at once", async () => {
  const person = await makePerson(house.ctx);
  for (let time = 0; time < 6; time += 1)
    await refused(knock(house.stranger(), person, { password: "not the password at all" }));
  const again = await inviteAgain(house.ctx, { userId: person.userId, by: "cli" });
  await accept(tokenOf(again?.link ?? null), "nine slow ferries to nowhere");
  const login = await knock(house.stranger(), person, { password: "nine slow ferries to nowhere" });
  expect(login.userId).toBe(person.userId);
});

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

test("a password set by invitation has no failures as a step-up proof", async () => {
  const person = await makePerson(house.ctx);
  const proof = bucketKey("factor.password", person.userId);
  await consumeWaitingTry(house.ctx, proof, ruleOfKind("password"));
  const again = await inviteAgain(house.ctx, { userId: person.userId, by: "cli" });
  await accept(tokenOf(again?.link ?? null));
  expect(await house.db.bucket.count({ where: { key: proof } })).toBe(0);
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
