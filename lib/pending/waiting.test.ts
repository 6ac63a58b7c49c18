import { afterEach, describe, expect, test } from "vitest";
import { changePassword } from "@/lib/account/change-password";
import { containAccount } from "@/lib/account/contain-account";
import { type Duration, days, hours, later, minutes, seconds } from "@/lib/kernel/duration";
import { carryAll } from "@/lib/letters/letters.kit";
import { newAlarmLink } from "@/lib/links/alarm-link";
import { logOut } from "@/lib/login/log-out";
import { askForChange } from "@/lib/pending/ask-for-change";
import { beginWaits } from "@/lib/pending/begin-waits";
import { doDue } from "@/lib/pending/do-due";
import { lookOnce } from "@/lib/pending/due-runner";
import { readVeto } from "@/lib/pending/read-changes";
import { vetoByLink, vetoInSession } from "@/lib/pending/veto-change";
import { disownSession } from "@/lib/sessions/disown-session";
import { endAllOthers, endSessionOf } from "@/lib/sessions/end-by-owner";
import { lettersOf, sendingSettings } from "@/lib/testing/letters";
import { sortingOffice } from "@/lib/testing/letters/sorting-office";
import { openHouse, refused } from "@/lib/testing/story";
import { makePerson, openSessionFor, type TestPerson, withTotp } from "@/lib/testing/test-context";
import { setSettings } from "@/lib/testing/test-settings";
import { withAddress } from "@/lib/testing/with-address";

const house = openHouse(sendingSettings);
afterEach(() => setSettings(sendingSettings));

const changes = (userId: string) => house.db.pendingChange.findMany({ where: { userId }, orderBy: { askedAt: "asc" } });
const one = async (userId: string) => (await changes(userId)).at(-1);
const carry = (office = sortingOffice()) => carryAll(house.ctx, office.ways);

async function due(): Promise<void> {
  await beginWaits(house.ctx);
  const fail = (fault: unknown) => {
    throw fault;
  };
  await doDue(house.ctx, { mayDecide: () => true, onFault: fail });
}

async function someone() {
  const person = await makePerson(house.ctx);
  const app = await withTotp(house.ctx, person);
  const { actor } = await openSessionFor(house.ctx, person);
  return { person, factorId: app.factorId, actor };
}

type Someone = Awaited<ReturnType<typeof someone>>;

const askToRemove = ({ actor, factorId }: Someone) =>
  askForChange(house.ctx, actor, "factor.remove", { factorIds: [factorId] });

/** The token of the link in the newest letter about a change. */
async function vetoToken({ userId }: TestPerson): Promise<string> {
  const facts = (await lettersOf(house.ctx, userId)).findLast(({ kind }) => kind === "change.waits")?.facts;
  const link = typeof facts === "object" && facts !== null && "link" in facts ? String(facts.link) : "";
  return link.split("/").at(-1) ?? "";
}

describe("the wait", () => {
  test("counts from the moment at which the first letter is seen to have left, and not a millisecond less is enough", async () => {
    const ada = await someone();
    expect(await askToRemove(ada)).toEqual({ done: false, hours: 24, dueAt: null });
    house.clock.move(hours(2));
    await due();
    expect(await one(ada.person.userId)).toMatchObject({ state: "WAITING", dueAt: null });
    await carry();
    house.clock.move(minutes(1));
    await due();
    const dueAt = later(house.ctx.now, hours(24));
    expect(await one(ada.person.userId)).toMatchObject({ toldAt: house.ctx.now, dueAt });
    house.clock.move(hours(24) - 1);
    await due();
    expect(await one(ada.person.userId)).toMatchObject({ state: "WAITING" });
    house.clock.move(1);
    await due();
    expect(await one(ada.person.userId)).toMatchObject({ state: "DONE", data: null });
    expect(await house.db.factor.count({ where: { userId: ada.person.userId } })).toBe(0);
    expect(await house.db.session.count({ where: { userId: ada.person.userId } })).toBe(0);
  });

  test("begins with an address that was confirmed a week ago, never with a thief's own of yesterday", async () => {
    const ada = await someone();
    const { userId } = ada.person;
    const old = await withAddress(house.ctx, userId, "sms", "+12025550101");
    await house.db.factor.update({
      where: { id: old.factorId },
      data: { confirmedAt: later(house.ctx.now, days(-8)) },
    });
    await withAddress(house.ctx, userId, "email", "thief@example.test");
    await askToRemove(ada);
    const office = sortingOffice(({ to }) =>
      to.startsWith("+") ? { kind: "later", reason: "421 busy" } : { kind: "sent" },
    );
    await carry(office);
    const told = ["+12025550101", ada.person.email, "thief@example.test"];
    expect(office.arrived.map(({ to }) => to)).toEqual(expect.arrayContaining(told));
    await due();
    expect(await one(userId)).toMatchObject({ dueAt: null });
    house.clock.move(hours(4));
    await carry();
    await due();
    expect(await one(userId)).toMatchObject({ dueAt: later(house.ctx.now, hours(24)) });
  });

  test.each([
    ["no channel is on", { MAIL_CHANNEL: "off", SMS_CHANNEL: "off", SECOND_FACTOR_KINDS: "totp" }],
    ["every letter was given up", {}],
  ])("is three days long where %s, and the administrators are told", async (_, settings) => {
    const grace = await makePerson(house.ctx, { isAdmin: true });
    const ada = await someone();
    setSettings({ ...sendingSettings, ...settings });
    await askToRemove(ada);
    await carry(sortingOffice(() => ({ kind: "never", reason: "550 no such mailbox" })));
    setSettings(sendingSettings);
    if (Object.keys(settings).length > 0)
      expect(await house.db.letter.count({ where: { userId: ada.person.userId } })).toBe(0);
    await due();
    expect(await one(ada.person.userId)).toMatchObject({ waitHours: 72, dueAt: later(house.ctx.now, hours(72)) });
    const told = (await lettersOf(house.ctx, grace.userId)).filter(({ kind }) => kind === "change.untold");
    expect(told.at(-1)?.facts).toMatchObject({ who: ada.person.email, change: "factor.remove", hours: 72 });
  });

  test("goes on while mail waits to be sent, and nothing is done meanwhile", async () => {
    const ada = await someone();
    await askToRemove(ada);
    house.clock.move(days(2));
    await due();
    expect(await one(ada.person.userId)).toMatchObject({ state: "WAITING", dueAt: null });
  });

  test("of a deletion is seven days, told or not", async () => {
    const ada = await someone();
    expect(await askForChange(house.ctx, ada.actor, "account.delete", {})).toMatchObject({ hours: 168 });
    await carry();
    await due();
    expect(await one(ada.person.userId)).toMatchObject({ dueAt: later(house.ctx.now, days(7)) });
  });

  test("asked for twice in one session is one change and one letter; another of its kind comes in its place", async () => {
    const ada = await someone();
    await askToRemove(ada);
    await askToRemove(ada);
    expect((await changes(ada.person.userId)).map(({ state }) => state)).toEqual(["WAITING"]);
    house.clock.move(minutes(1));
    const { actor } = await openSessionFor(house.ctx, ada.person);
    await askToRemove({ ...ada, actor });
    expect((await changes(ada.person.userId)).map(({ state }) => state)).toEqual(["SUPERSEDED", "WAITING"]);
  });
});

describe("what is due", () => {
  async function almostDue(): Promise<void> {
    await carry();
    await due();
    house.clock.move(hours(24));
  }

  test("is judged anew: what is not possible any more is refused, told, and never tried again", async () => {
    const ada = await someone();
    await askToRemove(ada);
    await almostDue();
    await house.db.user.update({ where: { id: ada.person.userId }, data: { policy: { demand: "on" } } });
    await due();
    expect(await one(ada.person.userId)).toMatchObject({ state: "REFUSED", why: "factors.last_one", data: null });
    const told = (await lettersOf(house.ctx, ada.person.userId)).filter(({ kind }) => kind === "change.refused");
    expect(told).toHaveLength(1);
    await house.db.user.update({ where: { id: ada.person.userId }, data: { policy: {} } });
    await due();
    expect(await house.db.factor.count({ where: { userId: ada.person.userId } })).toBe(1);
  });

  test("rests while the hour cannot be trusted, and where the database's clock has leapt before anybody noticed", async () => {
    const ada = await someone();
    await askToRemove(ada);
    await carry();
    await due();
    const look = (apart: Duration, mayDecide = true) =>
      lookOnce({
        context: () => house.ctx,
        databaseClock: async () => later(house.ctx.now, apart),
        mayDecide: () => mayDecide,
        onFault: () => undefined,
      });
    await look(days(1));
    expect(await one(ada.person.userId)).toMatchObject({ state: "WAITING" });
    house.clock.move(hours(24));
    await look(seconds(0), false);
    await look(seconds(-31));
    expect(await one(ada.person.userId)).toMatchObject({ state: "WAITING" });
    await look(seconds(0));
    expect(await one(ada.person.userId)).toMatchObject({ state: "DONE" });
  });

  test("of one account that fails by a fault of ours holds up no other, and is tried again", async () => {
    const [ada, grace] = [await someone(), await someone()];
    await askToRemove(ada);
    await askToRemove(grace);
    await almostDue();
    const guard = `CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF OLD.user_id = '${ada.person.userId}' THEN RAISE 'broken'; END IF; RETURN OLD; END $$`;
    await house.db.$executeRawUnsafe(guard);
    await house.db.$executeRawUnsafe(
      "CREATE TRIGGER fail BEFORE DELETE ON factors FOR EACH ROW EXECUTE FUNCTION fail()",
    );
    const faults: unknown[] = [];
    await doDue(house.ctx, { mayDecide: () => true, onFault: (fault) => faults.push(fault) });
    await house.db.$executeRawUnsafe("DROP TRIGGER fail ON factors");
    await house.db.$executeRawUnsafe("DROP FUNCTION fail");
    expect(faults).toHaveLength(1);
    expect(await one(ada.person.userId)).toMatchObject({ state: "WAITING" });
    expect(await one(grace.person.userId)).toMatchObject({ state: "DONE" });
    await due();
    expect(await one(ada.person.userId)).toMatchObject({ state: "DONE" });
  });

  test("of many, or looked for by two portals at once, is done once each", async () => {
    const people = await Promise.all([someone(), someone(), someone()]);
    for (const ada of people) await askToRemove(ada);
    await carry();
    await due();
    house.clock.move(hours(24));
    await Promise.all([due(), due(), due()]);
    for (const { person } of people) {
      const events = await house.db.securityEvent.findMany({
        where: { subjectId: person.userId, name: "factor.removed" },
      });
      expect(events).toHaveLength(1);
    }
  });
});

describe("a change that waits is stopped", () => {
  test("by the link of its letter, which looks before it does anything and works once", async () => {
    const ada = await someone();
    await askToRemove(ada);
    const token = await vetoToken(ada.person);
    for (let look = 0; look < 3; look += 1)
      expect(await readVeto(house.stranger(), token)).toMatchObject({ state: "open", kind: "factor.remove" });
    await vetoByLink(house.stranger(), { token });
    expect(await one(ada.person.userId)).toMatchObject({ state: "VETOED", why: "by_link", data: null });
    expect(await readVeto(house.stranger(), token)).toEqual({ state: "stopped" });
    for (const over of [token, "vet_", `vet_${"A".repeat(43)}`])
      expect(await refused(vetoByLink(house.stranger(), { token: over }))).toBe("pending.over");
    expect(await house.db.session.count({ where: { userId: ada.person.userId } })).toBe(1);
    expect((await lettersOf(house.ctx, ada.person.userId)).map(({ kind }) => kind)).toContain("change.stopped");
  });

  test("in any session of its owner, and in nobody else's", async () => {
    const [ada, eve] = [await someone(), await someone()];
    await askToRemove(ada);
    const id = (await one(ada.person.userId))?.id ?? "";
    expect(await refused(vetoInSession(house.stranger(), { actor: eve.actor, id }))).toBe("pending.over");
    const { actor } = await openSessionFor(house.ctx, ada.person);
    await vetoInSession(house.ctx, { actor, id });
    expect(await refused(vetoInSession(house.ctx, { actor, id }))).toBe("pending.over");
    expect(await one(ada.person.userId)).toMatchObject({ state: "VETOED", why: "by_owner" });
  });

  const ends: readonly (readonly [string, string, (ada: Someone, owner: Someone["actor"]) => Promise<unknown>])[] = [
    [
      "its session is ended by the owner",
      "session_ended",
      ({ actor: { sessionId: id } }, owner) => endSessionOf(house.ctx, { actor: owner, id }),
    ],
    ["all others are ended", "others_ended", (_, owner) => endAllOthers(house.ctx, owner)],
    [
      "that login was not its owner",
      "not_me",
      ({ actor }, owner) => disownSession(house.ctx, { actor: owner, ref: actor.sessionId.slice(0, 8) }),
    ],
    [
      "the password is changed",
      "password_changed",
      ({ person }, owner) =>
        changePassword(house.ctx, { actor: owner, current: person.password, next: "nine slow ferries to nowhere" }),
    ],
    [
      "the owner answers a letter with “this was not me”",
      "not_me",
      async ({ person: { userId } }) => {
        const link = await newAlarmLink(house.ctx, { kind: "device.new", userId, challengeId: null });
        await containAccount(house.stranger(), { token: link.split("/").at(-1) ?? "" });
      },
    ],
  ];

  test.each(ends)("when %s", async (_, why, end) => {
    const ada = await someone();
    await askToRemove(ada);
    house.clock.move(minutes(1));
    const { actor: owner } = await openSessionFor(house.ctx, ada.person);
    await end(ada, owner);
    expect(await one(ada.person.userId)).toMatchObject({ state: "VETOED", why });
  });

  test("not when its session logs out, nor by ending all others where it was asked for in the acting one", async () => {
    const ada = await someone();
    await askToRemove(ada);
    await endAllOthers(house.ctx, ada.actor);
    await logOut(house.ctx, ada.actor);
    expect(await one(ada.person.userId)).toMatchObject({ state: "WAITING" });
  });
});
