import { beforeAll, describe, expect, test } from "vitest";
import { acceptInvitation } from "@/lib/account/accept-invitation";
import { changePassword } from "@/lib/account/change-password";
import { containAccount } from "@/lib/account/contain-account";
import { answerChallenge } from "@/lib/challenge/answer-challenge";
import { prepareAnswer } from "@/lib/challenge/prepare-answer";
import { startStepUp } from "@/lib/challenge/start-step-up";
import { beginEnrolment } from "@/lib/factors/begin-enrolment";
import { binderOf } from "@/lib/factors/binder-of";
import { confirmEnrolment } from "@/lib/factors/confirm-enrolment";
import { minutes } from "@/lib/kernel/duration";
import { answer } from "@/lib/testing/second-door";
import { aloud, atSecondDoor, knock, openHouse, refused, wrongCode } from "@/lib/testing/story";
import { makePerson, openSessionFor, type TestPerson, withAddress, withTotp } from "@/lib/testing/test-context";

const house = openHouse({
  SECOND_FACTOR_KINDS: "totp,sms",
  DEV_TOOLS: "true",
  SMS_CHANNEL: "mailbox",
  MAIL_CHANNEL: "mailbox",
  SMS_COUNTRIES: "US",
});
const wrong = { password: "not the password at all" };

/** From now on no refusal can be written down, nor what one ends: as on a full disk, or where somebody made a rule. */
beforeAll(async () => {
  await house.db.$executeRaw`
    ALTER TABLE security_events ADD CONSTRAINT no_room
    CHECK (result <> 'refused' AND name NOT IN ('session.ended', 'device.forgotten'))`;
});

async function grace() {
  const person = await makePerson(house.ctx);
  const app = await withTotp(house.ctx, person);
  return { person, app, wrongOne: () => wrongCode(app.secret, house.clock.now()) };
}

/** The refusal of `deed`; its missing row is told in the log as a fault, and the event's own line is there. */
async function unwritten(name: string, deed: Promise<unknown>): Promise<string> {
  const id = await refused(deed);
  const lines = house.logged().map((line) => JSON.parse(line));
  expect(lines).toContainEqual(expect.objectContaining({ level: "error", event: "event.not_written", name }));
  expect(lines).toContainEqual(expect.objectContaining({ level: "event", event: name }));
  expect(await house.db.securityEvent.count({ where: { name } })).toBe(0);
  return id;
}

const user = ({ userId }: TestPerson) => house.db.user.findUniqueOrThrow({ where: { id: userId } });
const letters = ({ userId }: TestPerson, kind: string) => house.db.letter.count({ where: { userId, kind } });

describe("a refusal stands also when its event cannot be written", () => {
  test("a wrong password is counted, the one that closes it is told by letter", async () => {
    const { person } = await grace();
    expect(await unwritten("login.password_refused", knock(aloud(house.stranger()), person, wrong))).toBe(
      "login.wrong",
    );
    expect((await user(person)).passwordFailures).toBe(1);
    await house.db.user.update({ where: { id: person.userId }, data: { passwordFailures: 89 } });
    expect(await unwritten("factor.closed", knock(aloud(house.stranger()), person, wrong))).toBe("login.wrong");
    expect([(await user(person)).passwordFailures, await letters(person, "factor.closed")]).toEqual([90, 1]);
  });

  test("too many tries are too many", async () => {
    const { person } = await grace();
    for (let time = 0; time < 3; time += 1) await refused(knock(house.stranger(), person, wrong));
    const last = async () => refused(knock(aloud(house.stranger()), person, wrong));
    let id = await last();
    for (let time = 0; time < 10 && id === "login.wrong"; time += 1) id = await last();
    expect(id).toBe("throttle.too_many");
    const address = aloud(house.stranger());
    for (let time = 0; time < 400 && id !== "full"; time += 1) {
      const got = await refused(knock(address, { ...person, email: `nobody${time % 50}@example.test` }, wrong));
      if (got === "throttle.too_many") id = "full";
    }
    expect(id).toBe("full");
  });

  test("a wrong code stays consumed, and the fifth is the challenge's death", async () => {
    const { person, wrongOne } = await grace();
    const pass = await atSecondDoor(house.stranger(), person.userId);
    const state = () => house.db.challenge.findUniqueOrThrow({ where: { id: pass.challengeId } });
    const guess = () => answer(aloud(house.stranger()), pass, "totp", wrongOne());
    expect(await unwritten("challenge.refused", guess())).toBe("totp.wrong_code");
    expect(await state()).toMatchObject({ attemptsLeft: 4, state: "OPEN" });
    await house.db.challenge.update({ where: { id: pass.challengeId }, data: { attemptsLeft: 1 } });
    expect(await unwritten("challenge.died", guess())).toBe("totp.wrong_code");
    expect((await state()).state).toBe("DEAD");
  });

  test("the last wrong code at a step-up ends the session", async () => {
    const { person, wrongOne } = await grace();
    const { session } = await openSessionFor(house.ctx, person);
    const pass = await startStepUp(house.ctx, { session, action: "factor.remove", returnTo: "/security" });
    await house.db.session.update({ where: { id: session.id }, data: { stepUpFailures: 4 } });
    const asked = { pass, kind: "totp", answer: { code: wrongOne() }, sessionId: session.id } as const;
    expect(await unwritten("session.ended", answerChallenge(aloud(house.stranger()), asked))).toBe("totp.wrong_code");
    expect(await house.db.session.count({ where: { id: session.id } })).toBe(0);
  });

  test("a link that is over stays over", async () => {
    const alarm = containAccount(aloud(house.stranger()), { token: "alm_unknown" });
    expect(await unwritten("link.refused", alarm)).toBe("alarm.over");
    const invited = { token: `inv_${"x".repeat(43)}`, password: "ten looms weave algebra" };
    expect(await unwritten("link.refused", acceptInvitation(aloud(house.stranger()), invited))).toBe("setup.link_over");
  });

  test("a wrong current password is counted", async () => {
    const { person } = await grace();
    const { actor, session } = await openSessionFor(house.ctx, person);
    house.clock.move(minutes(11));
    const change = { actor, current: "not the password at all", next: "quite another password" };
    const id = await unwritten("password.change_refused", changePassword(aloud(house.stranger()), change));
    expect(id).toBe("password.wrong_current");
    expect([(await user(person)).passwordFailures, session.id.length > 0]).toEqual([1, true]);
  });

  test("a wrong first code of a new app stays consumed", async () => {
    const person = await makePerson(house.ctx);
    const { actor } = await openSessionFor(house.ctx, person);
    const binder = binderOf(actor);
    await beginEnrolment(house.ctx, { binder, kind: "totp", replacesId: null, given: {} });
    const confirming = { actor, kind: "totp", label: "", defaultLabel: "Phone", answer: { code: "000000" } } as const;
    const id = await unwritten("factor.confirm_refused", confirmEnrolment(aloud(house.ctx), confirming));
    expect(id).toBe("totp.wrong_code");
    expect(await house.db.factor.findFirst({ where: { userId: person.userId } })).toMatchObject({ triesLeft: 4 });
  });

  test("a second code within the minute is not sent", async () => {
    const person = await makePerson(house.ctx);
    await withAddress(house.ctx, person, "sms", "+12025550123");
    const pass = await atSecondDoor(house.stranger(), person.userId);
    const send = () => prepareAnswer(aloud(house.stranger()), { pass, kind: "sms", factorId: null, sessionId: null });
    await send();
    expect(await unwritten("code.post_refused", send())).toBe("post.too_soon");
  });
});

test("what grants or changes fails when its event cannot be written", async () => {
  await house.db
    .$executeRaw`ALTER TABLE security_events ADD CONSTRAINT no_yes CHECK (name NOT IN ('challenge.answered', 'login.password_accepted'))`;
  const { person, app } = await grace();
  await expect(knock(house.stranger(), person)).rejects.toThrow(/no_yes/);
  const pass = await atSecondDoor(house.stranger(), person.userId);
  const code = app.codeAt(house.clock.now());
  await expect(answer(house.stranger(), pass, "totp", code)).rejects.toThrow(/no_yes/);
  expect(await house.db.challenge.findUniqueOrThrow({ where: { id: pass.challengeId } })).toMatchObject({
    state: "OPEN",
    attemptsLeft: 5,
  });
  expect(await house.db.session.count({ where: { userId: person.userId } })).toBe(0);
});
