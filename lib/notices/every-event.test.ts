import { describe, expect, test, vi } from "vitest";
import { acceptInvitation } from "@/lib/account/accept-invitation";
import { changePassword } from "@/lib/account/change-password";
import { prove, revertTokenTo, someMailbox } from "@/lib/account/contacts/contacts.kit";
import { removeNoticeAddress } from "@/lib/account/contacts/notice-address";
import { readContacts } from "@/lib/account/contacts/read-contacts";
import { revertEmail } from "@/lib/account/contacts/revert-email";
import { containAccount } from "@/lib/account/contain-account";
import { countedApart } from "@/lib/account/delete-account";
import { lockAccount } from "@/lib/account/lock-account";
import { changeUsername } from "@/lib/account/profile/change-username";
import { type EventName, events } from "@/lib/audit/events";
import { type Ctx, inTransaction } from "@/lib/context/context";
import { rawOf } from "@/lib/db/client";
import { beginEnrolment } from "@/lib/factors/begin-enrolment";
import { binderOf } from "@/lib/factors/binder-of";
import { confirmEnrolment } from "@/lib/factors/confirm-enrolment";
import { findPendingView } from "@/lib/factors/list-factors";
import { tellOfCopy } from "@/lib/factors/passkey/judge";
import { handOutCode } from "@/lib/factors/recovery/hand-out";
import { regenerateCodes } from "@/lib/factors/regenerate-codes";
import { removeFactor } from "@/lib/factors/remove-factor";
import { codeAt } from "@/lib/factors/totp/code";
import { findBroken } from "@/lib/invariants/find-broken";
import { days, minutes } from "@/lib/kernel/duration";
import { newAlarmLink } from "@/lib/links/alarm-link";
import { noticeOf } from "@/lib/notices/which-notice";
import { changeEmail } from "@/lib/operator/change-email";
import { changePhone } from "@/lib/operator/change-phone";
import { disablePerson } from "@/lib/operator/disable-person";
import { enablePerson } from "@/lib/operator/enable-person";
import { inviteAgain } from "@/lib/operator/invite-person";
import { resetFactors } from "@/lib/operator/reset-factors";
import { askForChange } from "@/lib/pending/ask-for-change";
import { doOne } from "@/lib/pending/do-due";
import { tellOfUnasked } from "@/lib/pending/keep-unasked";
import { vetoInSession } from "@/lib/pending/veto-change";
import { policy } from "@/lib/policy/policy";
import { setNewPassword } from "@/lib/resets/set-new-password";
import type { Actor } from "@/lib/sessions/acting-session";
import { recordedLines, watchSecrets } from "@/lib/testing/canaries";
import { dueNow } from "@/lib/testing/due-now";
import { sendingSettings } from "@/lib/testing/letters";
import { begunReset } from "@/lib/testing/resets";
import { answer } from "@/lib/testing/second-door";
import { atSecondDoor, knock, openHouse, refused, wrongCode } from "@/lib/testing/story";
import { makePerson, openSessionFor, type TestPerson } from "@/lib/testing/test-context";
import { enterIn, type Jar } from "@/lib/testing/trusted-browser";
import { withAddress } from "@/lib/testing/with-address";
import { bucketKey } from "@/lib/throttle/bucket";
import { keysOfAccount } from "@/lib/throttle/store";

const requestId = "a request of this life";
const house = openHouse({ ...sendingSettings, TRUST_DEVICES: "14" }, requestId);

/** Each confirmed address of this person: the account's own, a bound e-mail address, a bound number. */
const addresses = { mail: 2, sms: 1 } as const;

/** Towards the end of the life: the address that goes hears of that, and of all that happens in the week after it. */
const alsoMail: Readonly<Record<string, number>> = {
  "email.changed": 1,
  "account.disabled": 1,
  "account.enabled": 1,
  "factors.reset": 1,
  "username.changed": 1,
  "contact.added": 2,
  "contact.removed": 2,
  "email.moved": 2,
  "email.reverted": 3,
};

/** The notice of an event that reaches whom it is about. */
const told = (name: EventName) => {
  const consequence = noticeOf[name];
  const [notice] = "tells" in consequence ? consequence.tells : [];
  return notice?.reaches.to === "owner" ? { kind: notice.kind, by: notice.reaches.by } : null;
};

const isEvent = (name: string): name is EventName => name in events;

/** Binds an authenticator app as a person does, in the pages or by an app that hands a recovery code out with it. */
async function bind(ctx: Ctx, actor: Actor, isByApp = false) {
  const begun = await beginEnrolment(ctx, { binder: binderOf(actor), kind: "totp", replacesId: null, given: {} });
  if (isByApp) await handOutCode(ctx, { userId: actor.userId, factorId: begun.factorId });
  const secret = (await findPendingView(ctx, binderOf(actor), "totp"))?.shown.secret ?? "";
  const code = { code: codeAt(secret, ctx.now) };
  const bound = await confirmEnrolment(ctx, { actor, kind: "totp", answer: code, label: "Phone", defaultLabel: "App" });
  return { ...bound, secret };
}

/** Lived elsewhere: nothing of a life is left behind it (`lib/pending/kinds.test.ts`). */
const last = ["account.deleted"];

/** Changes that wait: one is stopped, one is due, and one is due when it is not possible any more. */
async function waitAndSee(ctx: Ctx, person: TestPerson): Promise<void> {
  const actor = await actorOf(person);
  const { userId } = person;
  await askForChange(ctx, actor, "data.download", {});
  house.clock.move(minutes(1));
  await vetoInSession(ctx, { actor, id: await dueNow(ctx, userId) });
  house.clock.move(minutes(1));
  await askForChange(ctx, actor, "data.download", {});
  house.clock.move(minutes(1));
  await doOne(ctx, { id: await dueNow(ctx, userId), userId, kind: "data.download" });
  house.clock.move(minutes(1));
  await askForChange(ctx, actor, "password.set", { phc: "$argon2id$made-up" });
  house.clock.move(minutes(1));
  await ctx.db.user.update({ where: { id: userId }, data: { passwordChangedAt: ctx.now } });
  await doOne(ctx, { id: await dueNow(ctx, userId), userId, kind: "password.set" });
}

const actorOf = async (person: TestPerson) => (await openSessionFor(house.ctx, person)).actor;

/** A browser is trusted; a copy of it comes in once, and once too late. */
async function copyBrowser(person: TestPerson, pause: () => void): Promise<void> {
  const jar: Jar = { devices: null };
  await enterIn(house.stranger(), person, { jar, trusts: true });
  const copy = { ...jar };
  for (let time = 0; time < 2; time += 1) {
    pause();
    await enterIn(house.stranger(), person, { jar });
  }
  pause();
  await knock(house.stranger(), person, { deviceToken: copy.devices });
}

/** A life with everything in it that the table of notices knows, a minute between one thing and the next. */
async function live(person: TestPerson): Promise<void> {
  const { userId } = person;
  const { ctx } = house;
  const pause = () => house.clock.move(minutes(1));
  const next = "nine slow ferries to nowhere";
  const app = await bind(ctx, await actorOf(person));
  pause();
  await inTransaction(ctx, (tx) => tellOfCopy(tx, { id: "a passkey", userId, label: "Blue key" }));
  pause();
  const { sessionId } = await actorOf(person);
  const unasked = { factorId: "a passkey", userId, label: "Passkey", sessionId };
  await inTransaction(ctx, (tx) => tellOfUnasked(tx, unasked));
  pause();
  await answer(ctx, await atSecondDoor(ctx, userId), "recovery", app.codes?.codes[0] ?? "");
  pause();
  const { deviceToken } = await openSessionFor(ctx, person);
  for (let time = 0; time < 11; time += 1)
    await refused(knock(house.stranger(), person, { password: "not this one", deviceToken }));
  pause();
  await bind(ctx, await actorOf(person), true);
  pause();
  const [code = ""] = (await regenerateCodes(ctx, { actor: await actorOf(person) })).codes;
  house.clock.move(days(1)); // text messages to one account have a budget of the day
  await waitAndSee(ctx, person);
  house.clock.move(days(1));
  await changePhone(ctx, { userId, typed: "+1 202 555 0143", by: "cli" });
  pause();
  await changePassword(ctx, { actor: await actorOf(person), current: person.password, next });
  pause();
  await copyBrowser({ ...person, password: next }, pause);
  pause();
  await house.db.bucket.create({
    data: { key: bucketKey("factor.totp", userId), fails: 0, orphans: 89, windowStart: ctx.now, updatedAt: ctx.now },
  });
  await refused(answer(ctx, await atSecondDoor(ctx, userId), "totp", wrongCode(app.secret, ctx.now)));
  pause();
  await removeFactor(ctx, { actor: await actorOf(person), factorId: app.factorId });
  pause();
  const { consecutiveFailures } = policy.password;
  await house.db.user.update({ where: { id: userId }, data: { passwordFailures: consecutiveFailures - 1 } });
  await refused(knock(house.stranger(), person));
  pause();
  await lockAccount(ctx, await actorOf(person));
  pause();
  const invitation = await inviteAgain(ctx, { userId, by: "cli" });
  await acceptInvitation(house.stranger(), { token: invitation?.link.split("/").at(-1) ?? "", password: next });
  pause();
  const link = await newAlarmLink(ctx, { kind: "device.new", userId, challengeId: null });
  await containAccount(house.stranger(), { token: link.split("/").at(-1) ?? "" });
  pause();
  const { pass } = await begunReset(house, person);
  await answer(ctx, pass, "recovery", code);
  await setNewPassword(ctx, { pass, password: next, remove: [] });
  house.clock.move(days(1));
  await changeEmail(ctx, { userId, typed: `new-${person.email}`, by: "cli" });
  pause();
  await disablePerson(ctx, { userId, by: "cli" });
  pause();
  await enablePerson(ctx, { userId, by: "cli" });
  pause();
  await resetFactors(ctx, { userId, by: "cli" });
  pause();
  await moveAround(person);
}

/** What somebody does with their own contacts. */
async function moveAround({ userId }: TestPerson): Promise<void> {
  const { ctx } = house;
  const { actor } = await openSessionFor(ctx, { userId });
  const pause = () => house.clock.move(minutes(1));
  await changeUsername(ctx, { actor, typed: "ada.l" });
  await prove(ctx, actor, "confirm");
  pause();
  await prove(ctx, actor, "further", someMailbox(ctx));
  pause();
  const [contact] = (await readContacts(ctx, actor))?.further ?? [];
  await inTransaction(ctx, (tx) => removeNoticeAddress(tx, { userId, id: contact?.id ?? "" }));
  pause();
  const { email } = await house.db.user.findUniqueOrThrow({ where: { id: userId } });
  await prove(ctx, actor, "login", someMailbox(ctx));
  pause();
  await revertEmail(house.stranger(), { token: await revertTokenTo(ctx, userId, email) });
}

/** What strangers, the operator and nobody did to an account; everything else is its owner's doing. */
const notByOwner = [
  "account.contained",
  "account.disabled",
  "account.email_changed",
  "account.email_reverted",
  "account.enabled",
  "account.factors_reset",
  "account.phone_changed",
  "factor.closed",
  "invitation.created",
  "login.password_refused",
  "pending.refused",
  "reset.begun",
  "reset.letter_sent",
];

type Row = Awaited<ReturnType<typeof house.db.securityEvent.findMany>>[number];

/** Who, from where, by what, in which request, and how it went stands in every row, and what was done stands in one (ASVS 5.0, 16.2.1). */
function expectWhole(rows: readonly Row[], userId: string): void {
  for (const row of rows)
    expect(row).toMatchObject({
      requestId,
      subjectId: userId,
      agent: "test",
      ip: expect.stringMatching(/^\d{1,3}(?:\.\d{1,3}){3}$/),
      result: expect.stringMatching(/^(?:ok|refused|failed)$/),
    });
  const others = rows.filter(({ actorId }) => actorId !== userId);
  expect(others.filter(({ actorId }) => actorId !== null)).toEqual([]);
  expect([...new Set(others.map(({ name }) => name))].sort()).toEqual(notByOwner);
  const done = rows
    .filter(({ result }) => result === "ok")
    .map(({ id, requestId: _, mac, ...row }) => JSON.stringify(row));
  expect(done.filter((row, place) => done.indexOf(row) !== place)).toEqual([]);
}

/** Every counter that a life has brought about for its account is one that goes with the account. */
async function expectCountersNamed(userId: string): Promise<void> {
  const counters = await house.db.bucket.findMany({ where: { key: { endsWith: userId } } });
  expect(counters.length).toBeGreaterThan(5);
  const known = keysOfAccount(userId, countedApart);
  expect(counters.map(({ key }) => key).filter((key) => !known.includes(key))).toEqual([]);
}

describe("a life with everything in it", () => {
  test("has one whole row for each thing that was done, for each event of the table exactly one letter for each confirmed address, and no other; none of its secrets is recorded", async () => {
    const secrets = watchSecrets();
    const person = await makePerson(house.ctx);
    secrets.add(person.password);
    secrets.add("+447700900123");
    const { userId } = person;
    await withAddress(house.ctx, userId, "email", "elsewhere@example.test");
    await withAddress(house.ctx, userId, "sms", "+447700900123");
    house.clock.move(minutes(1));
    await live(person);
    vi.restoreAllMocks();
    expect(secrets.count()).toBeGreaterThan(200);
    expect(secrets.seenIn(await recordedLines(house.ctx))).toEqual([]);

    const happened = await house.db.securityEvent.findMany({ where: { subjectId: userId }, orderBy: { id: "asc" } });
    const bound = new Set(happened.filter(({ name }) => name === "factor.bound").map(({ at }) => at.getTime()));
    const expected = happened.flatMap(({ name, at }) => {
      const notice = isEvent(name) ? told(name) : null;
      if (notice === null) return [];
      const { kind, by } = notice;
      if (kind === "recovery.generated" && bound.has(at.getTime())) return []; // told with the factor
      return by.flatMap((channel) =>
        Array(addresses[channel] + (channel === "mail" ? (alsoMail[kind] ?? 0) : 0)).fill(
          `${at.toISOString()} ${kind} ${channel}`,
        ),
      );
    });
    const gathered = ["device.new", "second_step.wrong", "password.waits", "digest", "reset.link"];
    const theirOwn = ["code.contact", "email.moved_away"]; // to one address each
    const letters = await house.db.letter.findMany({ where: { userId, kind: { notIn: [...gathered, ...theirOwn] } } });
    expect(letters.map((one) => `${one.createdAt.toISOString()} ${one.kind} ${one.channel}`).sort()).toEqual(
      expected.sort(),
    );

    const lived = new Set(happened.map(({ name }) => name));
    const unlived = Object.keys(events).filter(
      (name) => isEvent(name) && told(name) !== null && !lived.has(name) && !last.includes(name),
    );
    expect(unlived).toEqual([]);
    const places = await house.db.letter.groupBy({ by: ["address"], where: { userId, kind: "factor.bound" } });
    expect(places).toHaveLength(addresses.mail + addresses.sms);
    expectWhole(happened, userId);
    await expectCountersNamed(userId);
    const broken = (await findBroken(rawOf(house.db))).map(({ name }) => name);
    expect(broken.filter((name) => /^(?:notice|step|recovery|link)\./.test(name) || name.endsWith(".endless"))).toEqual(
      [],
    );
  });
});
