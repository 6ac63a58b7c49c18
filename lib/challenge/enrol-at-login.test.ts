import { describe, expect, test } from "vitest";
import type { Pass } from "@/lib/challenge/challenge";
import { claimLogin } from "@/lib/challenge/claim-login";
import { beginAtLogin, confirmAtLogin, readAtLogin, sendAgainAtLogin } from "@/lib/challenge/enrol-at-login";
import { askBindable } from "@/lib/challenge/enrollable";
import { readChallenge } from "@/lib/challenge/read-challenge";
import { findLiveChallenge } from "@/lib/challenge/store";
import { codeAt } from "@/lib/factors/totp/code";
import { ensure } from "@/lib/kernel/assert";
import { minutes, seconds } from "@/lib/kernel/duration";
import type { BoundKind } from "@/lib/policy/traits";
import { lastCode, lettersOf, sendingSettings } from "@/lib/testing/letters";
import { listFactors } from "@/lib/testing/listed-factors";
import { answer } from "@/lib/testing/second-door";
import { atSecondDoor, eventNames, knock, openHouse, refusalOf, refused } from "@/lib/testing/story";
import { makePerson, type TestPerson, withAddress, withTotp } from "@/lib/testing/test-context";

const house = openHouse({ ...sendingSettings, SECOND_FACTOR: "everyone", EMAIL_COUNTS: "true" });
let people = 0;
const freshNumber = () => {
  people += 1;
  return `+1202${5_550_100 + people * 10_001}`;
};

/** Somebody with a password and nothing else, who must have more. */
async function ada() {
  const person = await makePerson(house.ctx);
  const { pass, next } = await knock(house.stranger(), person);
  expect(next).toBe("enrol");
  return { person, pass };
}

const begin = async (pass: Pass, kind: BoundKind, destination?: string) =>
  (await beginAtLogin(house.stranger(), { pass, kind, given: destination === undefined ? {} : { destination } }))
    .pass ?? pass;
const confirm = (pass: Pass, kind: BoundKind, code: string) =>
  confirmAtLogin(house.stranger(), { pass, kind, answer: { code }, label: "", defaultLabel: "New" });
const factorsOf = async ({ userId }: TestPerson) =>
  (await listFactors(house.ctx, { userId, deviceId: null })).map(({ kind }) => kind);

describe("whoever must have a factor and has none", () => {
  test("binds a number and is in, in one step", async () => {
    const { person, pass } = await ada();
    const number = freshNumber();
    const longer = await begin(pass, "sms", number);
    expect((await lettersOf(house.ctx, person.userId)).map(({ to, kind }) => [to, kind])).toEqual([
      [number, "code.bind"],
    ]);
    expect((await readAtLogin(house.ctx, { pass: longer, kind: "sms" }))?.pending.shown).toEqual({
      to: `+1 ••• ${number.slice(-3)}`,
    });
    const answered = await confirm(longer, "sms", await lastCode(house.ctx, person.userId));
    expect(answered).toMatchObject({ purpose: "LOGIN", userId: person.userId });
    expect(answered.reveal?.codes).toHaveLength(10);
    expect(await factorsOf(person)).toEqual(["sms"]);
    const opened = await claimLogin(house.stranger(), longer);
    expect(opened?.userId).toBe(person.userId);
    expect(await house.db.session.findMany({ where: { userId: person.userId } })).toMatchObject([
      { amr: ["pwd", "sms"], aal: 2, provenWith: "sms" },
    ]);
    expect(await eventNames(house.ctx, person.userId)).toEqual(
      expect.arrayContaining(["factor.begun", "code.posted", "factor.bound", "challenge.answered", "session.opened"]),
    );
  });

  test("binds an address, which leaves the session at the lower level", async () => {
    const { person, pass } = await ada();
    const longer = await begin(pass, "email", "Ada@Mail.Example.Test");
    expect((await lettersOf(house.ctx, person.userId)).map(({ to }) => to)).toEqual(["ada@mail.example.test"]);
    await confirm(longer, "email", await lastCode(house.ctx, person.userId));
    await claimLogin(house.stranger(), longer);
    expect(await house.db.session.findMany({ where: { userId: person.userId } })).toMatchObject([
      { aal: 1, provenWith: "email" },
    ]);
  });

  test("binds an app", async () => {
    const { person, pass } = await ada();
    const longer = await begin(pass, "totp");
    const shown = (await readAtLogin(house.ctx, { pass: longer, kind: "totp" }))?.pending.shown;
    const { reveal } = await confirm(longer, "totp", codeAt(shown?.secret ?? "", house.clock.now()));
    expect(reveal?.codes).toHaveLength(10);
    expect((await claimLogin(house.stranger(), longer))?.userId).toBe(person.userId);
    expect(await factorsOf(person)).toEqual(["totp"]);
  });

  test("sees what may be bound, the stronger kinds first", async () => {
    const { pass } = await ada();
    expect(await readChallenge(house.ctx, pass)).toMatchObject({ options: [], enrols: ["totp", "sms", "email"] });
  });

  test("gets ten more minutes and another token, once; the old token is void", async () => {
    const { pass } = await ada();
    const longer = await begin(pass, "sms", freshNumber());
    expect(longer.tokenId).not.toBe(pass.tokenId);
    expect(await findLiveChallenge(house.ctx, pass)).toBeNull();
    house.clock.move(minutes(9));
    expect(await begin(longer, "totp")).toEqual(longer);
    house.clock.move(minutes(1));
    expect(await findLiveChallenge(house.ctx, longer)).toBeNull();
  });

  test("cannot claim a session before anything is bound", async () => {
    const { person, pass } = await ada();
    expect(await claimLogin(house.stranger(), pass)).toBeNull();
    const longer = await begin(pass, "sms", freshNumber());
    expect(await claimLogin(house.stranger(), longer)).toBeNull();
    expect(await refused(answer(house.stranger(), longer, "sms", await lastCode(house.ctx, person.userId)))).toBe(
      "sms.wrong_code",
    );
    expect(await house.db.session.count({ where: { userId: person.userId } })).toBe(0);
  });
});

describe("a half-finished login binds nothing", () => {
  test("where there is a factor already, of whatever kind", async () => {
    const grace = await makePerson(house.ctx);
    await withTotp(house.ctx, grace);
    const pass = await atSecondDoor(house.stranger(), grace.userId);
    for (const kind of ["totp", "sms", "email"] as const)
      expect(await refused(begin(pass, kind, freshNumber()))).toBe("challenge.expired");
    expect((await readChallenge(house.ctx, pass))?.enrols).toEqual([]);
    expect(await house.db.factor.count({ where: { userId: grace.userId, state: "PENDING" } })).toBe(0);
  });

  test("once another login of the same person has bound one: the first wins, the other ends", async () => {
    const { person, pass } = await ada();
    const other = (await knock(house.stranger(), person)).pass;
    const [one, two] = [await begin(pass, "sms", freshNumber()), await begin(other, "email", "ada2@mail.example.test")];
    const codes = (await lettersOf(house.ctx, person.userId)).map(({ facts }) =>
      JSON.stringify(facts).replace(/\D/g, " "),
    );
    const [sms = "", mail = ""] = codes.map((text) => text.trim().split(/\s+/)[0] ?? "");
    const outcomes = await Promise.allSettled([confirm(one, "sms", sms), confirm(two, "email", mail)]);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await factorsOf(person)).toHaveLength(1);
  });

  test("with the code of another login, of another number, or one that is over", async () => {
    const [mine, theirs] = [await ada(), await ada()];
    const pass = await begin(mine.pass, "sms", freshNumber());
    await begin(theirs.pass, "sms", freshNumber());
    const foreign = await lastCode(house.ctx, theirs.person.userId);
    expect(await refused(confirm(pass, "sms", foreign))).toBe("sms.wrong_code");
    const own = await lastCode(house.ctx, mine.person.userId);
    await begin(pass, "sms", freshNumber());
    expect(await refused(confirm(pass, "sms", own))).toBe("sms.wrong_code");
    house.clock.move(minutes(6));
    const second = await lastCode(house.ctx, mine.person.userId);
    expect(await refused(confirm(pass, "sms", second))).toBe("sms.wrong_code");
    expect(await factorsOf(mine.person)).toEqual([]);
  });

  test("after five wrong codes: the login is over, and the right one comes too late", async () => {
    const { person, pass } = await ada();
    const longer = await begin(pass, "sms", freshNumber());
    for (let wrong = 0; wrong < 5; wrong += 1)
      expect(await refused(confirm(longer, "sms", "000000"))).toBe("sms.wrong_code");
    const code = await lastCode(house.ctx, person.userId);
    expect(await refused(confirm(longer, "sms", code))).toBe("challenge.expired");
    expect(await eventNames(house.ctx, person.userId)).toContain("challenge.died");
  });

  test("malformed ones cost nothing", async () => {
    const { pass } = await ada();
    for (const typed of ["", "nobody", "+33 6 12 34 56 78", "+44 20 7946 0123"])
      expect(await refused(begin(pass, "sms", typed))).toMatch(/^sms\./);
    const longer = await begin(pass, "sms", freshNumber());
    expect(await refused(confirm(longer, "sms", "12345"))).toBe("sms.malformed");
    expect(await findLiveChallenge(house.ctx, longer)).toMatchObject({ attemptsLeft: 5 });
  });
});

test("fifty confirmations of one code bind one number and open one session", async () => {
  const { person, pass } = await ada();
  const longer = await begin(pass, "sms", freshNumber());
  const code = await lastCode(house.ctx, person.userId);
  const outcomes = await Promise.allSettled(Array.from({ length: 50 }, () => confirm(longer, "sms", code)));
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  const claims = await Promise.all(Array.from({ length: 10 }, () => claimLogin(house.stranger(), longer)));
  expect(claims.filter((claim) => claim !== null)).toHaveLength(1);
  expect(await factorsOf(person)).toEqual(["sms"]);
});

describe("a number of somebody else", () => {
  test("binds by proof; its other owner hears of it, and nothing about them changes", async () => {
    const grace = await makePerson(house.ctx);
    const number = freshNumber();
    await withAddress(house.ctx, grace, "sms", number);
    const before = await house.db.user.findUniqueOrThrow({ where: { id: grace.userId } });
    const { person, pass } = await ada();
    const longer = await begin(pass, "sms", number);
    expect(await lettersOf(house.ctx, grace.userId)).toEqual([]);
    await confirm(longer, "sms", await lastCode(house.ctx, person.userId));
    expect(await factorsOf(person)).toEqual(["sms"]);
    expect(await house.db.user.findUniqueOrThrow({ where: { id: grace.userId } })).toEqual(before);
    expect((await lettersOf(house.ctx, grace.userId)).map(({ kind, to }) => [kind, to])).toEqual([
      ["destination.shared", grace.email],
    ]);
  });
});

describe("may it be bound?", () => {
  async function question() {
    const { person, pass } = await ada();
    const challenge = await findLiveChallenge(house.ctx, pass);
    ensure(challenge, "the login is open");
    const ask = (kind: BoundKind, destination: string) =>
      askBindable(house.stranger(), { challenge, kind, given: { destination } }, async (mayBind) => mayBind);
    return { person, ask };
  }

  test("yes for every well-formed one, whoever uses it; no for the others; five questions a login", async () => {
    const number = freshNumber();
    await withAddress(house.ctx, await makePerson(house.ctx), "sms", number);
    const { ask } = await question();
    expect([
      await ask("sms", number),
      await ask("sms", freshNumber()),
      await ask("email", "new@mail.example.test"),
    ]).toEqual([true, true, true]);
    expect([await ask("sms", "nonsense"), await ask("totp", number)]).toEqual([false, false]);
    const { id, more } = await refusalOf(ask("sms", number));
    expect([id, more.retryAt]).toEqual(["throttle.start_over", undefined]); // an hour would be true of the counter alone
  });

  test("it sends nothing", async () => {
    const { person, ask } = await question();
    await ask("sms", freshNumber());
    expect(await lettersOf(house.ctx, person.userId)).toEqual([]);
  });

  test("no for somebody who has a factor, whatever is asked", async () => {
    const { person, ask } = await question();
    await withTotp(house.ctx, person);
    expect([await ask("sms", freshNumber()), await ask("email", person.email)]).toEqual([false, false]);
  });
});

test("another code may be asked for after a minute, to the same number", async () => {
  const { person, pass } = await ada();
  const number = freshNumber();
  const longer = await begin(pass, "sms", number);
  expect(await refused(sendAgainAtLogin(house.stranger(), { pass: longer, kind: "sms" }))).toBe("post.too_soon");
  house.clock.move(seconds(60));
  await sendAgainAtLogin(house.stranger(), { pass: longer, kind: "sms" });
  expect((await lettersOf(house.ctx, person.userId)).map(({ to }) => to)).toEqual([number, number]);
});
