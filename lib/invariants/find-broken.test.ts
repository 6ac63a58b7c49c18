import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { rawOf } from "@/lib/db/client";
import { findBroken, findShut } from "@/lib/invariants/find-broken";
import { invariants } from "@/lib/invariants/invariants";
import { days, earlier, hours, later, minutes } from "@/lib/kernel/duration";
import {
  makePerson,
  openSessionFor,
  type TestPerson,
  testHouse,
  withRecoveryCodes,
  withTotp,
} from "@/lib/testing/test-context";
import { setSettings } from "@/lib/testing/test-settings";

type House = Awaited<ReturnType<typeof testHouse>>;
let house: House;
let ada: TestPerson;

beforeAll(async () => {
  setSettings();
  house = await testHouse();
});
beforeEach(async () => {
  await house.empty();
  ada = await makePerson(house.ctx);
  await withTotp(house.ctx, ada);
  await withRecoveryCodes(house.ctx, ada);
  await openSessionFor(house.ctx, ada);
});
afterAll(() => house.close());

const db = () => house.db;
const aLetter = { channel: "mail", kind: "k", queue: "q", address: "a", language: "en" } as const;
const anEvent = { name: "challenge.answered", result: "ok", ip: "", agent: "" } as const;
const aChange = () => ({
  userId: ada.userId,
  kind: "factor.remove",
  askedIn: "s",
  askedAt: house.ctx.now,
  ip: "",
  agent: "",
  waitHours: 24,
  noticeIds: [],
});

const aLink = () => ({ id: "a", hash: "a", purpose: "reset", userId: ada.userId, createdAt: house.ctx.now });
const aDevice = () => ({
  id: "a",
  tokenHash: "a",
  userId: ada.userId,
  credentialVersion: 1,
  agent: "",
  createdAt: house.ctx.now,
  lastUsedAt: house.ctx.now,
  expiresAt: later(house.ctx.now, days(31)),
});
const anUnlock = () => ({
  id: "a",
  userId: ada.userId,
  linkHash: "a",
  waitHash: "a",
  codeHash: "a",
  codeTries: 5,
  credentialVersion: 1,
  createdAt: house.ctx.now,
  expiresAt: later(house.ctx.now, minutes(21)),
});

const write = (letter: { id: string; userId: string; createdAt: Date; kind?: string }) =>
  db().letter.create({ data: { ...aLetter, notBefore: letter.createdAt, ...letter } });

/** Two logins that say the same of what opened them. */
async function loginsWith(what: { linkId: string } | { satisfiedStep: number }) {
  const login = await db().challenge.findFirstOrThrow();
  await db().challenge.update({ where: { id: login.id }, data: what });
  await db().challenge.create({ data: { ...login, ...what, id: "second" } });
}

/** What starts said of mail, so many minutes before now, and a change of Ada's now of which no letter tells. */
async function untold(switches: Readonly<Record<number, boolean>>, agent = "") {
  await db().user.updateMany({ data: { emailConfirmedAt: earlier(house.ctx.now, days(1)) } });
  for (const [ago, on] of Object.entries(switches)) {
    const at = earlier(house.ctx.now, minutes(Number(ago)));
    await db().securityEvent.create({ data: { ...anEvent, name: "mail.switched", at, meta: { on } } });
  }
  const changed = { ...anEvent, name: "password.changed", subjectId: ada.userId, at: house.ctx.now, agent, meta: {} };
  await db().securityEvent.create({ data: changed });
}

/** One row each that breaks a rule. */
const wrong: Readonly<Record<string, () => Promise<unknown>>> = {
  "session.unconsumed": () => db().challenge.updateMany({ data: { state: "OPEN", satisfiedWith: null } }),
  "session.unproven": () => db().session.updateMany({ data: { amr: [] } }),
  "session.endless": () => db().session.updateMany({ data: { expiresAt: later(house.ctx.now, days(2)) } }),
  "session.of_disabled": () => db().user.updateMany({ data: { disabledAt: house.ctx.now } }),
  "stamp.ahead": () => db().session.updateMany({ data: { credentialVersion: 99 } }),
  "challenge.endless": () => db().challenge.updateMany({ data: { expiresAt: later(house.ctx.now, hours(1)) } }),
  "link.endless": () => db().oneTimeLink.create({ data: { ...aLink(), expiresAt: later(house.ctx.now, minutes(31)) } }),
  "unlock.endless": () => db().unlock.create({ data: anUnlock() }),
  "device.endless": () => db().device.create({ data: aDevice() }),
  "step.twice": () => loginsWith({ satisfiedStep: 7 }),
  "recovery.twice": () =>
    db().securityEvent.create({
      data: { ...anEvent, name: "recovery.used", subjectId: ada.userId, at: house.ctx.now, meta: {} },
    }),
  "link.twice": () => loginsWith({ linkId: "a" }),
  "link.late": () =>
    db().oneTimeLink.create({
      data: { ...aLink(), expiresAt: house.ctx.now, spentAt: later(house.ctx.now, minutes(1)) },
    }),
  "answer.unrecorded": () =>
    db().challenge.updateMany({ data: { satisfiedWith: "totp", satisfiedAt: later(house.ctx.now, days(1)) } }),
  "answer.twice": () =>
    db().securityEvent.createMany({
      data: [1, 2].map(() => ({ ...anEvent, at: house.ctx.now, meta: { challenge: "one" } })),
    }),
  "factor.unconfirmed": () => db().factor.updateMany({ data: { confirmedAt: null } }),
  "factor.ahead": () => db().factor.updateMany({ data: { lastStep: 2 ** 31 - 1 } }),
  "factor.vanished": async () => {
    await db().securityEvent.create({
      data: { ...anEvent, name: "factor.bound", subjectId: ada.userId, at: house.ctx.now, meta: {} },
    });
    await db().factor.deleteMany();
  },
  "recovery.sets": () => db().recoveryCode.updateMany({ where: { position: 1 }, data: { setId: "another" } }),
  "recovery.many": async () => {
    const code = await db().recoveryCode.findFirstOrThrow();
    await db().recoveryCode.create({ data: { ...code, id: "eleventh" } });
  },
  "counter.negative": () => db().user.updateMany({ data: { passwordFailures: -1 } }),
  "letter.unwiped": () =>
    db().letter.create({
      data: {
        ...aLetter,
        id: "l",
        createdAt: house.ctx.now,
        notBefore: house.ctx.now,
        sentAt: house.ctx.now,
        content: "x",
      },
    }),
  "change.unwiped": () =>
    db().pendingChange.create({ data: { ...aChange(), id: "a", vetoHash: "a", state: "DONE", data: "x" } }),
  "notice.missing": async () => {
    await db().user.updateMany({ data: { emailConfirmedAt: house.ctx.now } });
    const { userId: otherId } = await makePerson(house.ctx);
    for (const at of [-10, 10])
      await write({ id: `${at}`, userId: otherId, createdAt: later(house.ctx.now, minutes(at)) });
    const changed = { ...anEvent, name: "password.changed", subjectId: ada.userId, at: house.ctx.now, meta: {} };
    await db().securityEvent.create({ data: changed });
  },
  "notice.twice": async () => {
    for (const id of ["a", "b"])
      await write({ id, userId: ada.userId, createdAt: house.ctx.now, kind: "password.changed" });
  },
  "event.ahead": () =>
    db().securityEvent.create({ data: { ...anEvent, at: new Date("2199-01-01T00:00:00Z"), meta: { challenge: "x" } } }),
};

/** The rows of these tests that belong to nobody. */
const ofNobody = ["answer.twice", "letter.unwiped"];

/** The clock of this house stands in the future of the database's. */
const ofThisClock = ["event.ahead", "factor.ahead"];
const names = async () =>
  (await findBroken(rawOf(db()))).map(({ name }) => name).filter((name) => !ofThisClock.includes(name));

test("in a house where people logged in nothing is broken, and every sealed value opens", async () => {
  expect(await names()).toEqual([]);
  expect(await findShut(house.ctx)).toEqual([]);
});

test("every rule can be broken", () => {
  expect(Object.keys(wrong).sort()).toEqual(invariants.map(({ name }) => name).sort());
});

test.each(Object.entries(wrong))("%s is found, with how many and which", async (name, breakIt) => {
  await breakIt();
  const broken = await findBroken(rawOf(db()));
  const found = broken.find((each) => each.name === name);
  expect(found).toMatchObject({
    count: expect.any(Number),
    cure: expect.stringMatching(/\.$|npm run portal -- [\w -]+$/),
  });
  expect(found?.count).toBeGreaterThan(0);
  expect(found?.examples.length).toBe(Math.min(3, found?.count ?? 0));
  expect(found?.people).toEqual(ofNobody.includes(name) ? [] : [ada.userId]);
});

test("a sealed value that was damaged, or moved from another row, is found", async () => {
  const grace = await makePerson(house.ctx);
  const { passwordHash } = await db().user.findUniqueOrThrow({ where: { id: grace.userId } });
  await db().user.update({ where: { id: ada.userId }, data: { passwordHash } });
  await db().factor.updateMany({ data: { secret: "v1.one.x.x.x" } });
  expect(await findShut(house.ctx)).toMatchObject([
    { name: "sealed.users.password_hash", count: 1, examples: [ada.userId], people: [ada.userId] },
    { name: "sealed.factors.secret", count: 1 },
  ]);
});

const isMissed = async () => (await names()).includes("notice.missing");

test("a notice is missed also in a house of few letters, where a start has said that mail is on", async () => {
  await untold({ 61: true });
  expect(await isMissed()).toBe(true);
  await write({ id: "told", userId: ada.userId, createdAt: house.ctx.now });
  expect(await isMissed()).toBe(false);
});

test.each([
  ["mail is off", { 61: false }],
  ["it was switched off since", { 90: true, 30: false }],
  ["it is on for less than an hour, in which another portal may not be", { 90: false, 59: true }],
  ["it was off at one portal within that hour", { 120: true, 30: false, 20: true }],
  ["it is switched off a moment later", { 120: true, [-0.5]: false }],
])("none is missed where %s", async (_, switches) => {
  await untold(switches);
  expect(await isMissed()).toBe(false);
});

test("nor where all that was written before and after is what is written while mail is off", async () => {
  await untold({ 61: false });
  for (const at of [-10, 10])
    await write({
      id: `${at}`,
      userId: ada.userId,
      createdAt: later(house.ctx.now, minutes(at)),
      kind: "change.untold",
    });
  expect(await isMissed()).toBe(false);
});

test("nor of a command, which has settings of its own", async () => {
  await untold({ 61: true }, "npm run portal");
  expect(await isMissed()).toBe(false);
});
